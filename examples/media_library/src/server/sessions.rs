use super::Caller;
use crate::Error;
use crate::library::{Action, Activity, Preferences, Session, User};
use crate::store::Store;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tablature::Table;
use uuid::Uuid;

/// Who wants to sign in. A real server asks for a password too, or sends a mail.
#[derive(Deserialize)]
pub(super) struct SignIn {
    email: String,
}

/// Goes into the header `authorization: Bearer …`.
#[derive(Serialize)]
pub(super) struct SignedIn {
    token: Uuid,
    expires_at: Timestamp,
}

pub(super) async fn start(
    State(store): State<Store>,
    Json(SignIn { email }): Json<SignIn>,
) -> Result<(StatusCode, Json<SignedIn>), Error> {
    let session = store.write(move |db| {
        let user = User::query_one(db, "WHERE email = ?1 AND active", [email])?;
        let user = user.ok_or(Error::NotFound("user"))?;
        let session = Session::start(db, &user, Timestamp::now())?;
        Activity::log(db, &user, Action::SignedIn, json!({}))?;
        Ok(session)
    });
    let Session {
        token, expires_at, ..
    } = session.await?;
    Ok((StatusCode::CREATED, Json(SignedIn { token, expires_at })))
}

pub(super) async fn end(
    State(store): State<Store>,
    Caller { user, token }: Caller,
) -> Result<StatusCode, Error> {
    let end = store.write(move |db| {
        Session::delete(db, token)?;
        Ok(Activity::log(db, &user, Action::SignedOut, json!({}))?)
    });
    end.await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn me(caller: Caller) -> Json<User> {
    Json(caller.user)
}

pub(super) async fn prefer(
    State(store): State<Store>,
    caller: Caller,
    Json(preferences): Json<Preferences>,
) -> Result<Json<User>, Error> {
    let id = caller.user.id;
    let user = store.write(move |db| {
        tablature::update!(db, User(id) { preferences })?;
        User::get(db, id)?.ok_or(Error::NotFound("user"))
    });
    Ok(Json(user.await?))
}
