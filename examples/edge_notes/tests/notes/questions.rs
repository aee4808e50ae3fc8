//! What the questions of the application find.

use super::filled;
use edge_notes::notes::Note;
use edge_notes::users::User;
use expect_test::{Expect, expect};
use tablature::{Params, Table};

/// The first three slugs, and how many there are.
fn check(question: &str, params: impl Params, expect: Expect) {
    let found = Note::query(&filled(), question, params).unwrap();
    let slugs: Vec<&str> = found.iter().map(|it| it.slug.as_str()).take(3).collect();
    expect.assert_eq(&format!("{}: {}", found.len(), slugs.join(" ")));
}

#[test]
fn each_finds_the_rows_of_one_user() {
    check(
        Note::NEWEST,
        (1, 3),
        expect!["3: note-500 note-498 note-496"],
    );
    check(Note::PINNED, [2], expect!["1: note-7"]);
    check(Note::PINNED, [1], expect!["0: "]);
    check(Note::AT, (2, "a-slug"), expect!["1: a-slug"]);
    check(Note::AT, (1, "a-slug"), expect!["0: "]);
    check(Note::SHOWN_TO, [9], expect!["1: note-2"]);
    check(
        Note::TAGGED,
        (1, "HOME"),
        expect!["83: note-6 note-12 note-18"],
    );
    // A tag of theirs stands at notes of others.
    check(Note::TAGGED, (9, "home"), expect!["0: "]);
}

#[test]
fn an_address_is_found_however_it_is_written() {
    let db = filled();
    let bob = User::of(&db, "b'OB@EXAMPLE.org").unwrap();
    assert_eq!(bob.map(|it| it.id), Some(2));
    assert_eq!(User::of(&db, "nobody@example.org").unwrap(), None);
}
