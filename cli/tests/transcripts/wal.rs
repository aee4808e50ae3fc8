//! Databases in WAL mode are read, and their folders stay as they were.

use super::scratch::Scratch;
use expect_test::expect;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tablature::Connection;
use tablature::rusqlite::config::DbConfig;

const AUTHORS: &str = "INSERT INTO authors VALUES (1, 'ann@example.org', 'Ann')";
const FRAMES: &str = "INSERT INTO authors VALUES (2, 'bob@example.org', 'Bob')";

/// A database in WAL mode with a row, and a pending migration.
fn blog() -> (Scratch, PathBuf) {
    let mut blog = Scratch::blog();
    blog.quietly("cargo tablature up blog.db");
    let folder = blog.path("data");
    fs::create_dir(&folder).unwrap();
    fs::rename(blog.path("blog.db"), folder.join("blog.db")).unwrap();
    let db = Connection::open(folder.join("blog.db")).unwrap();
    db.pragma_update(None, "journal_mode", "WAL").unwrap();
    db.execute_batch(AUTHORS).unwrap();
    drop(db);
    blog.edit(
        "pub name: String,",
        "pub name: String,\n    pub initial: Option<String>,",
    )
    .quietly("cargo tablature generate");
    (blog, folder)
}

/// All files. What the index of the log holds is of no matter, only that it is there.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = folder.read_dir().unwrap().map(|it| it.unwrap().path());
    let read = |path: PathBuf| {
        let is_index = path.extension().is_some_and(|it| it == "db-shm");
        let bytes = if is_index {
            Vec::new()
        } else {
            fs::read(&path).unwrap()
        };
        (path, bytes)
    };
    entries.map(read).collect()
}

fn names(folder: &Path) -> String {
    let files = files(folder);
    let name = |it: &PathBuf| it.file_name().unwrap().to_string_lossy().into_owned();
    files.keys().map(name).collect::<Vec<_>>().join(" ")
}

/// Every command that only reads leaves the folder as it was. Returns what the rehearsal said of the rows.
fn check(blog: &mut Scratch, folder: &Path) -> String {
    check_with("cargo tablature", blog, folder)
}

fn check_with(program: &str, blog: &mut Scratch, folder: &Path) -> String {
    let before = files(folder);
    let said = blog.silently(&format!("{program} rehearse data/blog.db"));
    assert!(
        files(folder) == before,
        "{} after a rehearsal",
        names(folder)
    );
    for command in [
        "show data/blog.db",
        "status data/blog.db",
        "diff data/blog.db structs",
        "pull data/blog.db",
    ] {
        blog.quietly(&format!("{program} {command}"));
        assert!(files(folder) == before, "{} after {command}", names(folder));
    }
    let line = said.lines().find(|it| it.contains("authors:"));
    line.unwrap().trim().to_owned()
}

#[test]
fn nobody_has_it_open() {
    let (mut blog, folder) = blog();
    expect!["blog.db"].assert_eq(&names(&folder));
    expect!["authors: 1 before, 1 after"].assert_eq(&check(&mut blog, &folder));
}

#[test]
fn somebody_has_it_open_and_has_written() {
    let (mut blog, folder) = blog();
    let other = Connection::open(folder.join("blog.db")).unwrap();
    other.execute_batch(FRAMES).unwrap();
    expect!["blog.db blog.db-shm blog.db-wal"].assert_eq(&names(&folder));
    expect!["authors: 2 before, 2 after"].assert_eq(&check(&mut blog, &folder));
    // It works on, and so does who comes after it.
    other
        .execute_batch("DELETE FROM authors WHERE id = 1")
        .unwrap();
    expect!["authors: 1 before, 1 after"].assert_eq(&check(&mut blog, &folder));
    drop(other);
    expect!["blog.db"].assert_eq(&names(&folder));
    expect!["authors: 1 before, 1 after"].assert_eq(&check(&mut blog, &folder));
}

#[test]
fn somebody_has_it_open_in_a_transaction() {
    let (mut blog, folder) = blog();
    let other = Connection::open(folder.join("blog.db")).unwrap();
    other
        .execute_batch(&format!("BEGIN IMMEDIATE; {FRAMES}"))
        .unwrap();
    expect!["authors: 1 before, 1 after"].assert_eq(&check(&mut blog, &folder));
    other.execute_batch("COMMIT").unwrap();
    expect!["authors: 2 before, 2 after"].assert_eq(&check(&mut blog, &folder));
}

