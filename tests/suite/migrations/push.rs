//! What `push` leaves alone.

use expect_test::{Expect, expect};
use tablature::plan::Hints;
use tablature::{Connection, Table};

#[derive(Table)]
#[table(name = "tags")]
struct Tag {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    name: i64,
    #[column(default = 0)]
    weight: i64,
}

tablature::schema! { static TAGS = [Tag]; }

/// On a database of another's, without hints: refused, and nothing has changed.
fn check(found: &str, expect: Expect) {
    let mut db = Connection::open_in_memory().unwrap();
    db.execute_batch(found).unwrap();
    let error = TAGS.push(&mut db, &Hints::default()).unwrap_err();
    expect.assert_eq(&error.to_string());
}

/// The library has methods, and no flags.
#[test]
fn what_would_answer_is_told_as_methods_of_the_hints() {
    // Dropped and added, or renamed.
    check(
        "CREATE TABLE tags (id INTEGER PRIMARY KEY, name INTEGER NOT NULL, height INTEGER NOT NULL DEFAULT 0) STRICT",
        expect![[
            r#"T104: `tags.height` is gone and `tags.weight` is new; if it was renamed, `Hints::rename("tags.height=weight")` or `#[column(renamed_from = "height")]`; if not, `Hints::allow("drop:tags.height")`"#
        ]],
    );
    check(
        "CREATE TABLE tags (id INTEGER PRIMARY KEY, weight INTEGER NOT NULL DEFAULT 0) STRICT",
        expect![[
            r#"T103: adds `tags.name`, NOT NULL and without a value for the rows that exist; give `Hints::backfill("tags.name=…")` or `#[column(backfill = "…")]`, or a default, or make it an `Option`"#
        ]],
    );
    check(
        "CREATE TABLE tags (id INTEGER PRIMARY KEY, name INTEGER NOT NULL, weight INTEGER NOT NULL DEFAULT 0, label TEXT) STRICT",
        expect![[
            r#"T102: drops `tags.label` with its values; agree with `Hints::allow("drop:tags.label")`"#
        ]],
    );
}

#[test]
fn values_and_the_objects_of_others_stay() {
    let mut agreed = Hints::default();
    agreed.allow("convert:tags.name").unwrap();
    check(
        "CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL, weight INTEGER NOT NULL DEFAULT 0) STRICT",
        expect![[
            r#"T112: `tags.name` changes its type from TEXT to INTEGER; '007' becomes 7, and it fails where one does not fit; say how with `Hints::using("tags.name=…")` (`CAST(name AS INTEGER)` makes 0 of what is no number), or agree with `Hints::allow("convert:tags.name")`"#
        ]],
    );
    check(
        "CREATE TABLE tags (id INTEGER PRIMARY KEY, name INTEGER NOT NULL, weight INTEGER DEFAULT 0) STRICT",
        expect![[
            r#"T210: `tags.weight` becomes NOT NULL; rows with NULL get its default, 0; give `Hints::backfill("tags.weight=…")` for another value; agree with `Hints::allow`, by the code, or write a migration"#
        ]],
    );
    check(
        "CREATE TABLE x (a); CREATE INDEX tags_name_key ON x (a)",
        expect![
            "the index `tags_name_key` of `x` has the name of one of the structs; give one of them another name"
        ],
    );
    check(
        "CREATE TABLE tags (id INTEGER PRIMARY KEY, name INTEGER NOT NULL) STRICT; CREATE TEMP TABLE tags (id)",
        expect![
            "the connection has a temporary `tags`, which stands before the one of the database; drop it, or migrate with another connection"
        ],
    );
    let mut db = Connection::open_in_memory().unwrap();
    db.execute_batch("CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL, weight INTEGER NOT NULL DEFAULT 0) STRICT; INSERT INTO tags VALUES (1, '007', 1)").unwrap();
    TAGS.push(&mut db, &agreed).unwrap();
    assert_eq!(Tag::get(&db, 1).unwrap().unwrap().name, 7);
}

#[test]
fn values_become_others_as_they_are_told_to() {
    let mut db = Connection::open_in_memory().unwrap();
    db.execute_batch("CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL, weight REAL NOT NULL DEFAULT 0) STRICT; INSERT INTO tags VALUES (1, 'seven', 1.5)").unwrap();
    let mut hints = Hints::default();
    hints.backfill("tags.name=length(name)").unwrap();
    let error = TAGS.push(&mut db, &hints).unwrap_err().to_string();
    expect![[r#"T112: `tags.weight` changes its type from REAL to INTEGER; 7.0 becomes 7, and it fails where one does not fit; say how with `Hints::using("tags.weight=…")` (`CAST(round(weight) AS INTEGER)` rounds), or agree with `Hints::allow("convert:tags.weight")`"#]].assert_eq(&error);
    // Agreed to, it still does not cut off what has no place in an integer.
    hints.allow("convert:tags.weight").unwrap();
    let error = TAGS.push(&mut db, &hints).unwrap_err().to_string();
    expect!["cannot push: cannot store REAL value in INTEGER column tags.weight"].assert_eq(&error);
    hints.backfill("tags.weight=round(weight * 10)").unwrap();
    TAGS.push(&mut db, &hints).unwrap();
    let tag = Tag::get(&db, 1).unwrap().unwrap();
    assert_eq!((tag.name, tag.weight), (5, 15));
}
