//! Migrations that the program carries: embedded, compared, run.

mod hooks;
mod push;
mod push_hears;
mod read_only;

use expect_test::{Expect, expect};
use tablature::migrations::Runner;
use tablature::plan::Hints;
use tablature::{Connection, Schema, Table, insert};

#[derive(Table)]
#[table(name = "authors")]
struct Author {
    #[column(primary_key)]
    id: i64,
    name: String,
}

#[derive(Table)]
#[table(name = "posts")]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
    #[column(references(Author))]
    author: Option<i64>,
}

tablature::schema! {
    /// The migrations are ours to run.
    #[schema(migrations = "tests/suite/migrations/ours/migrations")]
    pub(super) static OURS = [Author, Post];
}

tablature::schema! {
    #[schema(migrations = "tests/suite/migrations/refinery/migrations", runner = refinery)]
    static REFINERY = [Author, Post];
}

tablature::schema! {
    #[schema(migrations = "tests/suite/migrations/sqlx/migrations", runner = sqlx, sqlite = "3.46")]
    static SQLX = [Author, Post];
}

tablature::schema! {
    #[schema(migrations = "tests/suite/migrations/d1/migrations", runner = d1)]
    static D1 = [Author, Post];
}

#[test]
fn the_program_carries_the_files_of_each_runner() {
    let check = |schema: &Schema, runner: Runner, expect: Expect| {
        assert_eq!(schema.runner(), Some(runner));
        let stems: Vec<_> = schema.migrations().iter().map(|it| it.stem).collect();
        expect.assert_eq(&stems.join(" "));
        let downs: Vec<_> = schema.migrations().iter().map(|it| it.down).collect();
        assert_eq!(
            downs,
            OURS.migrations()
                .iter()
                .map(|it| it.down)
                .collect::<Vec<_>>()
        );
        assert!(downs.iter().all(Option::is_some));
        schema.check_migrations().unwrap();
    };
    check(
        &OURS,
        Runner::Tablature,
        expect!["0001_create_authors_and_posts 0002_add_author_to_posts"],
    );
    check(
        &REFINERY,
        Runner::Refinery,
        expect!["V001__create_authors_and_posts V002__add_author_to_posts"],
    );
    check(
        &SQLX,
        Runner::Sqlx,
        expect!["20250108000000_create_authors_and_posts 20250108000001_add_author_to_posts"],
    );
    check(
        &D1,
        Runner::D1,
        expect!["0001_create_authors_and_posts 0002_add_author_to_posts"],
    );
}

#[test]
fn opening_applies_what_is_pending() {
    let folder = super::open::Folder::new("migrations");
    let path = folder.0.join("blog.db");
    insert!(&OURS.open(&path).unwrap(), Post { title: "kept" }).unwrap();
    let mut db = OURS.open(&path).unwrap();
    assert_eq!(Post::get(&db, 1).unwrap().unwrap().title, "kept");
    assert!(OURS.migrate(&mut db).unwrap().is_empty());
}

#[test]
fn push_brings_the_history_along() {
    for version in [0, 1] {
        let mut db = Connection::open_in_memory().unwrap();
        OURS.migrate_to(&mut db, version).unwrap();
        OURS.push(&mut db, &Hints::default()).unwrap();
        assert!(OURS.migrate(&mut db).unwrap().is_empty());
        assert!(OURS.pending(&db).unwrap().is_empty());
    }
}

#[test]
fn what_was_made_by_hand_is_made_known_by_baseline() {
    let mut db = Connection::open_in_memory().unwrap();
    OURS.migrate_to(&mut db, 1).unwrap();
    for migration in OURS.migrations().iter().skip(1) {
        db.execute_batch(migration.up).unwrap();
    }
    let error = OURS.migrate(&mut db).unwrap_err();
    expect!["migration `0002_add_author_to_posts` failed at statement 1, `ALTER TABLE posts ADD COLUMN author INTEGER CONSTRAINT author_fkey REFERENCES authors (id)`: duplicate column name: author; the database is as it was: mend the file, or, if `push` has brought the database here, write that into the history with `baseline`"].assert_eq(&error.to_string());
    assert_eq!(OURS.baseline(&mut db, 2).unwrap(), 1);
    assert_eq!(OURS.baseline(&mut db, 2).unwrap(), 0);
    assert!(OURS.migrate(&mut db).unwrap().is_empty());
}

#[test]
fn who_opens_waits_for_nobody_when_nothing_is_pending() {
    let folder = super::open::Folder::new("migrations-wait");
    let path = folder.0.join("blog.db");
    let writer = OURS.open(&path).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    OURS.open(&path).unwrap();
}

#[test]
fn many_may_migrate_a_fresh_database_at_once() {
    let folder = super::open::Folder::new("migrations-many");
    let path = folder.0.join("blog.db");
    let opened: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    OURS.open(&path)
                        .map(drop)
                        .map_err(|error| error.to_string())
                })
            })
            .collect();
        threads.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert_eq!(opened, vec![Ok(()); 8]);
}

#[test]
fn the_migrations_of_another_runner_are_left_to_it() {
    let mut db = Connection::open_in_memory().unwrap();
    let error = SQLX.migrate(&mut db).unwrap_err();
    expect!["the migrations of `SQLX` are run by sqlx; run them with it"]
        .assert_eq(&error.to_string());
    let folder = super::open::Folder::new("migrations-sqlx");
    let db = SQLX.open(folder.0.join("blog.db")).unwrap();
    assert!(!db.table_exists(None, "posts").unwrap());
    insert!(&SQLX.open_in_memory().unwrap(), Author { name: "Ann" }).unwrap();
}

#[test]
fn the_recorded_schema_is_written_as_it_is_read() {
    let tables: Vec<_> = [
        ("authors", "Author", Author::DDL),
        ("posts", "Post", Post::DDL),
    ]
    .into();
    let sums: Vec<_> = OURS
        .migrations()
        .iter()
        .map(|it| (it.stem, tablature::migrations::checksum(it.up)))
        .collect();
    let sums: Vec<_> = sums
        .iter()
        .map(|(stem, sum)| (*stem, sum.as_str()))
        .collect();
    assert_eq!(
        tablature::migrations::record(&tables, &sums),
        include_str!("migrations/ours/schema.sql")
    );
}

#[test]
fn what_only_the_author_knows_changes_no_statement() {
    mod other {
        use tablature::Table;
        #[derive(Table)]
        #[table(name = "authors", renamed_from = "writers")]
        pub(super) struct Author {
            #[column(primary_key)]
            id: i64,
            #[column(
                renamed_from = "full_name",
                backfill = "'nobody'",
                using = "trim(name)"
            )]
            name: String,
        }
    }
    assert_eq!(other::Author::DDL, Author::DDL);
    let name = other::Author::TABLE.columns[1];
    assert_eq!(other::Author::TABLE.renamed_from, Some("writers"));
    assert_eq!(
        (name.renamed_from, name.backfill, name.using),
        (Some("full_name"), Some("'nobody'"), Some("trim(name)"))
    );
}
