//! A migration that fails.

use super::library::{Library, Side, connect};
use super::settings::settings;
use expect_test::expect;
use std::fs;
use tablature::migrations::{Runner, apply, read};
use tablature_faults::LIBRARY;

#[test]
fn the_third_of_five_leaves_nothing_of_the_first_two() {
    let library = Library::new(100, "wal");
    let folder = library.folder().join("migrations");
    fs::create_dir(&folder).unwrap();
    let initial = &LIBRARY.migrations()[0];
    let files = [
        (initial.stem, initial.up),
        (
            "0002_create_shelves",
            "CREATE TABLE shelves (id INTEGER PRIMARY KEY, height INTEGER) STRICT;",
        ),
        (
            "0003_fill_shelves",
            "INSERT INTO shelves (height) VALUES (10), (20);\nDELETE FROM loans;",
        ),
        (
            "0004_number_books",
            "-- One for each.\nALTER TABLE books ADD COLUMN number INTEGER;\nUPDATE books SET number = id;\n\nUPDATE books\nSET author_id = NULL\nWHERE id = 7;\nDROP TABLE shelves;",
        ),
        (
            "0005_create_rooms",
            "CREATE TABLE rooms (id INTEGER PRIMARY KEY) STRICT;",
        ),
        ("0006_drop_loans", "DROP TABLE loans;"),
    ];
    for (stem, up) in files {
        fs::write(folder.join(format!("{stem}.up.sql")), up).unwrap();
    }
    let path = library.copy();
    let mut db = connect(&path, "wal");
    let before = settings(&db);
    let migrations = read(&folder, Runner::Tablature).unwrap();
    let error = apply(&mut db, &migrations).unwrap_err();
    assert_eq!(settings(&db), before);
    drop(db);
    assert_eq!(
        library.side(&path, "the third of five has failed"),
        Side::Old
    );
    expect!["migration `0004_number_books` failed at statement 3, `UPDATE books`: NOT NULL constraint failed: books.author_id; the database is as it was: mend the file, or the rows that it cannot take"].assert_eq(&error.to_string());
}
