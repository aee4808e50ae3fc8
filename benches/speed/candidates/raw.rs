//! SQLite's C API as a C program would use it: the least that the work takes.
//!
//! Texts are bound without a copy, since they outlive the step. Columns are read without asking for their type, and the
//! bytes of a text become a `String` without a look whether they are UTF-8. The rows are the same structs with strings
//! of their own, so that what is compared is the way there.

#![expect(unsafe_code, reason = "the raw C API")]

use super::{Candidate, RAW, transaction};
use crate::Result;
use crate::rows::{Article, PAGE, Post, fold};
use rusqlite::{Connection, ffi};
use std::ffi::{CStr, c_int};
use std::marker::PhantomData;
use std::ptr;
use tablature::{Insert, InsertSql, Table};

pub(super) const CANDIDATE: Candidate = Candidate {
    name: RAW,
    insert: Some(insert),
    bulk: Some(insert),
    full_text: Some(|db, posts, _| execute(db, Article::INSERT.insert, posts)),
    upsert: Some(|db, posts| execute(db, Post::INSERT.upsert, posts)),
    get: Some(get),
    map: Some(map),
    page: Some(page),
};

/// `VALUES (…), (…), …`, as `insert_all` does it.
pub(super) const MULTI_ROW: Candidate = Candidate {
    name: "raw C multi-row",
    insert: None,
    bulk: Some(|db, posts| execute_many(db, &Post::INSERT, posts)),
    full_text: Some(|db, posts, _| execute_many(db, &Article::INSERT, posts)),
    upsert: None,
    get: None,
    map: None,
    page: None,
};

const COLUMNS: usize = 8;
const ROWS: usize = 32;

/// A prepared statement. The values that are bound must live until it has run.
struct Statement<'c> {
    db: *mut ffi::sqlite3,
    raw: *mut ffi::sqlite3_stmt,
    of: PhantomData<&'c Connection>,
}

impl<'c> Statement<'c> {
    fn new(db: &'c Connection, sql: &str) -> Result<Self> {
        let length = c_int::try_from(sql.len())?;
        let mut statement = ptr::null_mut();
        // SAFETY: the connection is open, the text has this length, and both pointers are to live variables.
        let (db, code) = unsafe {
            let db = db.handle();
            let flags = ffi::SQLITE_PREPARE_PERSISTENT;
            let tail = ptr::null_mut();
            let (sql, statement) = (sql.as_ptr().cast(), &raw mut statement);
            (
                db,
                ffi::sqlite3_prepare_v3(db, sql, length, flags, statement, tail),
            )
        };
        if code != ffi::SQLITE_OK {
            return Err(message(db));
        }
        Ok(Self {
            db,
            raw: statement,
            of: PhantomData,
        })
    }

    /// Whether there is a row.
    #[inline]
    fn step(&self) -> Result<bool> {
        // SAFETY: the statement is prepared.
        match unsafe { ffi::sqlite3_step(self.raw) } {
            ffi::SQLITE_ROW => Ok(true),
            ffi::SQLITE_DONE => Ok(false),
            _ => Err(message(self.db)),
        }
    }

    #[inline]
    fn reset(&self) {
        // SAFETY: the statement is prepared.
        unsafe { ffi::sqlite3_reset(self.raw) };
    }

    /// # Safety
    ///
    /// The row must live until the statement has run.
    #[inline]
    unsafe fn bind(&self, after: c_int, post: &Post) {
        let (statement, at) = (self.raw, after);
        // SAFETY: the statement is prepared, and the texts outlive the step, as the caller promises. A parameter that is
        // not there would be an error that the step does not tell, and the check of the rows does.
        unsafe {
            ffi::sqlite3_bind_int64(statement, at + 1, post.id);
            ffi::sqlite3_bind_int64(statement, at + 2, post.author);
            bind_text(statement, at + 3, &post.title);
            bind_text(statement, at + 4, &post.body);
            ffi::sqlite3_bind_double(statement, at + 5, post.score);
            ffi::sqlite3_bind_int(statement, at + 6, c_int::from(post.published));
            bind_text(statement, at + 7, &post.created);
            match &post.note {
                Some(note) => bind_text(statement, at + 8, note),
                None => ffi::sqlite3_bind_null(statement, at + 8),
            };
        }
    }

    #[inline]
    fn bind_key(&self, key: i64) {
        // SAFETY: the statement is prepared.
        unsafe { ffi::sqlite3_bind_int64(self.raw, 1, key) };
    }

