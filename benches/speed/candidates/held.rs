//! rusqlite by hand, as fast as it gets: one statement, parameters and columns by position.

use super::{Candidate, transaction};
use crate::Result;
use crate::rows::{Article, PAGE, Post, fold};
use rusqlite::{Connection, Row, Statement};
use tablature::{Insert, Table};

pub(super) const CANDIDATE: Candidate = Candidate {
    name: "held",
    insert: Some(insert),
    bulk: Some(insert),
    full_text: Some(|db, posts, _| execute(db, Article::INSERT.insert, posts)),
    upsert: Some(|db, posts| execute(db, Post::INSERT.upsert, posts)),
    get: Some(get),
    map: Some(map),
    page: Some(page),
};

fn insert(db: &Connection, posts: &[Post]) -> Result {
    execute(db, Post::INSERT.insert, posts)
}

fn execute(db: &Connection, sql: &str, posts: &[Post]) -> Result {
    transaction(db, || {
        let mut statement = db.prepare(sql)?;
        for post in posts {
            bind(&mut statement, post)?;
            statement.raw_execute()?;
        }
        Ok(())
    })
}

/// Faster than `params!`, which goes through a trait object for each value.
fn bind(statement: &mut Statement<'_>, post: &Post) -> rusqlite::Result<()> {
    statement.raw_bind_parameter(1, post.id)?;
    statement.raw_bind_parameter(2, post.author)?;
    statement.raw_bind_parameter(3, post.title.as_str())?;
    statement.raw_bind_parameter(4, post.body.as_str())?;
    statement.raw_bind_parameter(5, post.score)?;
    statement.raw_bind_parameter(6, post.published)?;
    statement.raw_bind_parameter(7, post.created.as_str())?;
    statement.raw_bind_parameter(8, post.note.as_deref())
}

pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Post> {
    Ok(Post {
        id: row.get(0)?,
        author: row.get(1)?,
        title: row.get(2)?,
        body: row.get(3)?,
        score: row.get(4)?,
        published: row.get(5)?,
        created: row.get(6)?,
        note: row.get(7)?,
    })
}

fn get(db: &Connection, keys: &[i64]) -> Result<u64> {
    let mut statement = db.prepare(Post::SQL.get)?;
    let mut sum = 0;
    for key in keys {
        let mut rows = statement.query((key,))?;
        if let Some(row) = rows.next()? {
            sum = fold(sum, &read(row)?);
        }
    }
    Ok(sum)
}

fn map(db: &Connection) -> Result<Vec<Post>> {
    let mut statement = db.prepare(Post::SQL.select)?;
    let mut rows = statement.query(())?;
    let mut posts = Vec::new();
    while let Some(row) = rows.next()? {
        posts.push(read(row)?);
    }
    Ok(posts)
}

fn page(db: &Connection, authors: &[i64]) -> Result<u64> {
    let mut statement = db.prepare(&format!("{} {PAGE}", Post::SQL.select))?;
    let mut sum = 0;
    for author in authors {
        let mut rows = statement.query((author,))?;
        let mut posts = Vec::new();
        while let Some(row) = rows.next()? {
            posts.push(read(row)?);
        }
        sum = posts.iter().fold(sum, fold);
    }
    Ok(sum)
}
