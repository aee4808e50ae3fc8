//! The tables that the migrations beside make.

use tablature::{ColumnType, Connection, Row, Table};

#[derive(ColumnType, Clone, Copy, Debug, PartialEq)]
pub(super) enum Status {
    Draft,
    Published,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "posts")]
pub(super) struct Post {
    // Another order than the table's.
    pub(super) title: String,
    #[column(primary_key)]
    pub(super) id: i64,
    pub(super) author_id: i64,
    pub(super) slug: String,
    pub(super) body: String,
    pub(super) status: Status,
    pub(super) published_at: Option<String>,
    pub(super) subtitle: Option<String>,
    pub(super) rating: Option<f64>,
}

#[derive(Row, Debug, PartialEq)]
pub(super) struct Titled {
    pub(super) id: i64,
    pub(super) title: String,
}

pub(super) fn blog() -> Connection {
    let db = Connection::open_in_memory().unwrap();
    for migration in [
        include_str!("migrations/0001_create_authors_and_posts.up.sql"),
        include_str!("migrations/0002_rename_state_and_add_search.up.sql"),
    ] {
        db.execute_batch(migration).unwrap();
    }
    db.execute_batch(
        "INSERT INTO authors (email) VALUES ('ann@example.org'), ('bob@example.org');
         INSERT INTO posts (author_id, slug, title, body, status, published_at) VALUES
             (1, 'one', 'One', 'rusty rows', 'published', '2026-01-01'),
             (1, 'two', 'Two', 'more rows', 'draft', NULL),
             (2, 'three', 'Three', 'columns', 'published', '2026-03-03');",
    )
    .unwrap();
    db
}
