//! rusqlite by hand, as one reads it best: one statement, parameters and columns by name.

use super::{Candidate, transaction};
use crate::Result;
use crate::rows::{PAGE, Post, fold};
use rusqlite::{Connection, Row, named_params};
use tablature::Table;

pub(super) const CANDIDATE: Candidate = Candidate {
    name: "by name",
    insert: Some(insert),
    bulk: Some(insert),
    full_text: Some(|db, posts, _| execute(db, &insert_into("article"), posts)),
    upsert: Some(|db, posts| execute(db, &format!("{}{ON_CONFLICT}", insert_into("post")), posts)),
    get: Some(get),
    map: Some(map),
    page: Some(page),
};

const ON_CONFLICT: &str = " ON CONFLICT (id) DO UPDATE SET author = excluded.author, title = excluded.title, \
    body = excluded.body, score = excluded.score, published = excluded.published, created = excluded.created, \
    note = excluded.note";

fn insert_into(table: &str) -> String {
    format!(
        "INSERT INTO {table} (id, author, title, body, score, published, created, note)
         VALUES (:id, :author, :title, :body, :score, :published, :created, :note)"
    )
}

fn insert(db: &Connection, posts: &[Post]) -> Result {
    execute(db, &insert_into("post"), posts)
}

fn execute(db: &Connection, sql: &str, posts: &[Post]) -> Result {
    transaction(db, || {
        let mut statement = db.prepare(sql)?;
        for post in posts {
            statement.execute(named_params! {
                ":id": post.id,
                ":author": post.author,
                ":title": post.title,
                ":body": post.body,
                ":score": post.score,
                ":published": post.published,
                ":created": post.created,
                ":note": post.note,
            })?;
        }
        Ok(())
    })
}

fn read(row: &Row<'_>) -> rusqlite::Result<Post> {
    Ok(Post {
        id: row.get("id")?,
        author: row.get("author")?,
        title: row.get("title")?,
        body: row.get("body")?,
        score: row.get("score")?,
        published: row.get("published")?,
        created: row.get("created")?,
        note: row.get("note")?,
    })
}

fn get(db: &Connection, keys: &[i64]) -> Result<u64> {
    let mut statement = db.prepare(&format!("{} WHERE id = :id", Post::SQL.select))?;
    let mut sum = 0;
    for key in keys {
        let post = statement.query_row(named_params! { ":id": key }, read)?;
        sum = fold(sum, &post);
    }
    Ok(sum)
}

fn map(db: &Connection) -> Result<Vec<Post>> {
    let mut statement = db.prepare(Post::SQL.select)?;
    let posts = statement.query_map((), read)?;
    Ok(posts.collect::<Result<_, _>>()?)
}

fn page(db: &Connection, authors: &[i64]) -> Result<u64> {
    let sql = PAGE.replace("?1", ":author");
    let mut statement = db.prepare(&format!("{} {sql}", Post::SQL.select))?;
    let mut sum = 0;
    for author in authors {
        let posts: Vec<Post> = statement
            .query_map(named_params! { ":author": author }, read)?
            .collect::<Result<_, _>>()?;
        sum = posts.iter().fold(sum, fold);
    }
    Ok(sum)
}
