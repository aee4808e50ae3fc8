//! What is no fault of a statement: a file that may not be written, or not now.

use rusqlite::{Error, ErrorCode, ffi};

/// What SQLite says, and how to proceed where it is no fault of the statement.
pub(crate) fn told(error: &Error) -> String {
    match way_on(error) {
        Some(way_on) => format!("{error}; {way_on}"),
        None => error.to_string(),
    }
}

/// How to proceed where it is no fault of the statement. Each is true of every statement, on every connection.
pub(crate) fn way_on(error: &Error) -> Option<&'static str> {
    if error.sqlite_extended_error_code() == Some(ffi::SQLITE_BUSY_SNAPSHOT) {
        return Some(
            "another connection has written since this transaction began to read: begin it anew, as IMMEDIATE",
        );
    }
    Some(match error.sqlite_error_code()? {
        ErrorCode::ReadOnly => WRITABLE,
        ErrorCode::DatabaseBusy => {
            "another connection has worked in it for longer than the busy timeout: let it end, then try again"
        }
        ErrorCode::DiskFull => "make space, then try again",
        ErrorCode::CannotOpen => {
            "the file must be readable, and its folder there and writable, for the journal too"
        }
        ErrorCode::DatabaseCorrupt => "restore a backup, or try `.recover` of the sqlite3 shell",
        ErrorCode::NotADatabase => "name a SQLite database that is not encrypted",
        _ => return None,
    })
}

pub(crate) const WRITABLE: &str =
    "make the file and its folder writable, and open the database for writing";
