//! How SQLite finds the rows: the statements that the library runs, explained.

use expect_test::{Expect, expect};
use jiff::Timestamp;
use media_library::Error;
use media_library::demo;
use media_library::library::{
    self, Download, Episode, LIBRARY, Movie, MovieFilter, Session, Show, User, Window,
};
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use std::fmt::Write as _;
use std::sync::mpsc::channel;
use tablature::{Connection, Page, Table};
use uuid::Uuid;

/// Runs something, and explains each statement that it has run.
fn check<T>(work: impl FnOnce(&Connection) -> Result<T, Error>, expected: Expect) {
    let mut db = LIBRARY.open_in_memory().unwrap();
    demo::fill(&db).unwrap();
    let (run, statements) = channel();
    let note = move |event: TraceEvent<'_>| {
        if let TraceEvent::Stmt(statement, _) = event {
            run.send(statement.sql().into_owned()).unwrap();
        }
    };
    db.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(note))
        .unwrap();
    work(&db).unwrap();
    db.trace_v2(TraceEventCodes::empty(), None::<fn(TraceEvent<'_>)>)
        .unwrap();
    let mut said = String::new();
    // Full-text search reads its own tables by statements of its own.
    let own = |sql: &String| sql.contains("main'.") || sql.contains("main\".");
    for sql in statements.try_iter().filter(|sql| !own(sql)) {
        let mut explain = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let steps = explain
            .raw_query()
            .mapped(|row| row.get::<_, String>(3))
            .map(Result::unwrap);
        for step in steps {
            writeln!(said, "{step}").unwrap();
        }
    }
    expected.assert_eq(&said);
}

fn newest() -> Page<Movie> {
    Page::by(Movie::COLUMNS.added_at).descending()
}

#[test]
fn a_page_is_read_in_the_order_of_its_index() {
    let next = |db: &Connection| {
        let (filter, mut window) = (MovieFilter::default(), Window::default());
        window.limit = Some(1);
        window.after = library::list(db, newest(), &window, &filter)?.next;
        library::list(db, newest(), &window, &filter)
    };
    check(
        next,
        expect![[r#"
            SCAN movies USING COVERING INDEX movies_added_at_idx
            SCAN movies USING INDEX movies_added_at_idx
            SCAN movies USING COVERING INDEX movies_added_at_idx
            SEARCH movies USING INDEX movies_added_at_idx (added_at<?)
        "#]],
    );
}

#[test]
fn a_search_starts_from_the_words() {
    let search = |db: &Connection| {
        let window = Window {
            q: Some("moon".to_owned()),
            ..Window::default()
        };
        let filter = MovieFilter {
            genre: Some("drama".to_owned()),
            ..MovieFilter::default()
        };
        library::list(db, newest(), &window, &filter)
    };
    check(
        search,
        expect![[r#"
            SCAN movies_fts VIRTUAL TABLE INDEX 0:M2r
            SEARCH movies USING INTEGER PRIMARY KEY (rowid=?)
            SCAN json_each EXISTS VIRTUAL TABLE INDEX 1:
            SCAN movies_fts VIRTUAL TABLE INDEX 32:M2r
            SEARCH movies USING INTEGER PRIMARY KEY (rowid=?)
            CORRELATED SCALAR SUBQUERY 1
            SCAN json_each VIRTUAL TABLE INDEX 1:
        "#]],
    );
}

#[test]
fn a_session_is_found_by_its_key() {
    check(
        |db| Session::user(db, Uuid::nil(), Timestamp::now()),
        expect![[r#"
            SEARCH sessions USING PRIMARY KEY (token=?)
        "#]],
    );
    let start = |db: &Connection| {
        let ann = User::query_one(db, "WHERE email = ?1 AND active", ["ann@example.org"])?.unwrap();
        let session = Session::start(db, &ann, Timestamp::now())?;
        Session::user(db, session.token, Timestamp::now())
    };
    check(
        start,
        expect![[r#"
            SEARCH users USING INDEX users_email_key (email=?)
            SEARCH sessions USING INDEX sessions_expires_at_idx (expires_at<?)
            SEARCH sessions USING PRIMARY KEY (token=?)
            SEARCH users USING INTEGER PRIMARY KEY (rowid=?)
        "#]],
    );
}

#[test]
fn the_episodes_of_many_series_are_looked_up() {
    check(
        |db| Ok(Show::children_of::<Episode>(db, &Show::all(db)?)?),
        expect![[r#"
            SCAN shows
            SCAN keys VIRTUAL TABLE INDEX 1:
            SEARCH it USING INDEX episodes_show_id_season_number_key (show_id=?)
            USE TEMP B-TREE FOR ORDER BY
        "#]],
    );
}

#[test]
fn the_queue_is_an_index_of_what_waits() {
    check(
        Download::take,
        expect![[r#"
            SCAN downloads USING INDEX downloads_queue
        "#]],
    );
}
