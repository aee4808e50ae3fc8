//! Tablature's plain methods, which find their statement in the connection's cache each time.

use super::{Candidate, transaction};
use crate::Result;
use crate::rows::{Article, PAGE, Post, fold};
use rusqlite::Connection;
use tablature::{Insert, Table};

pub(super) const CANDIDATE: Candidate = Candidate {
    name: "ours",
    insert: Some(insert),
    bulk: Some(|db, posts| {
        Post::insert_all(db, posts)?;
        Ok(())
    }),
    full_text: Some(|db, _, articles| {
        Article::insert_all(db, articles)?;
        Ok(())
    }),
    upsert: Some(upsert),
    get: Some(get),
    map: Some(|db| Ok(Post::all(db)?)),
    page: Some(page),
};

fn insert(db: &Connection, posts: &[Post]) -> Result {
    transaction(db, || {
        for post in posts {
            post.insert(db)?;
        }
        Ok(())
    })
}

fn upsert(db: &Connection, posts: &[Post]) -> Result {
    transaction(db, || {
        for post in posts {
            post.upsert(db)?;
        }
        Ok(())
    })
}

fn get(db: &Connection, keys: &[i64]) -> Result<u64> {
    let mut sum = 0;
    for key in keys {
        if let Some(post) = Post::get(db, key)? {
            sum = fold(sum, &post);
        }
    }
    Ok(sum)
}

fn page(db: &Connection, authors: &[i64]) -> Result<u64> {
    let mut sum = 0;
    for author in authors {
        sum = Post::query(db, PAGE, [author])?.iter().fold(sum, fold);
    }
    Ok(sum)
}
