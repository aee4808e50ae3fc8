//! What the triggers of `touch` and `immutable` do.

use expect_test::expect;
use tablature::{Insert, Table};

#[derive(Table, Clone, Debug, PartialEq)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
    #[column(immutable)]
    author: String,
    #[column(touch)]
    updated: jiff::Timestamp,
}

tablature::schema! { static POSTS = [Post]; }

fn some_post(db: &tablature::Connection) -> Post {
    let post = Post {
        id: 1,
        title: "a".into(),
        author: "ann".into(),
        updated: jiff::Timestamp::UNIX_EPOCH,
    };
    post.insert(db).unwrap();
    post
}

#[test]
fn every_update_touches() {
    let db = POSTS.open_in_memory().unwrap();
    let mut post = some_post(&db);
    post.title = "b".into();
    assert!(post.update(&db).unwrap());
    let first = Post::get(&db, 1).unwrap().unwrap().updated;
    assert!(first > post.updated);
    // Within one millisecond the stored moment is the present one: the trigger has nothing to do, and does not recurse.
    for title in ["c", "d", "e", "f", "g"] {
        assert!(tablature::update!(&db, Post(1) { title }).unwrap());
    }
    assert!(Post::get(&db, 1).unwrap().unwrap().updated >= first);
}

#[test]
fn an_update_that_says_when_is_believed() {
    let db = POSTS.open_in_memory().unwrap();
    some_post(&db);
    let updated: jiff::Timestamp = "2000-01-01T00:00:00Z".parse().unwrap();
    tablature::update!(&db, Post(1) { title: "b", updated }).unwrap();
    assert_eq!(Post::get(&db, 1).unwrap().unwrap().updated, updated);
}

#[test]
fn an_immutable_column_stays() {
    let db = POSTS.open_in_memory().unwrap();
    let mut post = some_post(&db);
    post.title = "same author".into();
    assert!(post.update(&db).unwrap());
    post.author = "bob".into();
    expect!["`post`: refused by a trigger: post.author is immutable"]
        .assert_eq(&post.update(&db).unwrap_err().to_string());
    post.upsert(&db).unwrap();
    assert_eq!(
        Post::get(&db, 1).unwrap().unwrap().author,
        "ann",
        "an upsert leaves it out"
    );
}

#[test]
fn an_immutable_rowid_has_no_other_name() {
    #[derive(Table)]
    struct Fixed {
        #[column(primary_key, immutable)]
        id: i64,
    }
    let db = tablature::Connection::open_in_memory().unwrap();
    db.execute_batch(Fixed::DDL).unwrap();
    db.execute_batch("INSERT INTO fixed VALUES (1)").unwrap();
    for name in ["id", "rowid", "oid", "_rowid_"] {
        assert!(
            db.execute_batch(&format!("UPDATE fixed SET {name} = 2"))
                .is_err(),
            "{name}"
        );
    }
}
