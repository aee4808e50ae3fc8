use super::blog::{Post, Status, Titled, blog};
use tablature::{list, sql};

#[test]
fn optional_filters() {
    let db = blog();
    let find = |author: Option<i64>, status: Option<Status>| {
        sql!(
            i64,
            "SELECT id FROM posts WHERE (?1 IS NULL OR author_id = ?1) AND (?2 IS NULL OR status = ?2) ORDER BY id",
            author,
            status,
        )
        .all(&db)
        .unwrap()
    };
    assert_eq!(find(None, None), [1, 2, 3]);
    assert_eq!(find(Some(1), None), [1, 2]);
    assert_eq!(find(Some(1), Some(Status::Draft)), [2]);
}

#[test]
fn lists() {
    let db = blog();
    let ids = |ids: &[i64]| {
        let sql = sql!(
            i64,
            "SELECT id FROM posts WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY id",
            list(ids)
        );
        sql.all(&db).unwrap()
    };
    assert_eq!(ids(&[]), [0; 0]);
    assert_eq!(ids(&[3, 1]), [1, 3]);
    let statuses = [Status::Draft];
    let count = sql!(
        i64,
        "SELECT count(*) FROM posts, json_each(?1) AS status WHERE posts.status = status.value",
        list(&statuses)
    );
    assert_eq!(count.one(&db).unwrap(), 1);
}

#[test]
fn lists_hold_every_text_and_number() {
    let db = blog();
    let texts = ["", "a\"b\\c", "tab\tline\n", "ä😀", "\u{1}", "it's"];
    let back = sql!(String, "SELECT value FROM json_each(?1)", list(&texts))
        .all(&db)
        .unwrap();
    assert_eq!(back, texts);
    let numbers = [0.1, -1e300, f64::INFINITY, f64::NEG_INFINITY, 5e-324, 2.0];
    assert_eq!(
        sql!(f64, "SELECT value FROM json_each(?1)", list(&numbers))
            .all(&db)
            .unwrap(),
        numbers
    );
    let integers = [Some(i64::MIN), None, Some(i64::MAX)];
    assert_eq!(
        sql!(
            Option<i64>,
            "SELECT value FROM json_each(?1)",
            list(&integers)
        )
        .all(&db)
        .unwrap(),
        integers
    );
    let blobs: [&[u8]; 1] = [b"x"];
    let error = sql!(i64, "SELECT count(*) FROM json_each(?1)", list(&blobs))
        .one(&db)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "parameter 1: cannot be written: a list is JSON, which has no blobs"
    );
}

#[test]
fn full_text_search() {
    let db = blog();
    let found = sql!(
        Titled,
        "SELECT posts.id, posts.title FROM posts_fts JOIN posts ON posts.id = posts_fts.rowid WHERE posts_fts MATCH ?1 ORDER BY bm25(posts_fts), posts.id",
        "rows",
    );
    assert_eq!(found.all(&db).unwrap().len(), 2);
    let snippet = sql!(
        String,
        "SELECT snippet(posts_fts, 1, '[', ']', '…', 8) FROM posts_fts WHERE posts_fts MATCH ?",
        "columns"
    );
    assert_eq!(snippet.one(&db).unwrap(), "[columns]");
}

#[test]
fn returning_and_upsert() {
    let db = blog();
    let write = |title: &str| {
        sql!(
            (i64, String),
            "INSERT INTO posts (author_id, slug, title, body) VALUES (?1, ?2, ?3, ?3)
             ON CONFLICT (author_id, slug) DO UPDATE SET title = excluded.title RETURNING id, title",
            1,
            "new",
            title,
        )
        .one(&db)
        .unwrap()
    };
    assert_eq!(write("A"), (4, "A".into()));
    assert_eq!(write("B"), (4, "B".into()));
    let gone = sql!(Post, "DELETE FROM posts WHERE slug = ?1 RETURNING *", "new")
        .one(&db)
        .unwrap();
    assert_eq!((gone.title.as_str(), gone.status), ("B", Status::Draft));
}

