//! What goes wrong at run time is told in words of the table.

mod parameters;

use expect_test::{Expect, expect};
use tablature::{ColumnType, Connection, Insert, Table, insert, update};

#[derive(ColumnType, Debug)]
enum Status {
    Draft,
    Published,
}

#[derive(Table, Debug)]
#[table(name = "authors")]
struct Author {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table, Debug)]
#[table(
    name = "posts",
    unique(author, slug),
    check(slug_is_short = "length(slug) < 10"),
    check("author <> small")
)]
#[table(index("lower(note)", unique, name = "one_note"))]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(references(Author))]
    author: i64,
    #[column(references(Author))]
    editor: Option<i64>,
    slug: String,
    #[column(default = "draft")]
    status: Status,
    note: Option<String>,
    #[column(check("small < 9"), check("small <> 7"))]
    small: Option<u8>,
    large: Option<u64>,
    real: Option<f64>,
    exact: Option<[u8; 2]>,
}

tablature::schema! { static ALL = [Author, Post]; }

fn filled() -> Connection {
    let db = ALL.open_in_memory().unwrap();
    insert!(&db, Author { id: 1 }).unwrap();
    insert!(&db, Author { id: 2 }).unwrap();
    insert!(
        &db,
        Post {
            id: 1,
            author: 1,
            slug: "a",
            note: "N"
        }
    )
    .unwrap();
    db
}

fn check<T: std::fmt::Debug>(result: Result<T, impl std::fmt::Display>, expect: Expect) {
    match result {
        Ok(value) => panic!("not refused: {value:?}"),
        Err(error) => expect.assert_eq(&error.to_string()),
    }
}

#[test]
fn constraints_are_named() {
    let db = filled();
    check(
        insert!(
            &db,
            Post {
                id: 1,
                author: 1,
                slug: "b"
            }
        ),
        expect!["`posts`: another row has this `id` (primary key)"],
    );
    check(
        insert!(
            &db,
            Post {
                author: 1,
                slug: "a"
            }
        ),
        expect![
            "`posts`: another row has this `author`, `slug` (unique key `posts_author_slug_key`)"
        ],
    );
    check(
        insert!(
            &db,
            Post {
                author: 1,
                slug: "b",
                note: "n"
            }
        ),
        expect!["`posts`: another row has this key (unique key `one_note`)"],
    );
    check(
        insert!(
            &db,
            Post {
                author: 1,
                slug: "much too long"
            }
        ),
        expect!["`posts`: the row breaks the check `slug_is_short`: length(slug) < 10"],
    );
    check(
        insert!(
            &db,
            Post {
                author: 9,
                slug: "b"
            }
        ),
        expect!["`posts`: `author` refers to a row of `authors` that does not exist"],
    );
    check(
        insert!(
            &db,
            Post {
                author: 1,
                editor: 9,
                slug: "b"
            }
        ),
        expect!["`posts`: `editor` refers to a row of `authors` that does not exist"],
    );
    check(
        update!(&db, Post(1) { author: 9 }),
        expect!["`posts`: `author` refers to a row of `authors` that does not exist"],
    );
    check(
        update!(&db, Post(1) { slug: "much too long" }),
        expect!["`posts`: the row breaks the check `slug_is_short`: length(slug) < 10"],
    );
    check(
        update!(&db, Post(1) { small: 9 }),
        expect!["`posts`: the row breaks the check `small_check`: small < 9"],
    );
    check(
        update!(&db, Post(1) { small: 1 }),
        expect!["`posts`: the row breaks the check `row_check_2`: author <> small"],
    );
    check(
        update!(&db, Post(1) { small: 7 }),
        expect!["`posts`: the row breaks the check `small_check_2`: small <> 7"],
    );
    check(
        Author::delete(&db, 1),
        expect![
            "`authors`: other rows refer to this one: `posts`.`author` (1 row); delete them first, or give the foreign key `on_delete`"
        ],
    );
    assert!(Author::delete(&db, 2).unwrap());
}

