use crate::Error;
use crate::library::{Role, Session, User};
use crate::store::Store;
use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use jiff::Timestamp;
use uuid::Uuid;

/// Who has sent a request, by `authorization: Bearer …`.
pub(super) struct Caller {
    pub(super) user: User,
    pub(super) token: Uuid,
}

impl Caller {
    /// Refuses who may do less than a role may.
    pub(super) fn must_be(&self, role: Role) -> Result<(), Error> {
        if self.user.role >= role {
            Ok(())
        } else {
            Err(Error::NotAllowed)
        }
    }
}

impl FromRequestParts<Store> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, store: &Store) -> Result<Self, Error> {
        let header = parts.headers.get(AUTHORIZATION);
        let token = header
            .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
            .and_then(|token| token.parse().ok())
            .ok_or(Error::NotSignedIn)?;
        let user = store.read(move |db| Session::user(db, token, Timestamp::now()));
        match user.await? {
            Some(user) => Ok(Self { user, token }),
            None => Err(Error::NotSignedIn),
        }
    }
}
