//! What structs say of changes is heard by `push`, and needs no hints.

use expect_test::{Expect, expect};
use tablature::plan::Hints;
use tablature::{Connection, Table};

#[derive(Table)]
#[table(name = "posts", renamed_from = "articles")]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(renamed_from = "headline")]
    title: String,
    #[column(backfill = "'post-' || id")]
    slug: String,
    #[column(using = "date(day, 'unixepoch')")]
    day: String,
}

tablature::schema! { static BLOG = [Post]; }

/// What is in the table after it was pushed, or why it was not.
fn check(before: &str, hints: &Hints, expect: Expect) {
    let mut db = Connection::open_in_memory().unwrap();
    db.execute_batch(before).unwrap();
    let pushed = BLOG.push(&mut db, hints).map_err(|error| error.to_string());
    let said = pushed.map(|_| {
        let row = "SELECT concat_ws(' ', id, title, slug, day) FROM posts";
        db.query_row(row, (), |row| row.get::<_, String>(0))
            .unwrap()
    });
    expect.assert_eq(&said.unwrap_or_else(|error| error));
}

const OLD: &str = "CREATE TABLE articles (id INTEGER PRIMARY KEY, headline TEXT NOT NULL, day INTEGER NOT NULL) STRICT;
    INSERT INTO articles VALUES (1, 'Hello', 86400)";
/// Every change but one has been made; some rows have a slug.
const RECENT: &str = "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL, slug TEXT, day TEXT NOT NULL) STRICT;
    INSERT INTO posts VALUES (1, 'Hello', 'hi', 'today')";

#[test]
fn attributes_are_heard() {
    check(OLD, &Hints::default(), expect!["1 Hello post-1 1970-01-02"]);
    check(RECENT, &Hints::default(), expect!["1 Hello hi today"]);
}

#[test]
fn a_hint_goes_before_an_attribute() {
    let mut hints = Hints::default();
    hints.backfill("posts.slug='first'").unwrap();
    check(OLD, &hints, expect!["1 Hello first 1970-01-02"]);
}
