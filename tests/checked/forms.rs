use super::blog::{Post, Status, Titled, blog};
use tablature::{ReadError, sql};

#[test]
fn a_struct_is_read_by_the_names_of_its_fields() {
    let db = blog();
    let posts = sql!(
        Post,
        "SELECT * FROM posts WHERE author_id = ?1 ORDER BY id",
        1
    )
    .all(&db)
    .unwrap();
    assert_eq!(posts.len(), 2);
    assert_eq!(
        (posts[0].title.as_str(), posts[0].status),
        ("One", Status::Published)
    );
    let turned = sql!(Titled, "SELECT title, id FROM posts ORDER BY id LIMIT 1")
        .one(&db)
        .unwrap();
    assert_eq!(
        turned,
        Titled {
            id: 1,
            title: "One".into()
        }
    );
}

#[test]
fn columns_and_tuples_are_read_by_position() {
    let db = blog();
    assert_eq!(sql!(i64, "SELECT count(*) FROM posts").one(&db).unwrap(), 3);
    assert_eq!(
        sql!(Option<i64>, "SELECT max(id) FROM posts WHERE id > 9")
            .one(&db)
            .unwrap(),
        None
    );
    assert_eq!(
        sql!(
            (i64, String),
            "SELECT id, title FROM posts WHERE id = ?1",
            2
        )
        .one(&db)
        .unwrap(),
        (2, "Two".into())
    );
    assert_eq!(
        sql!(Status, "SELECT status FROM posts ORDER BY id")
            .all(&db)
            .unwrap(),
        [Status::Published, Status::Draft, Status::Published]
    );
    let mut subtitles = sql!(Option<String>, "SELECT subtitle FROM posts")
        .all(&db)
        .unwrap();
    assert_eq!(subtitles.pop(), Some(None));
}

#[test]
fn one_is_one_and_optional_is_one_at_the_most() {
    let db = blog();
    let of = |id: i64| sql!(String, "SELECT title FROM posts WHERE id >= ?", id).optional(&db);
    assert_eq!(of(9).unwrap(), None);
    assert_eq!(of(3).unwrap().as_deref(), Some("Three"));
    assert!(matches!(of(1), Err(ReadError::Several { .. })));
    let none = sql!(Titled, "SELECT id, title FROM posts WHERE id = 9")
        .one(&db)
        .unwrap_err();
    assert_eq!(
        none.to_string(),
        "`Titled`: expected a row, found none; use `optional`"
    );
}

#[test]
fn each_stops_where_it_is_told() {
    let db = blog();
    let mut titles = Vec::new();
    let stopped = sql!(String, "SELECT title FROM posts ORDER BY id").each(&db, |title| {
        if title == "Three" {
            return Err(tablature::Error::from(ReadError::NoRow { table: "posts" }));
        }
        titles.push(title);
        Ok(())
    });
    assert!(stopped.is_err());
    assert_eq!(titles, ["One", "Two"]);
}

#[test]
fn arguments_are_borrowed_and_evaluated_once() {
    let db = blog();
    let title = String::from("New");
    let mut calls = 0;
    let mut id = || {
        calls += 1;
        3
    };
    let query = sql!(
        "UPDATE posts SET title = :title, body = :body WHERE id = 3",
        body = &title,
        title = title
    );
    assert_eq!(query.execute(&db).unwrap(), 1);
    assert_eq!(query.execute(&db).unwrap(), 1);
    sql!(
        "UPDATE posts SET title = :title WHERE id = ?2",
        id(),
        title = title
    )
    .execute(&db)
    .unwrap();
    assert_eq!(calls, 1);
    let found = sql!(
        (String, String),
        "SELECT title, body FROM posts WHERE id = 3"
    )
    .one(&db)
    .unwrap();
    assert_eq!(found, (title.clone(), title));
}

#[test]
fn an_argument_may_be_made_where_it_stands() {
    let db = blog();
    let count = sql!(
        i64,
        "SELECT count(*) FROM posts WHERE title = ?1 OR body = ?2",
        String::from("One"),
        &format!("{} rows", "more")
    )
    .one(&db);
    assert_eq!(count.unwrap(), 2);
    assert_eq!(
        sql!(
            i64,
            "SELECT count(*) FROM posts WHERE title = ?1 OR ?2",
            "One".to_owned(),
            i64::from(true)
        )
        .one(&db)
        .unwrap(),
        3
    );
}

#[test]
fn names_of_the_users_are_not_ours() {
    let db = blog();
    let (statement, value, rest, order) = (1, 2, 3, "x");
    let count = sql!(
        i64,
        "SELECT count(*) FROM posts WHERE id IN (?1, ?2, ?3) OR title = ?4",
        statement,
        value,
        rest,
        order
    );
    assert_eq!(count.one(&db).unwrap(), 3);
}

#[test]
fn a_value_that_does_not_fit_says_which() {
    let db = blog();
    let error = sql!(u8, "SELECT 256 AS big").one(&db).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`sql!`.`big`: 256 is out of range for u8"
    );
    db.execute_batch("UPDATE posts SET status = 'lost' WHERE id = 1")
        .unwrap();
    let error = sql!(Post, "SELECT * FROM posts WHERE id = 1")
        .one(&db)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "`posts`.`status`: unknown value 'lost'; expected one of 'draft', 'published'"
    );
    let error = sql!("UPDATE posts SET rating = ?1", f64::NAN)
        .execute(&db)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "parameter 1: NaN cannot be stored: SQLite has none, and would store NULL"
    );
}
