//! What the schema refuses, and how it says so.

use super::filled;
use super::rows::Rows;
use edge_notes::notes::{NewNote, Note};
use edge_notes::shares::Share;
use edge_notes::tags::{NoteTag, Tag};
use edge_notes::users::User;
use expect_test::{Expect, expect};
use std::fmt::Display;
use tablature::{Connection, Insert, insert, update};

/// The words, and that no row has changed.
fn check<T, E: Display>(write: impl FnOnce(&Connection) -> Result<T, E>, expect: Expect) {
    let db = filled();
    let before = Rows::of(&db);
    let Err(error) = write(&db) else {
        return expect.assert_eq("");
    };
    expect.assert_eq(&error.to_string());
    assert_eq!(Rows::of(&db), before);
}

const NOTE: NewNote<'_> = NewNote {
    user_id: 1,
    slug: "new",
    title: "New",
    body: "",
};

#[test]
fn unique() {
    check(
        |db| {
            insert!(
                db,
                User {
                    email: "ANN@example.org"
                }
            )
        },
        expect!["`users`: another row has this `email` (unique key `users_email_key`)"],
    );
    check(
        |db| {
            NewNote {
                slug: "note-2",
                user_id: 1,
                ..NOTE
            }
            .insert(db)
        },
        expect![
            "`notes`: another row has this `user_id`, `slug` (unique key `notes_user_id_slug_key`)"
        ],
    );
    check(
        |db| {
            insert!(
                db,
                Tag {
                    user_id: 1,
                    name: "HOME"
                }
            )
        },
        expect![
            "`tags`: another row has this `user_id`, `name` (unique key `tags_user_id_name_key`)"
        ],
    );
    check(
        |db| {
            insert!(
                db,
                NoteTag {
                    note_id: 2,
                    tag_id: 3
                }
            )
        },
        expect!["`note_tags`: another row has this `note_id`, `tag_id` (primary key)"],
    );
    check(
        |db| {
            insert!(
                db,
                Share {
                    note_id: 2,
                    granted_by: 1,
                    granted_to: 9
                }
            )
        },
        expect!["`shares`: another row has this `note_id`, `granted_to` (primary key)"],
    );
    check(
        |db| update!(db, User(2) { email: "ann@example.org" }),
        expect!["`users`: another row has this `email` (unique key `users_email_key`)"],
    );
    // The same by another user is another note.
    let db = filled();
    NewNote {
        slug: "note-1",
        user_id: 9,
        ..NOTE
    }
    .insert(&db)
    .unwrap();
}

#[test]
fn checks() {
    check(
        |db| {
            insert!(
                db,
                User {
                    email: "@example.org"
                }
            )
        },
        expect!["`users`: the row breaks the check `email_has_at`: instr(email, '@') > 1"],
    );
    check(
        |db| NewNote { title: "", ..NOTE }.insert(db),
        expect!["`notes`: the row breaks the check `title_fits`: length(title) BETWEEN 1 AND 200"],
    );
    check(
        |db| {
            NewNote {
                title: &"x".repeat(201),
                ..NOTE
            }
            .insert(db)
        },
        expect!["`notes`: the row breaks the check `title_fits`: length(title) BETWEEN 1 AND 200"],
    );
    check(
        |db| NewNote { slug: "", ..NOTE }.insert(db),
        expect![
            "`notes`: the row breaks the check `slug_fits_urls`: slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*'"
        ],
    );
    check(
        |db| {
            NewNote {
                slug: "New",
                ..NOTE
            }
            .insert(db)
        },
        expect![
            "`notes`: the row breaks the check `slug_fits_urls`: slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*'"
        ],
    );
    check(
        |db| {
            insert!(
                db,
                Tag {
                    user_id: 1,
                    name: "two words"
                }
            )
        },
        expect![
            "`tags`: the row breaks the check `name_is_a_word`: name GLOB '?*' AND name NOT GLOB '* *'"
        ],
    );
    check(
        |db| {
            insert!(
                db,
                Share {
                    note_id: 1,
                    granted_by: 1,
                    granted_to: 1
                }
            )
        },
        expect!["`shares`: the row breaks the check `not_with_oneself`: granted_by <> granted_to"],
    );
}

#[test]
fn foreign_keys() {
    check(
        |db| NewNote { user_id: 3, ..NOTE }.insert(db),
        expect!["`notes`: `user_id` refers to a row of `users` that does not exist"],
    );
    check(
        |db| {
            insert!(
                db,
                NoteTag {
                    note_id: 999,
                    tag_id: 1
                }
            )
        },
        expect!["`note_tags`: `note_id` refers to a row of `notes` that does not exist"],
    );
    check(
        |db| update!(db, Note(1) { user_id: 3 }),
        expect!["`notes`: `user_id` refers to a row of `users` that does not exist"],
    );
}

/// The database's word for roles, which a Worker in another language may get wrong.
#[test]
fn roles() {
    check(
        |db| db.execute("UPDATE shares SET role = 'owner'", ()),
        expect!["CHECK constraint failed: role_values"],
    );
}
