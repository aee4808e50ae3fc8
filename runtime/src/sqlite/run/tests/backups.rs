//! Copies of a database from before it is changed.

use super::super::{dry_run, migrate, undo_to};
use super::options::{Folder, count, rebuild, work};
use super::{MigrateOptions, first, script};
use expect_test::expect;
use rusqlite::Connection;

#[test]
fn a_backup_has_the_rows_of_before_and_old_ones_go() {
    let folder = Folder::new("backup");
    let mut db = folder.database(10);
    let options = MigrateOptions::new().backup_before(folder.0.join("backups"), 2);
    let scripts = [first(), rebuild()];
    for _ in 0..3 {
        migrate(&mut db, &work(&scripts, &options)).unwrap();
        undo_to(&mut db, &work(&scripts, &options), 1).unwrap();
    }
    assert_eq!(migrate(&mut db, &scripts[..1].into()).unwrap().len(), 0);
    let backups = folder.backups();
    assert_eq!(backups.len(), 2, "{backups:?}");
    for name in &backups {
        assert!(
            name.starts_with("blog-") && name.contains(".before-0002.2"),
            "{name}"
        );
        let backup = Connection::open(folder.0.join("backups").join(name)).unwrap();
        assert_eq!(count(&backup), 10);
    }
    // The newest was made before the last way back, so it still has what that took away.
    let newest = Connection::open(folder.0.join("backups").join(&backups[1])).unwrap();
    assert!(newest.prepare("SELECT title FROM posts").is_ok());
}

#[test]
fn without_anything_pending_there_is_no_backup_and_nobody_elses_file_goes() {
    let folder = Folder::new("no-backup");
    let mut db = folder.database(1);
    let options = MigrateOptions::new().backup_before(folder.0.join("backups"), 1);
    migrate(&mut db, &work(&[first()], &options)).unwrap();
    assert!(folder.backups().is_empty());
    dry_run(&mut db, &work(&[first(), rebuild()], &options)).unwrap();
    assert!(folder.backups().is_empty());
    let others = [
        "blog.before-0001.mine.db",
        "blog.before-x.20250101T000000.000Z.db",
        "blogger.before-0001.20250101T000000.000Z.db",
    ];
    std::fs::create_dir_all(folder.0.join("backups")).unwrap();
    for name in others {
        std::fs::write(folder.0.join("backups").join(name), "").unwrap();
    }
    migrate(&mut db, &work(&[first(), rebuild()], &options)).unwrap();
    assert_eq!(folder.backups().len(), 4);
}

#[test]
fn a_backup_that_fails_leaves_the_database_as_it_was() {
    let folder = Folder::new("bad-backup");
    let mut db = folder.database(1);
    std::fs::write(folder.0.join("backups"), "a file").unwrap();
    let options = MigrateOptions::new().backup_before(folder.0.join("backups"), 1);
    let error = migrate(&mut db, &work(&[first(), rebuild()], &options)).unwrap_err();
    let said = error.to_string().replace(folder.0.to_str().unwrap(), "…");
    expect!["cannot back up the database into `…/backups`: File exists (os error 17); nothing was changed"].assert_eq(&said);
    assert!(db.prepare("SELECT title FROM posts").is_err());
}

#[test]
fn a_backup_does_not_wait_for_ever() {
    let folder = Folder::new("locked-backup");
    drop(folder.database(1));
    let mut db = Connection::open(folder.0.join("blog.db")).unwrap();
    db.pragma_update(None, "locking_mode", "EXCLUSIVE").unwrap();
    db.execute_batch("UPDATE posts SET parent = parent")
        .unwrap();
    let options = MigrateOptions::new().backup_before(folder.0.join("backups"), 1);
    let scripts = [first(), rebuild()];
    let error = migrate(&mut db, &work(&scripts, &options)).unwrap_err();
    assert!(error.to_string().contains("locked"), "{error}");
    assert!(folder.backups().is_empty());
}

#[test]
fn two_databases_of_one_name_keep_their_own_backups_and_a_failure_keeps_none() {
    let (one, two) = (Folder::new("backup-one"), Folder::new("backup-two"));
    let folder = one.0.join("backups");
    let options = MigrateOptions::new().backup_before(&folder, 1);
    let mut db = one.database(1);
    migrate(&mut db, &work(&[first(), rebuild()], &options)).unwrap();
    let name = one.backups().remove(0);
    migrate(&mut two.database(1), &work(&[first(), rebuild()], &options)).unwrap();
    assert_eq!(one.backups().len(), 2);
    // A clock that was wrong once does not cost the newest.
    let (start, _) = name.split_once(".before-").unwrap();
    std::fs::write(
        folder.join(format!("{start}.before-0001.29990101T000000.000Z.db")),
        "",
    )
    .unwrap();
    let before = one.backups();
    let bad = script(3, "0003_bad", "SELECT nothing");
    migrate(&mut db, &work(&[first(), rebuild(), bad], &options)).unwrap_err();
    assert_eq!(one.backups(), before);
    let good = script(3, "0003_good", "CREATE TABLE more (id)");
    migrate(&mut db, &work(&[first(), rebuild(), good], &options)).unwrap();
    let newest = one
        .backups()
        .into_iter()
        .filter(|it| it.contains(".before-0003.2"));
    assert_eq!(newest.count(), 1);
    assert_eq!(one.backups().len(), 2);
}
