//! What goes wrong at run time is told in words of the table.

use expect_test::{Expect, expect};
use tablature::rusqlite::ToSql;
use tablature::types::Null;
use tablature::{ColumnType, Connection, Insert, Page, Row, Table, insert, named_params, update};

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
fn parameters_are_counted() {
    let db = filled();
    check(
        Post::query(&db, "WHERE id = ?1", ()),
        expect![
            "`SELECT posts.id, posts.author, posts.editor, posts.slug, posts.status, posts.note, posts.small, posts.large, posts.real, posts.exact FROM posts WHERE id = ?1`: 1 parameter, 0 arguments: `?1` has none"
        ],
    );
    check(
        Post::query(&db, "WHERE id = ?1 OR id = ?2", [1]),
        expect![
            "`SELECT posts.id, posts.author, posts.editor, posts.slug, posts.status, posts.note, posts.small, posts.large, posts.real, posts.exact FROM posts WHERE id = ?1 OR id = ?2`: 2 parameters, 1 argument: `?2` has none"
        ],
    );
    check(
        Post::execute(&db, "UPDATE posts SET slug = ?3 WHERE id = ?1", (1, "x")),
        expect![
            "`UPDATE posts SET slug = ?3 WHERE id = ?1`: 3 parameters, 2 arguments: `?3` has none"
        ],
    );
    let page = Page::by(Post::COLUMNS.id).filter("id = ?1 OR id = ?2", [1]);
    check(
        Post::page(&db, &page.clone().filter("id = ?", [2])),
        expect!["`id = ?1 OR id = ?2`: 2 parameters, 1 argument: `?2` has none"],
    );
    check(
        page.total(&db),
        expect!["`id = ?1 OR id = ?2`: 2 parameters, 1 argument: `?2` has none"],
    );
    let page = Page::by(Post::COLUMNS.id).filter("id = ?", (1, 2));
    check(
        page.total(&db),
        expect!["`id = ?`: 1 parameter, 2 arguments: the last has none"],
    );
    check(
        Post::query(&db, "WHERE id = ?1", [u64::MAX]),
        expect!["parameter 1: 18446744073709551615 is out of range for a 64-bit signed integer"],
    );
    check(
        Post::query_one(&db, "WHERE author = 1 OR 1", ())
            .map(|_| ())
            .and(Post::query_one(&db, "CROSS JOIN authors", ())),
        expect![
            "`posts`: expected at most one row, found several; use `query`, or add a condition"
        ],
    );
    check(
        Post::query(&db, "WHERE nothing = 1", ()),
        expect![[
            r#"near "nothing": syntax error in SELECT posts.id, posts.author, posts.editor, posts.slug, posts.status, posts.note, posts.small, posts.large, posts.real, posts.exact FROM posts WHERE nothing = 1 at offset 150"#
        ]],
    );
}

