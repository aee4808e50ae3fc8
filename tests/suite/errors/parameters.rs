//! Parameters and the values that they are given.

use super::{Post, check, filled};
use expect_test::expect;
use tablature::rusqlite::ToSql;
use tablature::types::Null;
use tablature::{Page, Row, Table, named_params};

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
    let page = Page::by(Post::COLUMNS.id).filter(" -- nothing", []);
    check(
        Post::page(&db, &page.filter("id = 1", [])),
        expect!["` -- nothing`: this filter has no condition; leave it out"],
    );
    let page = Page::by(Post::COLUMNS.id).filter("", []);
    check(
        page.total(&db),
        expect!["``: this filter has no condition; leave it out"],
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
