//! Many rows, in one transaction.

use super::{ALL, Line, Post, post};
use tablature::{Insert, Table};

#[test]
fn bulk_inserts_are_all_or_none() {
    let db = ALL.open_in_memory().unwrap();
    for count in [0, 1, 31, 32, 33, 64, 100] {
        let rows: Vec<Post> = (1..=count).map(|i| post(i, &i.to_string())).collect();
        assert_eq!(Post::insert_all(&db, &rows).unwrap() as i64, count);
        assert_eq!(Post::query(&db, "ORDER BY id", ()).unwrap(), rows);
        db.execute("DELETE FROM post", ()).unwrap();
    }
    let rows = (1..=100)
        .map(|i| post(i, if i == 70 { "1" } else { "x" }).clone())
        .map(|row| Post {
            slug: if row.id == 70 {
                "1".into()
            } else {
                row.id.to_string()
            },
            ..row
        });
    let error = Post::insert_all(&db, rows).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`post`: another row has this `author`, `slug` (unique key `post_author_slug_key`)"
    );
    assert_eq!(Post::count(&db).unwrap(), 0);
    assert!(db.is_autocommit());
}

#[test]
fn bulk_inserts_join_the_transaction_they_are_in() {
    let mut db = ALL.open_in_memory().unwrap();
    let transaction = db.transaction().unwrap();
    post(1000, "first").insert(&transaction).unwrap();
    assert!(Post::insert_all(&transaction, [post(1, "a"), post(1, "b")]).is_err());
    assert_eq!(
        Post::insert_all(&transaction, [post(2, "a"), post(3, "b")]).unwrap(),
        2
    );
    transaction.commit().unwrap();
    assert_eq!(Post::count(&db).unwrap(), 3);
}

#[test]
fn a_panic_while_rows_are_made_rolls_back() {
    let db = ALL.open_in_memory().unwrap();
    let rows = (0..50).map(|i| {
        if i == 40 {
            panic!("no more rows")
        } else {
            Line {
                text: i.to_string(),
            }
        }
    });
    let caught =
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| Line::insert_all(&db, rows)));
    assert!(caught.is_err() && db.is_autocommit());
    assert_eq!(Line::count(&db).unwrap(), 0);
}