#[test]
fn a_constraint_of_another_table_is_named_too() {
    let db = filled();
    db.execute_batch("CREATE TABLE other (x INTEGER NOT NULL UNIQUE); CREATE TRIGGER t AFTER INSERT ON posts BEGIN INSERT INTO other VALUES (1); END").unwrap();
    insert!(
        &db,
        Post {
            author: 1,
            slug: "b"
        }
    )
    .unwrap();
    check(
        insert!(
            &db,
            Post {
                author: 1,
                slug: "c"
            }
        ),
        expect!["`posts`: another row has this key (other.x)"],
    );
    db.execute_batch("DROP TRIGGER t; CREATE TRIGGER t AFTER INSERT ON posts BEGIN INSERT INTO other VALUES (NULL); END").unwrap();
    check(
        insert!(
            &db,
            Post {
                author: 1,
                slug: "c"
            }
        ),
        expect!["`other`.`x` is NOT NULL, and NULL was given"],
    );
}

#[test]
fn values_that_do_not_fit_name_their_column() {
    let db = filled();
    check(
        insert!(
            &db,
            Post {
                author: 1,
                slug: "b",
                large: u64::MAX
            }
        ),
        expect![
            "`posts`.`large`: 18446744073709551615 is out of range for a 64-bit signed integer"
        ],
    );
    check(
        insert!(
            &db,
            Post {
                author: 1,
                slug: "b",
                real: f64::NAN
            }
        ),
        expect!["`posts`.`real`: NaN cannot be stored: SQLite has none, and would store NULL"],
    );
    check(
        Post::insert_all(
            &db,
            [Post {
                id: 5,
                author: 1,
                editor: None,
                slug: "x".into(),
                status: Status::Published,
                note: None,
                small: None,
                large: Some(u64::MAX),
                real: None,
                exact: None,
            }],
        ),
        expect![
            "`posts`.`large`: 18446744073709551615 is out of range for a 64-bit signed integer"
        ],
    );
}

#[test]
fn stored_values_that_do_not_fit_name_their_column() {
    let stored = |column: &str, value: &str| {
        let db = filled();
        db.execute_batch(&format!(
            "PRAGMA ignore_check_constraints = ON; UPDATE posts SET {column} = {value}"
        ))
        .unwrap();
        Post::get(&db, 1)
    };
    check(
        stored("status", "'gone'"),
        expect!["`posts`.`status`: unknown value 'gone'; expected one of 'draft', 'published'"],
    );
    check(
        stored("small", "256"),
        expect!["`posts`.`small`: 256 is out of range for u8"],
    );
    check(
        stored("large", "-1"),
        expect!["`posts`.`large`: -1 is out of range for u64"],
    );
    check(
        stored("exact", "x'00'"),
        expect!["`posts`.`exact`: expected 2 bytes, found 1"],
    );
    check(
        stored("slug", "CAST(x'FF' AS TEXT)"),
        expect!["`posts`.`slug`: expected UTF-8 text, found a text that is not"],
    );
}

#[test]
fn a_missing_table_is_told() {
    let db = Connection::open_in_memory().unwrap();
    check(
        Author { id: 1 }.insert(&db),
        expect!["`authors`: no such table: authors"],
    );
    check(Author::get(&db, 1), expect!["no such table: authors"]);
}

#[test]
fn a_row_without_a_key_is_not_written() {
    #[derive(Table, Debug)]
    #[table(strict = false)]
    struct Tag {
        #[column(primary_key)]
        code: Option<String>,
        label: String,
    }
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(Tag::DDL).unwrap();
    let tag = Tag {
        code: None,
        label: "new".into(),
    };
    let expected =
        "`tag`: nothing was written, for the row's key cannot be read: expected a text, found NULL";
    let told = [
        tag.insert(&db).unwrap_err().to_string(),
        tag.insert_or_ignore(&db).unwrap_err().to_string(),
        Tag::prepared(&db).insert(&tag).unwrap_err().to_string(),
        tablature::insert!(
            &db,
            Tag {
                code: None::<String>,
                label: "new"
            }
        )
        .unwrap_err()
        .to_string(),
    ];
    assert_eq!(told, [expected; 4]);
    assert_eq!(Tag::count(&db).unwrap(), 0);
    assert_eq!(
        tablature::insert!(
            &db,
            Tag {
                code: "a",
                label: "new"
            }
        )
        .unwrap(),
        "a"
    );
}
