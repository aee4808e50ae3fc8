use tablature::{
    InvalidCursor, OpenError, ReadError, SearchError, ValueError, WriteError, rusqlite,
};

/// Why a request is refused, or has failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    #[error("there is no such {0}")]
    NotFound(&'static str),
    #[error("sign in first, with `POST /sessions`")]
    NotSignedIn,
    #[error("this takes another role")]
    NotAllowed,
    #[error("`after` is not where a page of this list has ended")]
    Cursor(#[from] InvalidCursor),
    #[error(transparent)]
    Library(#[from] tablature::Error),
    #[error(transparent)]
    Value(#[from] ValueError),
    #[error("cannot lock the database for its migrations: {0}")]
    Lock(#[from] std::io::Error),
    #[error(transparent)]
    Migration(#[from] refinery::Error),
    #[error(transparent)]
    Pool(#[from] r2d2::Error),
    #[error(transparent)]
    Worker(#[from] tokio::task::JoinError),
}

/// Each operation has an error of its own, and `?` takes one step: from that to `tablature::Error`, or to this.
macro_rules! library {
    ($($error:ty),*) => { $(
        impl From<$error> for Error {
            fn from(error: $error) -> Self {
                Self::Library(error.into())
            }
        }
    )* };
}

library!(
    OpenError,
    ReadError,
    WriteError,
    SearchError,
    rusqlite::Error
);
