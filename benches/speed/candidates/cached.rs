//! rusqlite by hand, as most programs have it: `prepare_cached` at each call, tuples, columns by position.

use super::held::read;
use super::{Candidate, transaction};
use crate::Result;
use crate::rows::{Article, PAGE, Post, fold};
use rusqlite::{Connection, params};
use tablature::{Insert, Table};

pub(super) const CANDIDATE: Candidate = Candidate {
    name: "cached",
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
        for post in posts {
            db.prepare_cached(sql)?.execute(params![
                post.id,
                post.author,
                post.title,
                post.body,
                post.score,
                post.published,
                post.created,
                post.note,
            ])?;
        }
        Ok(())
    })
}

fn get(db: &Connection, keys: &[i64]) -> Result<u64> {
    let mut sum = 0;
    for key in keys {
        let post = db.prepare_cached(Post::SQL.get)?.query_row((key,), read)?;
        sum = fold(sum, &post);
    }
    Ok(sum)
}

fn map(db: &Connection) -> Result<Vec<Post>> {
    let mut statement = db.prepare_cached(Post::SQL.select)?;
    let posts = statement.query_map((), read)?;
    Ok(posts.collect::<Result<_, _>>()?)
}

fn page(db: &Connection, authors: &[i64]) -> Result<u64> {
    let sql = format!("{} {PAGE}", Post::SQL.select);
    let mut sum = 0;
    for author in authors {
        let mut statement = db.prepare_cached(&sql)?;
        let posts: Vec<Post> = statement
            .query_map((author,), read)?
            .collect::<Result<_, _>>()?;
        sum = posts.iter().fold(sum, fold);
    }
    Ok(sum)
}