#[test]
fn common_tables_windows_and_json() {
    let db = blog();
    let ranks = sql!(
        (String, i64),
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
         SELECT title, row_number() OVER (PARTITION BY author_id ORDER BY posts.id) FROM posts, n WHERE n.i = posts.id ORDER BY posts.id",
        2,
    );
    assert_eq!(
        ranks.all(&db).unwrap(),
        [("One".into(), 1), ("Two".into(), 2)]
    );
    let json = sql!(
        String,
        "SELECT json_group_array(title ORDER BY id) FROM posts WHERE ?1 ->> '$.a' = author_id",
        r#"{"a":1}"#
    );
    assert_eq!(json.one(&db).unwrap(), r#"["One","Two"]"#);
}

#[test]
fn rows_without_a_partner_are_null() {
    let db = blog();
    let sql = sql!(
        (String, Option<String>),
        "SELECT authors.email, posts.title FROM authors LEFT JOIN posts ON posts.author_id = authors.id AND posts.status = ?1 ORDER BY 1",
        Status::Draft,
    );
    assert_eq!(
        sql.all(&db).unwrap(),
        [
            ("ann@example.org".into(), Some("Two".into())),
            ("bob@example.org".into(), None)
        ]
    );
}

/// Each of these is right, and a check that took the text at its word would refuse it.
#[test]
fn null_that_a_condition_may_keep_out_is_not_refused() {
    let db = blog();
    // A condition may keep NULL out.
    sql!(
        String,
        "SELECT published_at FROM posts WHERE published_at IS NOT NULL"
    )
    .all(&db)
    .unwrap();
    sql!(String, "SELECT published_at FROM posts WHERE id IN (SELECT id FROM authors) AND (published_at) < ?1", "2027").all(&db).unwrap();
    sql!(String, "SELECT published_at FROM published")
        .all(&db)
        .unwrap();
    sql!(String, "SELECT coalesce(subtitle, '') FROM posts")
        .all(&db)
        .unwrap();
    sql!(
        String,
        "UPDATE posts SET subtitle = ?1 RETURNING subtitle",
        "x"
    )
    .all(&db)
    .unwrap();
    // Under another name, and from one SELECT to the next.
    sql!(
        String,
        "SELECT published_at AS at FROM posts WHERE at IS NOT NULL"
    )
    .all(&db)
    .unwrap();
    sql!(
        String,
        "SELECT a AS b FROM (SELECT published_at AS a FROM posts) WHERE a > ''"
    )
    .all(&db)
    .unwrap();
    sql!(String, "SELECT published_at FROM posts EXCEPT SELECT NULL")
        .all(&db)
        .unwrap();
}

/// Neither is this.
#[test]
fn a_comparison_that_is_not_understood_is_not_refused() {
    let db = blog();
    // Integers and numbers compare, and an integer is a number.
    sql!(
        i64,
        "SELECT id FROM posts WHERE id > ?1 AND rating IS NOT ?2",
        0.5,
        1
    )
    .all(&db)
    .unwrap();
    sql!("UPDATE posts SET rating = ?1", 4)
        .execute(&db)
        .unwrap();
    // An expression is not the column.
    sql!(i64, "SELECT id FROM posts WHERE id = ?1 || ''", "1")
        .all(&db)
        .unwrap();
    sql!(i64, "SELECT id FROM posts WHERE id || '' = ?1", "1")
        .all(&db)
        .unwrap();
    sql!(i64, "SELECT id FROM posts WHERE length(title) + id > ?", 0)
        .all(&db)
        .unwrap();
    sql!(
        i64,
        "SELECT id FROM posts WHERE id BETWEEN 1 AND title = ?",
        "One"
    )
    .all(&db)
    .unwrap();
    // A name that the statement gives.
    sql!(
        i64,
        "SELECT id FROM (SELECT id, slug AS author_id FROM posts) WHERE author_id = ?1",
        "one"
    )
    .one(&db)
    .unwrap();
    sql!(
        i64,
        "SELECT id FROM (SELECT id, slug || '' author_id FROM posts) WHERE author_id = ?1",
        "one"
    )
    .one(&db)
    .unwrap();
    sql!(i64, "WITH p(id, author_id) AS (SELECT id, slug FROM posts) SELECT id FROM p WHERE author_id = ?1", "one").one(&db).unwrap();
    sql!(i64, "WITH posts AS (SELECT 7 AS id, 'one' AS author_id) SELECT id FROM posts WHERE author_id = ?1", "one").one(&db).unwrap();
    // A column of a table-valued function.
    sql!(
        i64,
        "SELECT posts.id FROM posts, json_each(?1) AS j WHERE j.id = ?2",
        "[1]",
        None
    )
    .all(&db)
    .unwrap();
    // A table that is not STRICT holds what it is given.
    sql!(
        "INSERT INTO legacy (name, made, data) VALUES (?1, ?2, ?3)",
        "a",
        1_700_000_000,
        "text"
    )
    .execute(&db)
    .unwrap();
    sql!((i64, Option<i64>), "SELECT id, made FROM legacy")
        .one(&db)
        .unwrap();
    // The alias of a table, and of the rowid.
    sql!(i64, "SELECT p.rowid FROM posts AS p WHERE p.rowid = ?1", 1)
        .one(&db)
        .unwrap();
}
