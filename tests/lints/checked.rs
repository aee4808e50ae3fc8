//! Statements that are checked while compiling.

use tablature::{Connection, Result, Row, sql};

/// A post.
#[derive(Row, Debug)]
pub struct Title {
    /// Its key.
    pub id: i64,
    /// Its title.
    pub title: String,
}

/// Each form.
///
/// # Errors
///
/// Where SQLite refuses.
pub fn forms(db: &Connection, author: i64, title: &str) -> Result<usize> {
    let found = sql!(
        Title,
        "SELECT title, id FROM posts WHERE author_id = ?1 AND title <> :title",
        author,
        title = title
    )
    .all(db)?;
    let count = sql!(i64, "SELECT count(*) FROM posts WHERE id > ?1", found.len()).one(db)?;
    let pair = sql!(
        (i64, String),
        "SELECT id, title FROM posts WHERE title = ?1 AND id = ?2",
        title.to_owned(),
        None
    )
    .optional(db)?;
    sql!(String, "SELECT title FROM posts").each(db, |title| -> Result<()> {
        drop(title);
        Ok(())
    })?;
    drop((pair, count));
    sql!("UPDATE posts SET title = ?1 WHERE id = ?2", title, 0).execute(db)
}
