//! Databases that can only be read.

use super::super::open::{Folder, POSTS};
use super::OURS;
use expect_test::{Expect, expect};
use std::fmt::{Display, Write as _};
use std::path::Path;
use tablature::Connection;
use tablature::plan::Hints;
use tablature::rusqlite::OpenFlags;

/// What is said to whoever wants to change a database that has had the migrations up to a number.
fn check(folder: &Path, mode: &str, version: i64, expect: Expect) {
    let path = folder.join(format!("{mode}.db"));
    let mut writer = Connection::open(&path).unwrap();
    writer.pragma_update(None, "journal_mode", mode).unwrap();
    OURS.migrate_to(&mut writer, version).unwrap();
    let mut db = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut log = String::new();
    let mut says = |what: &str, said: Option<&dyn Display>| {
        let said = said.map_or("done".to_owned(), ToString::to_string);
        let _ = writeln!(log, "{what}: {said}");
    };
    macro_rules! says {
        ($what:literal, $result:expr) => {
            let error = $result.err();
            says($what, error.as_ref().map(|it| it as &dyn Display));
        };
    }
    says!("open", OURS.open(read_only(&path)));
    says!("migrate", OURS.migrate(&mut db));
    says!("migrate_to", OURS.migrate_to(&mut db, 2));
    says!("dry_run", OURS.dry_run(&mut db));
    says!("migrate_down_to", OURS.migrate_down_to(&mut db, 0));
    says!("baseline", OURS.baseline(&mut db, version));
    says!("repair", OURS.repair(&mut db));
    says!("push", OURS.push(&mut db, &Hints::default()));
    let mut db = Connection::open(&path).unwrap();
    db.pragma_update(None, "query_only", true).unwrap();
    says!("query_only", OURS.migrate(&mut db));
    expect.assert_eq(&log);
}

fn read_only(path: &Path) -> String {
    format!("file:{}?mode=ro", path.display())
}

#[test]
fn it_is_said_that_a_database_is_read_only_and_what_is_pending() {
    let folder = Folder::new("read-only");
    check(
        &folder.0,
        "DELETE",
        1,
        expect![[r#"
        open: the database is read-only, and migration 0002 `add_author_to_posts` is pending; nothing was run: make the file and its folder writable, and open the database for writing
        migrate: the database is read-only, and migration 0002 `add_author_to_posts` is pending; nothing was run: make the file and its folder writable, and open the database for writing
        migrate_to: the database is read-only, and migration 0002 `add_author_to_posts` is pending; nothing was run: make the file and its folder writable, and open the database for writing
        dry_run: the database is read-only, and migration 0002 `add_author_to_posts` is pending; nothing was run: make the file and its folder writable, and open the database for writing
        migrate_down_to: migration `0001_create_authors_and_posts` failed at statement 1, `DROP TABLE posts`: attempt to write a readonly database; the database is as it was: make the file and its folder writable, and open the database for writing
        baseline: done
        repair: done
        push: cannot push: attempt to write a readonly database; make the file and its folder writable, and open the database for writing
        query_only: the database is read-only, and migration 0002 `add_author_to_posts` is pending; nothing was run: switch `PRAGMA query_only` off
    "#]],
    );
    check(
        &folder.0,
        "WAL",
        0,
        expect![[r#"
        open: the database is read-only, and migration 0001 `create_authors_and_posts`, migration 0002 `add_author_to_posts` are pending; nothing was run: make the file and its folder writable, and open the database for writing
        migrate: the database is read-only, and migration 0001 `create_authors_and_posts`, migration 0002 `add_author_to_posts` are pending; nothing was run: make the file and its folder writable, and open the database for writing
        migrate_to: the database is read-only, and migration 0001 `create_authors_and_posts`, migration 0002 `add_author_to_posts` are pending; nothing was run: make the file and its folder writable, and open the database for writing
        dry_run: the database is read-only, and migration 0001 `create_authors_and_posts`, migration 0002 `add_author_to_posts` are pending; nothing was run: make the file and its folder writable, and open the database for writing
        migrate_down_to: done
        baseline: done
        repair: done
        push: cannot push: attempt to write a readonly database; make the file and its folder writable, and open the database for writing
        query_only: the database is read-only, and migration 0001 `create_authors_and_posts`, migration 0002 `add_author_to_posts` are pending; nothing was run: switch `PRAGMA query_only` off
    "#]],
    );
}

#[test]
fn a_database_that_is_up_to_date_is_opened_to_read() {
    let folder = Folder::new("read-only-done");
    check(
        &folder.0,
        "DELETE",
        2,
        expect![[r#"
        open: done
        migrate: done
        migrate_to: done
        dry_run: done
        migrate_down_to: migration `0002_add_author_to_posts` failed at statement 1, `DROP INDEX posts_author_idx`: attempt to write a readonly database; the database is as it was: make the file and its folder writable, and open the database for writing
        baseline: done
        repair: done
        push: done
        query_only: done
    "#]],
    );
    check(
        &folder.0,
        "WAL",
        2,
        expect![[r#"
        open: done
        migrate: done
        migrate_to: done
        dry_run: done
        migrate_down_to: migration `0002_add_author_to_posts` failed at statement 1, `DROP INDEX posts_author_idx`: attempt to write a readonly database; the database is as it was: make the file and its folder writable, and open the database for writing
        baseline: done
        repair: done
        push: done
        query_only: done
    "#]],
    );
    let db = OURS.open(read_only(&folder.0.join("DELETE.db"))).unwrap();
    assert!(OURS.pending(&db).unwrap().is_empty());
    assert!(db.execute("DELETE FROM posts", ()).is_err());
}

#[test]
fn tables_are_not_created_in_a_database_that_is_read_only() {
    let folder = Folder::new("read-only-empty");
    let path = folder.0.join("blog.db");
    let made = Connection::open(&path).unwrap();
    made.execute_batch("VACUUM").unwrap();
    let error = POSTS.open(read_only(&path)).unwrap_err().to_string();
    expect!["cannot open `file:/data/blog.db?mode=ro`: attempt to write a readonly database; make the file and its folder writable, and open the database for writing"].assert_eq(&error.replace(&folder.0.display().to_string(), "/data"));
}

/// A folder that takes no log; one that can only be read takes none either, but not from who may do everything.
#[test]
fn a_database_in_wal_mode_needs_its_log() {
    let folder = Folder::new("read-only-log");
    let path = folder.0.join("blog.db");
    drop(OURS.open(&path).unwrap());
    std::fs::create_dir(folder.0.join("blog.db-wal")).unwrap();
    let error = OURS.open(&path).unwrap_err().to_string();
    expect!["cannot open `/data/blog.db`: unable to open database file; the file must be readable, and its folder there and writable, for the journal too; in WAL mode it needs that even to be read, but, where there is no `-wal` file and nobody writes, as `file:…?immutable=1`"].assert_eq(&error.replace(&folder.0.display().to_string(), "/data"));
    let db = OURS
        .open(format!("file:{}?immutable=1", path.display()))
        .unwrap();
    assert!(OURS.pending(&db).unwrap().is_empty());
}