    /// # Safety
    ///
    /// The statement must have a row of a post's columns.
    #[inline]
    unsafe fn read(&self) -> Post {
        let statement = self.raw;
        // SAFETY: the caller promises a row; the table's own columns have these types, being STRICT and NOT NULL.
        unsafe {
            Post {
                id: ffi::sqlite3_column_int64(statement, 0),
                author: ffi::sqlite3_column_int64(statement, 1),
                title: text(statement, 2).unwrap_or_default(),
                body: text(statement, 3).unwrap_or_default(),
                score: ffi::sqlite3_column_double(statement, 4),
                published: ffi::sqlite3_column_int(statement, 5) != 0,
                created: text(statement, 6).unwrap_or_default(),
                note: text(statement, 7),
            }
        }
    }
}

impl Drop for Statement<'_> {
    fn drop(&mut self) {
        // SAFETY: nothing uses the statement after this.
        unsafe { ffi::sqlite3_finalize(self.raw) };
    }
}

/// # Safety
///
/// The statement must be prepared, and the text must live until it has run.
#[inline]
unsafe fn bind_text(statement: *mut ffi::sqlite3_stmt, at: c_int, text: &str) -> c_int {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        reason = "the benchmark's texts are short"
    )]
    let length = text.len() as c_int;
    // SAFETY: as the caller promises.
    unsafe {
        ffi::sqlite3_bind_text(
            statement,
            at,
            text.as_ptr().cast(),
            length,
            ffi::SQLITE_STATIC(),
        )
    }
}

/// # Safety
///
/// The statement must have a row with this column, a text or NULL.
#[inline]
unsafe fn text(statement: *mut ffi::sqlite3_stmt, at: c_int) -> Option<String> {
    // SAFETY: SQLite gives as many bytes as it says, until the next step; they are the UTF-8 that was bound.
    unsafe {
        let bytes = ffi::sqlite3_column_text(statement, at);
        if bytes.is_null() {
            return None;
        }
        let length = ffi::sqlite3_column_bytes(statement, at).cast_unsigned() as usize;
        let bytes = std::slice::from_raw_parts(bytes, length);
        Some(String::from_utf8_unchecked(bytes.to_vec()))
    }
}

#[cold]
fn message(db: *mut ffi::sqlite3) -> Box<dyn std::error::Error> {
    // SAFETY: the message is a C string that lives until the next call, and it is copied before.
    let message = unsafe { CStr::from_ptr(ffi::sqlite3_errmsg(db)) };
    message.to_string_lossy().into()
}

fn insert(db: &Connection, posts: &[Post]) -> Result {
    execute(db, Post::INSERT.insert, posts)
}

fn execute(db: &Connection, sql: &str, posts: &[Post]) -> Result {
    transaction(db, || execute_each(db, sql, posts, 1))
}

fn execute_many(db: &Connection, sql: &InsertSql, posts: &[Post]) -> Result {
    let many = format!("{}{}", sql.into, vec![sql.values; ROWS].join(", "));
    let (whole, rest) = posts.split_at(posts.len() / ROWS * ROWS);
    transaction(db, || {
        execute_each(db, &many, whole, ROWS)?;
        execute_each(db, sql.insert, rest, 1)
    })
}

/// A statement takes so many rows, which divide their number.
fn execute_each(db: &Connection, sql: &str, posts: &[Post], rows: usize) -> Result {
    let statement = Statement::new(db, sql)?;
    for posts in posts.chunks_exact(rows) {
        for (after, post) in (0..).step_by(COLUMNS).zip(posts) {
            // SAFETY: the posts outlive the step.
            unsafe { statement.bind(after, post) };
        }
        statement.step()?;
        statement.reset();
    }
    Ok(())
}

fn get(db: &Connection, keys: &[i64]) -> Result<u64> {
    let statement = Statement::new(db, Post::SQL.get)?;
    let mut sum = 0;
    for key in keys {
        statement.bind_key(*key);
        if statement.step()? {
            // SAFETY: there is a row.
            sum = fold(sum, &unsafe { statement.read() });
        }
        statement.reset();
    }
    Ok(sum)
}

fn rows(statement: &Statement<'_>) -> Result<Vec<Post>> {
    let mut posts = Vec::new();
    while statement.step()? {
        // SAFETY: there is a row.
        posts.push(unsafe { statement.read() });
    }
    statement.reset();
    Ok(posts)
}

fn map(db: &Connection) -> Result<Vec<Post>> {
    rows(&Statement::new(db, Post::SQL.select)?)
}

fn page(db: &Connection, authors: &[i64]) -> Result<u64> {
    let statement = Statement::new(db, &format!("{} {PAGE}", Post::SQL.select))?;
    let mut sum = 0;
    for author in authors {
        statement.bind_key(*author);
        sum = rows(&statement)?.iter().fold(sum, fold);
    }
    Ok(sum)
}
