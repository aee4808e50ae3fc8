//! Tablature with its statements held, as a loop of thousands would have it.

use super::{Candidate, transaction};
use crate::Result;
use crate::rows::{Article, PAGE, Post, fold};
use rusqlite::Connection;
use tablature::Table;

pub(super) const CANDIDATE: Candidate = Candidate {
    name: "ours held",
    insert: Some(insert),
    bulk: Some(insert),
    full_text: Some(full_text),
    upsert: Some(upsert),
    get: Some(get),
    map: Some(|db| Ok(Post::select(db, "")?.all(())?)),
    page: Some(page),
};

fn insert(db: &Connection, posts: &[Post]) -> Result {
    transaction(db, || {
        let mut prepared = Post::prepared(db);
        for post in posts {
            prepared.insert(post)?;
        }
        Ok(())
    })
}

/// Row by row, unlike `insert_all`.
fn full_text(db: &Connection, _: &[Post], articles: &[Article]) -> Result {
    transaction(db, || {
        let mut prepared = Article::prepared(db);
        for article in articles {
            prepared.insert(article)?;
        }
        Ok(())
    })
}

fn upsert(db: &Connection, posts: &[Post]) -> Result {
    transaction(db, || {
        let mut prepared = Post::prepared(db);
        for post in posts {
            prepared.upsert(post)?;
        }
        Ok(())
    })
}

fn get(db: &Connection, keys: &[i64]) -> Result<u64> {
    let mut prepared = Post::prepared(db);
    let mut sum = 0;
    for key in keys {
        if let Some(post) = prepared.get(key)? {
            sum = fold(sum, &post);
        }
    }
    Ok(sum)
}

fn page(db: &Connection, authors: &[i64]) -> Result<u64> {
    let mut select = Post::select(db, PAGE)?;
    let mut sum = 0;
    for author in authors {
        sum = select.all([author])?.iter().fold(sum, fold);
    }
    Ok(sum)
}