#[test]
fn a_log_was_left_behind() {
    let (mut blog, folder) = blog();
    let other = Connection::open(folder.join("blog.db")).unwrap();
    other
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .unwrap();
    other.execute_batch(FRAMES).unwrap();
    drop(other);
    expect!["blog.db blog.db-shm blog.db-wal"].assert_eq(&names(&folder));
    expect!["authors: 2 before, 2 after"].assert_eq(&check(&mut blog, &folder));
    // As who copies a database with its log.
    fs::remove_file(folder.join("blog.db-shm")).unwrap();
    expect!["blog.db blog.db-wal"].assert_eq(&names(&folder));
    expect!["authors: 2 before, 2 after"].assert_eq(&check(&mut blog, &folder));
    fs::write(folder.join("blog.db-wal"), "").unwrap();
    expect!["authors: 1 before, 1 after"].assert_eq(&check(&mut blog, &folder));
}

#[cfg(unix)]
#[test]
fn a_link_leads_to_it() {
    let (mut blog, folder) = blog();
    fs::rename(&folder, blog.path("elsewhere")).unwrap();
    fs::create_dir(&folder).unwrap();
    std::os::unix::fs::symlink("../elsewhere/blog.db", folder.join("blog.db")).unwrap();
    expect!["authors: 1 before, 1 after"].assert_eq(&check(&mut blog, &folder));
    expect!["blog.db"].assert_eq(&names(&blog.path("elsewhere")));
}

/// A folder that can only be read, and how to call the command line there.
#[cfg(unix)]
struct ReadOnly {
    folder: PathBuf,
    program: String,
}

#[cfg(unix)]
impl ReadOnly {
    /// Who may do everything writes without permission, and has it mounted instead. None where that is not possible.
    fn new(folder: &Path) -> Option<Self> {
        set_mode(folder, 0o555);
        let mut this = Self {
            folder: folder.to_owned(),
            program: "cargo tablature".to_owned(),
        };
        let tried = folder.join("tried");
        if fs::write(&tried, "").is_err() {
            return Some(this);
        }
        fs::remove_file(&tried).unwrap();
        let mount = "mount --bind data data && mount -o remount,ro,bind data && ! test -w data";
        let script = format!("{mount} && exec \"$@\"");
        let mut command = std::process::Command::new("unshare");
        command.args(["--mount", "sh", "-c", &script, "sh", "true"]);
        let tried = command.current_dir(folder.parent()?).output().ok()?;
        let program = env!("CARGO_BIN_EXE_cargo-tablature");
        this.program = format!("unshare --mount sh -c '{script}' sh {program} tablature");
        tried.status.success().then_some(this)
    }
}

#[cfg(unix)]
impl Drop for ReadOnly {
    fn drop(&mut self) {
        set_mode(&self.folder, 0o755);
    }
}

#[cfg(unix)]
fn set_mode(folder: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
#[test]
#[expect(clippy::print_stdout, reason = "what is skipped is said")]
fn its_folder_can_only_be_read() {
    let (mut blog, folder) = blog();
    let Some(read_only) = ReadOnly::new(&folder) else {
        println!("skipped: no folder can be kept from being written here");
        return;
    };
    let said = check_with(&read_only.program, &mut blog, &folder);
    expect!["authors: 1 before, 1 after"].assert_eq(&said);
    drop(read_only);
    // What a log has, the file has not.
    fs::write(folder.join("blog.db-wal"), "a log").unwrap();
    let read_only = ReadOnly::new(&folder).unwrap();
    blog.run(&format!("{} status data/blog.db", read_only.program));
    let said = blog.transcript();
    expect![[r#"
        $ cargo tablature status data/blog.db
        ! error: cannot open `data/blog.db`: unable to open database file; the file must be readable, and its folder there and writable, for the journal too; in WAL mode it needs that even to be read, but, where there is no `-wal` file and nobody writes, as `file:…?immutable=1`

        exit 1
    "#]].assert_eq(&said.replace(&read_only.program, "cargo tablature"));
}