#[test]
fn names_are_compared() {
    let db = filled();
    let sql = "WHERE id = :id OR slug = @slug";
    let by = |params: &[(&str, &dyn ToSql)]| Post::query(&db, sql, params);
    check(
        by(named_params! { ":id": 1 }),
        expect![
            "`SELECT posts.id, posts.author, posts.editor, posts.slug, posts.status, posts.note, posts.small, posts.large, posts.real, posts.exact FROM posts WHERE id = :id OR slug = @slug`: `@slug` has no argument, and would be NULL, or what an earlier run has given; give it one, even if it is NULL"
        ],
    );
    check(
        by(named_params! {}),
        expect![
            "`SELECT posts.id, posts.author, posts.editor, posts.slug, posts.status, posts.note, posts.small, posts.large, posts.real, posts.exact FROM posts WHERE id = :id OR slug = @slug`: `:id` and `@slug` have no argument, and would be NULL, or what an earlier run has given; give each one, even if it is NULL"
        ],
    );
    check(
        by(named_params! { ":id": 1, "slug": "a" }),
        expect![
            "`SELECT posts.id, posts.author, posts.editor, posts.slug, posts.status, posts.note, posts.small, posts.large, posts.real, posts.exact FROM posts WHERE id = :id OR slug = @slug`: no parameter `slug`; did you mean `@slug`?"
        ],
    );
    check(
        by(named_params! { ":id": 1, "@slug": "a", "$frob": 2 }),
        expect![
            "`SELECT posts.id, posts.author, posts.editor, posts.slug, posts.status, posts.note, posts.small, posts.large, posts.real, posts.exact FROM posts WHERE id = :id OR slug = @slug`: no parameter `$frob`; the parameters are :id, @slug"
        ],
    );
    check(
        by(named_params! { ":id": 1, ":id": 2, "@slug": "a" }),
        expect![
            "`SELECT posts.id, posts.author, posts.editor, posts.slug, posts.status, posts.note, posts.small, posts.large, posts.real, posts.exact FROM posts WHERE id = :id OR slug = @slug`: `:id` has two arguments; give it one"
        ],
    );
    assert!(
        by(named_params! { ":id": 1, "@slug": Null }).is_ok(),
        "NULL in so many words"
    );
    assert!(
        Post::query(&db, sql, (1, "a")).is_ok(),
        "names count as positions"
    );
    check(
        Post::query(
            &db,
            "WHERE id = ? OR slug = :slug",
            named_params! { ":slug": "a" },
        ),
        expect![
            "`SELECT posts.id, posts.author, posts.editor, posts.slug, posts.status, posts.note, posts.small, posts.large, posts.real, posts.exact FROM posts WHERE id = ? OR slug = :slug`: `?` (number 1) has no argument, and would be NULL, or what an earlier run has given; give it one, even if it is NULL"
        ],
    );
    let update = "UPDATE posts SET note = :note WHERE id = :id";
    check(
        Post::execute(&db, update, named_params! { ":id": 1 }),
        expect![
            "`UPDATE posts SET note = :note WHERE id = :id`: `:note` has no argument, and would be NULL, or what an earlier run has given; give it one, even if it is NULL"
        ],
    );
    check(
        Post::returning(&db, update, named_params! { ":note": "x" }),
        expect![[
            r#"`UPDATE posts SET note = :note WHERE id = :id RETURNING "id", "author", "editor", "slug", "status", "note", "small", "large", "real", "exact"`: `:id` has no argument, and would be NULL, or what an earlier run has given; give it one, even if it is NULL"#
        ]],
    );
    #[derive(Row, Debug)]
    struct Slug {
        #[expect(dead_code, reason = "it is read from the database")]
        slug: String,
    }
    let mut slugs =
        Slug::select(&db, "SELECT slug FROM posts WHERE id = :id OR slug = :slug").unwrap();
    assert!(slugs.all(named_params! { ":id": 1, ":slug": "a" }).is_ok());
    check(
        slugs.all(named_params! { ":id": 1 }),
        expect![
            "`SELECT slug FROM posts WHERE id = :id OR slug = :slug`: `:slug` has no argument, and would be NULL, or what an earlier run has given; give it one, even if it is NULL"
        ],
    );
    check(
        slugs.one(named_params! { ":slug": "a" }),
        expect![
            "`SELECT slug FROM posts WHERE id = :id OR slug = :slug`: `:id` has no argument, and would be NULL, or what an earlier run has given; give it one, even if it is NULL"
        ],
    );
    check(
        slugs.rows(named_params! {}).map(|_| ()),
        expect![
            "`SELECT slug FROM posts WHERE id = :id OR slug = :slug`: `:id` and `:slug` have no argument, and would be NULL, or what an earlier run has given; give each one, even if it is NULL"
        ],
    );
    let page = Page::by(Post::COLUMNS.id).filter("id = :id", named_params! { ":id": 1 });
    check(
        page.total(&db),
        expect!["`id = :id`: a filter takes its values by position, not by name"],
    );
}

#[test]
fn a_number_that_is_left_out() {
    let db = filled();
    let sql = "WHERE id = ?1 OR id = ?3";
    assert_eq!(
        Post::query(&db, sql, (1, 2, 3)).unwrap().len(),
        1,
        "positions count it"
    );
    check(
        Post::query(&db, sql, (1, 3)),
        expect![
            "`SELECT posts.id, posts.author, posts.editor, posts.slug, posts.status, posts.note, posts.small, posts.large, posts.real, posts.exact FROM posts WHERE id = ?1 OR id = ?3`: 3 parameters, 2 arguments: `?3` has none"
        ],
    );
    let named = Post::query(&db, sql, named_params! { "?1": 1, "?3": 3 });
    assert_eq!(
        named.unwrap().len(),
        1,
        "there is nothing that it could be NULL for"
    );
    check(
        Post::query(&db, sql, named_params! { "?1": 1, "?2": 2 }),
        expect![
            "`SELECT posts.id, posts.author, posts.editor, posts.slug, posts.status, posts.note, posts.small, posts.large, posts.real, posts.exact FROM posts WHERE id = ?1 OR id = ?3`: no parameter `?2`; did you mean `?1`?"
        ],
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
