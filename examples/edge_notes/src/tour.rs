//! What the README shows.

use crate::notes::{NewNote, Note};
use crate::shares::{Role, Share};
use crate::tags::{NoteTag, Tag};
use crate::users::User;
use crate::{SCHEMA, dev};
use jiff::Timestamp;
use std::error::Error;
use std::fmt::Display;
use std::io::Write;
use std::path::Path;
use tablature::{Connection, Insert, Related, Table, insert, update, upsert};

type Toured = Result<(), Box<dyn Error>>;

/// Prints the tour; its databases stand in a folder that has none yet.
pub fn run(out: &mut impl Write, folder: &Path) -> Toured {
    let db = push(out, &folder.join("dev.db"))?;
    push_from_an_older_one(out, &folder.join("older.db"))?;
    inserts(out, &db)?;
    refusals(out, &db)?;
    relations(out, &db)?;
    moments(out, &db)?;
    cascade(out, &db)?;
    production(out)
}

fn push(out: &mut impl Write, path: &Path) -> Result<Connection, Box<dyn Error>> {
    writeln!(out, "== Development: the structs, pushed")?;
    let (db, steps) = dev::open(path)?;
    let tables = steps.iter().filter(|it| it.sql.starts_with("CREATE TABLE"));
    for step in tables {
        writeln!(out, "{}", step.reason)?;
    }
    drop(db);
    let (db, again) = dev::open(path)?;
    writeln!(out, "again: {again}")?;
    Ok(db)
}

/// A colleague's, which has a note and is three versions behind.
fn push_from_an_older_one(out: &mut impl Write, path: &Path) -> Toured {
    writeln!(out, "\n== The same from an older database")?;
    let db = SCHEMA.open(path)?;
    for migration in &SCHEMA.migrations()[..2] {
        db.execute_batch(migration.up)?;
    }
    // tablature: allow the tables are those of the second migration
    db.execute_batch(
        "INSERT INTO users VALUES (1, 'ann@example.org', 1767225600);
         INSERT INTO notes VALUES (7, 1, 'Plans', '', 1767225600, 1767312000, true)",
    )?;
    drop(db);
    let (db, _) = dev::open(path)?;
    for note in Note::all(&db)? {
        let (created, updated) = (note.created_at, note.updated_at);
        writeln!(out, "{}, of {created}, changed {updated}", note.slug)?;
    }
    Ok(())
}

fn inserts(out: &mut impl Write, db: &Connection) -> Toured {
    writeln!(out, "\n== Typed inserts")?;
    let ann = insert!(
        db,
        User {
            email: "ann@example.org"
        }
    )?;
    let bob = insert!(
        db,
        User {
            email: "bob@example.org"
        }
    )?;
    let forms = [
        ("plans", "Plans"),
        ("recipes", "Recipes"),
        ("empty", "Nothing yet"),
    ];
    let notes = forms.map(|(slug, title)| NewNote {
        user_id: ann,
        slug,
        title,
        body: "",
    });
    let inserted = NewNote::insert_all(db, notes)?;
    writeln!(
        out,
        "{inserted} notes, with all that their user did not say"
    )?;

    let home = upsert!(db, Tag { user_id: ann, name: "home" } on (user_id, name))?;
    let same = upsert!(db, Tag { user_id: ann, name: "Home" } on (user_id, name))?;
    writeln!(out, "`home` and `Home` are one tag: {}", home == same)?;
    for note_id in [1, 2] {
        insert!(
            db,
            NoteTag {
                note_id,
                tag_id: home
            }
        )?;
        insert!(
            db,
            Share {
                note_id,
                granted_by: ann,
                granted_to: bob
            }
        )?;
    }
    update!(db, Share((1, bob)) { role: Role::Writer })?;
    Ok(())
}

