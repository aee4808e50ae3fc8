//! What goes with a row, and that nothing else goes.

use super::filled;
use edge_notes::notes::Note;
use edge_notes::shares::Share;
use edge_notes::tags::{NoteTag, Tag};
use edge_notes::users::User;
use expect_test::{Expect, expect};
use tablature::{Connection, Result, Table};

fn check(delete: impl FnOnce(&Connection) -> Result<bool, tablature::WriteError>, expect: Expect) {
    let db = filled();
    let before = counts(&db).unwrap();
    assert!(delete(&db).unwrap());
    let gone = counts(&db).unwrap().into_iter().zip(before);
    let gone = gone.filter(|((_, now), (_, before))| now < before);
    let gone: Vec<String> = gone
        .map(|((table, now), (_, before))| format!("{} of {before} {table}", before - now))
        .collect();
    expect.assert_eq(&gone.join(", "));
    tablature::testing::check(&db).unwrap();
}

fn counts(db: &Connection) -> Result<[(&'static str, u64); 5]> {
    Ok([
        (User::NAME, User::count(db)?),
        (Note::NAME, Note::count(db)?),
        (Tag::NAME, Tag::count(db)?),
        (NoteTag::NAME, NoteTag::count(db)?),
        (Share::NAME, Share::count(db)?),
    ])
}

#[test]
fn what_hangs_on_a_row_goes_with_it() {
    check(
        |db| User::delete(db, 1),
        expect!["1 of 4 users, 250 of 503 notes, 2 of 3 tags, 418 of 501 note_tags, 2 of 3 shares"],
    );
    check(
        |db| User::delete(db, 9),
        expect!["1 of 4 users, 1 of 503 notes, 1 of 3 tags, 168 of 501 note_tags, 2 of 3 shares"],
    );
    check(
        |db| Note::delete(db, 2),
        expect!["1 of 503 notes, 1 of 501 note_tags, 2 of 3 shares"],
    );
    check(
        |db| Tag::delete(db, 1),
        expect!["1 of 3 tags, 167 of 501 note_tags"],
    );
    check(
        |db| NoteTag::delete(db, (2, 3)),
        expect!["1 of 501 note_tags"],
    );
    check(|db| Share::delete(db, (2, 9)), expect!["1 of 3 shares"]);
}
