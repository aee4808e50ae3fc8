//! A process that the tests start, many at once, and kill. It says `ready`, waits for a line, does what its first argument
//! says, tells what came of it in one line, and stays until its input ends.

#![expect(clippy::print_stdout, reason = "it speaks with the test through pipes")]

use std::collections::BTreeSet;
use std::error::Error;
use std::io::stdin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;
use tablature::migrations::{self, Runner};
use tablature::{Connection, JournalMode, Options};
use tablature_faults::{LIBRARY, State};

const PATIENCE: Duration = Duration::from_secs(60);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let told = match arguments[..] {
        ["open", path] => after_a_line(|| open(path, &Options::new())),
        ["open", path, journal] => after_a_line(|| open(path, &options(journal))),
        ["apply", path, folder] => after_a_line(|| apply(path, folder)),
        ["read", path] => until_a_line(|stop| read(path, stop)),
        ["write", path] => until_a_line(|stop| write(path, stop)),
        _ => Err(format!("no such work: {arguments:?}").into()),
    };
    match told {
        Ok(told) => println!("done {told}"),
        Err(error) => println!("failed {error}"),
    }
    wait();
}

fn wait() {
    let _ = stdin().read_line(&mut String::new());
}

fn after_a_line(work: impl FnOnce() -> Result<String, Box<dyn Error>>) -> Told {
    println!("ready");
    wait();
    work()
}

type Told = Result<String, Box<dyn Error>>;

fn until_a_line(work: impl FnOnce(&AtomicBool) -> Told) -> Told {
    static STOP: AtomicBool = AtomicBool::new(false);
    thread::spawn(|| {
        wait();
        STOP.store(true, Ordering::Relaxed);
    });
    work(&STOP)
}

fn options(journal: &str) -> Options {
    let mode = match journal {
        "delete" => JournalMode::Delete,
        _ => JournalMode::Wal,
    };
    Options::new().busy_timeout(PATIENCE).journal_mode(mode)
}

fn open(path: &str, options: &Options) -> Told {
    let db = LIBRARY.open_with(path, options)?;
    // The connection stays open: closing it would be another time to be killed at, behind the end.
    std::mem::forget(db);
    Ok(String::new())
}

fn apply(path: &str, folder: &str) -> Told {
    let mut db = Connection::open(path)?;
    db.busy_timeout(PATIENCE)?;
    let migrations = migrations::read(folder.as_ref(), Runner::Tablature)?;
    Ok(migrations::apply(&mut db, &migrations)?.len().to_string())
}

/// The states that were seen, each once.
fn read(path: &str, stop: &AtomicBool) -> Told {
    let db = Connection::open(path)?;
    db.busy_timeout(PATIENCE)?;
    let mut seen = BTreeSet::from([State::of(&db)?.to_string()]);
    println!("ready");
    while !stop.load(Ordering::Relaxed) {
        seen.insert(State::of(&db)?.to_string());
    }
    seen.insert(State::of(&db)?.to_string());
    Ok(seen.into_iter().collect::<Vec<_>>().join("; "))
}

/// How many rows were written.
fn write(path: &str, stop: &AtomicBool) -> Told {
    let db = Connection::open(path)?;
    db.busy_timeout(PATIENCE)?;
    let mut insert = db.prepare("INSERT INTO loans (book_id, reader) VALUES (1, 'writer')")?;
    let mut written = insert.execute(())?;
    println!("ready");
    while !stop.load(Ordering::Relaxed) {
        written += insert.execute(())?;
        thread::sleep(Duration::from_millis(1));
    }
    Ok((written + insert.execute(())?).to_string())
}
