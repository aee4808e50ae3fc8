//! The types of pulled fields.

use super::scratch::Scratch;
use expect_test::expect;
use tablature::Connection;

/// Types without words, words without types, and what the rows say of both.
const READINGS: &str = "\
CREATE TABLE readings (id INTEGER PRIMARY KEY, whole NUMERIC, part NUMERIC, word DATETIME, mixed INTEGER, bits BOOLEAN,
  flag BOOLEAN NOT NULL, untyped, bytes, since INTEGER, seen_at INTEGER, huge DOUBLE, kind TEXT CHECK (kind IN ('a', 'b')), torn TEXT, old TEXT CHECK (old IN ('a', 'b')));
PRAGMA ignore_check_constraints = ON;
INSERT INTO readings VALUES
  (1, 1, 1.5, '2026-11-21 09:00:00', 1, 1, 0, NULL, x'00', 1767225600, 1767225600, 2.5, 'a', CAST(x'ff' AS TEXT), 'a'),
  (2, 2, 2, NULL, 'one', 7, 1, NULL, x'01', NULL, NULL, 3, NULL, 'whole', 'c'),
  (3, 3, 3, '2026-11-21 10:00:00.5', x'00', 0, 1, NULL, NULL, 1767225600, 1767225600, 1, 'b', NULL, NULL);
";

#[test]
fn types_are_what_the_rows_hold() {
    let mut app = Scratch::unwritten();
    let db = Connection::open(app.path("app.db")).unwrap();
    db.execute_batch(READINGS).unwrap();
    app.run("cargo tablature pull app.db --out src/models.rs --baseline")
        .shown("src/models.rs")
        .write(
            "src/main.rs",
            "mod models;\n\nuse tablature::Table;\n\nfn main() -> tablature::Result<()> {\n    \
             let db = models::SCHEMA.open(\"app.db\")?;\n    \
             println!(\"{}\", models::Readings::all(&db)?.len());\n    Ok(())\n}\n",
        );
    app.shows(expect![[r#"
        $ cargo tablature pull app.db --out src/models.rs --baseline
        pulled 1 struct from app.db
        guessed 3 types: each has a comment
        wrote src/models.rs
        wrote migrations/0001_initial.up.sql
        wrote schema.sql
        write `mod models;` in the crate, and run `cargo tablature check`
        `app.db` knows that it has had the migrations

        == migrations/0001_initial.up.sql
        -- The schema of app.db, as it was when it was pulled.

        CREATE TABLE readings (id INTEGER PRIMARY KEY, whole NUMERIC, part NUMERIC, word DATETIME, mixed INTEGER, bits BOOLEAN,
          flag BOOLEAN NOT NULL, untyped, bytes, since INTEGER, seen_at INTEGER, huge DOUBLE, kind TEXT CHECK (kind IN ('a', 'b')), torn TEXT, old TEXT CHECK (old IN ('a', 'b')));

        == src/models.rs
        //! The tables of `app.db`, as `cargo tablature pull` has read them.

        use tablature::{ColumnType, Table};

        #[derive(ColumnType, Clone, Copy, Debug, PartialEq, Eq)]
        pub enum ReadingsKind {
            A,
            B,
        }

        #[derive(Table, Clone, Debug)]
        #[table(strict = false)]
        pub struct Readings {
            #[column(primary_key)]
            pub id: i64,
            #[column(sql_type = "NUMERIC")]
            pub whole: Option<f64>,
            #[column(sql_type = "NUMERIC")]
            pub part: Option<f64>,
            // the rows hold moments: a type of jiff, chrono or time may fit, if it writes them in the same form
            #[column(sql_type = "DATETIME")]
            pub word: Option<String>,
            // declared INTEGER; the rows hold integers and texts and blobs
            #[column(sql_type = "INTEGER")]
            pub mixed: tablature::types::Value,
            // a guess: declared BOOLEAN, and all rows hold integers
            #[column(sql_type = "BOOLEAN")]
            pub bits: Option<i64>,
            // a guess: declared BOOLEAN, and all rows hold 0 or 1
            #[column(sql_type = "BOOLEAN", check = false)]
            pub flag: bool,
            pub untyped: tablature::types::Value,
            // a guess: declared without a type, and all rows hold blobs
            #[column(sql_type = "")]
            pub bytes: Option<Vec<u8>>,
            pub since: Option<i64>,
            // the rows look like seconds since 1970
            pub seen_at: Option<i64>,
            #[column(sql_type = "DOUBLE")]
            pub huge: Option<f64>,
            pub kind: Option<ReadingsKind>,
            // texts that are not UTF-8, which no type reads: 1
            pub torn: Option<String>,
            #[column(check("old IN ('a', 'b')"))]
            pub old: Option<String>,
        }

        tablature::schema! {
            #[schema(migrations = "migrations")]
            pub static SCHEMA = [Readings];
        }

    "#]]);
}
