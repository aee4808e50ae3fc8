use crate::Error;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tablature::{Error as Library, ReadError, WriteError};

/// The caller is told what is wrong with the request: the constraints of the tables are the validation, and their errors
/// name table and column. What is wrong here is nobody's business but the log's.
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = status(&self);
        let message = match status {
            StatusCode::INTERNAL_SERVER_ERROR => "something failed here".to_owned(),
            _ => self.to_string(),
        };
        (status, Json(json!({ "error": message }))).into_response()
    }
}

fn status(error: &Error) -> StatusCode {
    match error {
        Error::NotFound(_) => StatusCode::NOT_FOUND,
        Error::NotSignedIn => StatusCode::UNAUTHORIZED,
        Error::NotAllowed => StatusCode::FORBIDDEN,
        Error::Cursor(_) | Error::Library(Library::Read(ReadError::Cursor { .. })) => {
            StatusCode::BAD_REQUEST
        }
        Error::Library(Library::Write(error)) => refused(error),
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn refused(error: &WriteError) -> StatusCode {
    match error {
        WriteError::Unique { .. } => StatusCode::CONFLICT,
        WriteError::Value { .. } | WriteError::Check { .. } | WriteError::ForeignKey { .. } => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