fn refusals(out: &mut impl Write, db: &Connection) -> Toured {
    writeln!(out, "\n== What the schema refuses")?;
    refused(
        out,
        insert!(
            db,
            User {
                email: "Ann@Example.org"
            }
        ),
    )?;
    refused(out, insert!(db, User { email: "nobody" }))?;
    let note = |slug, title| NewNote {
        user_id: 1,
        slug,
        title,
        body: "",
    };
    refused(out, note("plans", "Other plans").insert(db))?;
    refused(out, note("Müsli", "Breakfast").insert(db))?;
    refused(
        out,
        NewNote {
            user_id: 99,
            ..note("lost", "Lost")
        }
        .insert(db),
    )?;
    refused(
        out,
        insert!(
            db,
            Share {
                note_id: 3,
                granted_by: 1,
                granted_to: 1
            }
        ),
    )
}

fn refused<T>(out: &mut impl Write, result: Result<T, impl Display>) -> Toured {
    if let Err(error) = result {
        writeln!(out, "refused: {error}")?;
    }
    Ok(())
}

fn relations(out: &mut impl Write, db: &Connection) -> Toured {
    writeln!(out, "\n== Relations, both ways")?;
    let users = User::all(db)?;
    let notes_of: Vec<Vec<Note>> = User::children_of(db, &users)?;
    for (user, notes) in users.iter().zip(&notes_of) {
        let titles: Vec<&str> = notes.iter().map(|it| it.title.as_str()).collect();
        writeln!(out, "{}: {titles:?}", user.email)?;
    }
    for note in Note::query(db, Note::TAGGED, (1, "HOME"))? {
        if let Some(user) = note.parent::<User>(db)? {
            writeln!(out, "{} has {} under `home`", user.email, note.title)?;
        }
    }
    writeln!(out, "\n== Two foreign keys to one table")?;
    let shares = Share::all(db)?;
    let by = Share::parents_of_by(db, &shares, Share::RELATIONS.granted_by)?;
    let to = Share::parents_of_by(db, &shares, Share::RELATIONS.granted_to)?;
    let notes: Vec<Option<Note>> = Share::parents_of(db, &shares)?;
    for (((share, by), to), note) in shares.iter().zip(by).zip(to).zip(notes) {
        if let (Some(by), Some(to), Some(note)) = (by, to, note) {
            let (title, role) = (note.title, share.role);
            writeln!(
                out,
                "{} shows {title} to {}, a {role:?}",
                by.email, to.email
            )?;
        }
    }
    Ok(())
}

fn moments(out: &mut impl Write, db: &Connection) -> Toured {
    writeln!(out, "\n== Moments, which the database writes")?;
    let long_ago = Timestamp::UNIX_EPOCH;
    update!(db, Note(1) { updated_at: long_ago })?;
    update!(db, Note(1) { title: "Better plans", pinned: true })?;
    for note in Note::query(db, Note::PINNED, [1])? {
        writeln!(
            out,
            "{}: changed since {}",
            note.title,
            note.updated_at > long_ago
        )?;
    }
    refused(out, update!(db, Note(1) { created_at: long_ago }))
}

fn cascade(out: &mut impl Write, db: &Connection) -> Toured {
    writeln!(out, "\n== Cascade")?;
    User::delete(db, 1)?;
    let (users, notes, tags) = (User::count(db)?, Note::count(db)?, Tag::count(db)?);
    let shares = Share::count(db)?;
    writeln!(
        out,
        "{users} user, {notes} notes, {tags} tags, {shares} shares"
    )?;
    Ok(())
}

fn production(out: &mut impl Write) -> Toured {
    writeln!(out, "\n== Production: the files, which wrangler applies")?;
    for migration in SCHEMA.migrations() {
        let back = if migration.down.is_some() {
            "and back"
        } else {
            "no way back"
        };
        writeln!(out, "migrations/{}.sql, {back}", migration.stem)?;
    }
    writeln!(out, "\n== What the Worker sends")?;
    writeln!(out, "{}", User::SQL.get)?;
    writeln!(out, "{}", NewNote::INSERT.insert)?;
    Ok(())
}
