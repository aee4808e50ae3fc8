//! A crate in a folder of its own, in which commands are typed.

use expect_test::Expect;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::{env, fs};
use tablature::Connection;
use tablature::rusqlite::types::Value;

/// Everything that is not under test is the same in all scratch crates; without its C, SQLite costs a check nothing.
const MANIFEST: &str = r#"[package]
name = "blog"
version = "0.1.0"
edition = "2024"

[workspace]

[dependencies]
tablature = { path = "WORKSPACE/runtime", default-features = false, features = ["jiff"] }
jiff = { version = "0.2", default-features = false, features = ["std"] }
"#;

pub(super) struct Scratch {
    folder: PathBuf,
    log: String,
    files: BTreeMap<PathBuf, String>,
}

/// After the edits and the commands the crate compiles, all its migrations are proved, and nothing is left to do.
pub(super) fn check(edits: &[(&str, &str)], commands: &[&str], expect: Expect) {
    let mut blog = Scratch::blog();
    for (old, new) in edits {
        blog.edit(old, new);
    }
    for command in commands {
        blog.run(command);
    }
    blog.shows(expect);
}

impl Scratch {
    /// The blog with its first migration.
    pub(super) fn blog() -> Self {
        static FIRST: OnceLock<PathBuf> = OnceLock::new();
        let first = FIRST.get_or_init(|| {
            let mut first = Self::of(temporary().join("transcripts").join("first"));
            first.quietly("cargo tablature generate");
            first.folder
        });
        let blog = Self::unwritten();
        for file in ["Cargo.lock", "schema.sql"] {
            fs::copy(first.join(file), blog.folder.join(file)).unwrap();
        }
        fs::create_dir(blog.folder.join("migrations")).unwrap();
        for entry in fs::read_dir(first.join("migrations")).unwrap() {
            let entry = entry.unwrap();
            fs::copy(
                entry.path(),
                blog.folder.join("migrations").join(entry.file_name()),
            )
            .unwrap();
        }
        Self {
            files: files(&blog.folder),
            ..blog
        }
    }

    /// The blog without migrations, in a folder that the next run of the same test uses again.
    pub(super) fn unwritten() -> Self {
        thread_local! {
            static COUNT: Cell<usize> = const { Cell::new(0) };
        }
        let count = COUNT.replace(COUNT.get() + 1);
        let thread = std::thread::current();
        let test = thread.name().unwrap_or("test").replace("::", "-");
        Self::of(
            temporary()
                .join("transcripts")
                .join(format!("{test}-{count}")),
        )
    }

    fn of(folder: PathBuf) -> Self {
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir_all(folder.join("src")).unwrap();
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let manifest = MANIFEST.replace("WORKSPACE", &workspace.display().to_string());
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        fs::write(folder.join("src/main.rs"), include_str!("blog.rs")).unwrap();
        Self {
            folder,
            log: String::new(),
            files: BTreeMap::new(),
        }
    }

    /// Replaces a text that stands once in the source.
    pub(super) fn edit(&mut self, old: &str, new: &str) -> &mut Self {
        self.edit_file("src/main.rs", old, new)
    }

    pub(super) fn edit_file(&mut self, path: &str, old: &str, new: &str) -> &mut Self {
        let text = self.read(path);
        assert_eq!(text.matches(old).count(), 1, "{old:?} in {path}:\n{text}");
        self.write(path, &text.replace(old, new))
    }

    pub(super) fn write(&mut self, path: &str, text: &str) -> &mut Self {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self.files = files(&self.folder);
        self
    }

    pub(super) fn remove(&mut self, path: &str) -> &mut Self {
        fs::remove_file(self.folder.join(path)).unwrap();
        self.files = files(&self.folder);
        self
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.join(path)).unwrap()
    }

    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// Types a command. What it prints and the SQL files that it writes become part of the transcript.
    pub(super) fn run(&mut self, line: &str) -> &mut Self {
        let output = self.output(line);
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        let _ = writeln!(self.log, "$ {line}\n{out}{}", marked(&err));
        match output.status.code() {
            Some(0) => {}
            code => {
                let _ = writeln!(self.log, "exit {}", code.unwrap_or(-1));
            }
        }
        let now = files(&self.folder);
        for (path, text) in &now {
            if self.files.get(path) != Some(text) {
                let _ = writeln!(self.log, "== {}\n{text}", path.display());
            }
        }
        for path in self.files.keys().filter(|it| !now.contains_key(*it)) {
            let _ = writeln!(self.log, "== {} is gone", path.display());
        }
        self.files = now;
        self
    }

    /// A file becomes part of the transcript.
    pub(super) fn shown(&mut self, path: &str) -> &mut Self {
        let text = self.read(path);
        let _ = writeln!(self.log, "== {path}\n{text}");
        self
    }

    /// Types a command that has to go well, and says nothing of it.
    pub(super) fn quietly(&mut self, line: &str) -> &mut Self {
        self.silently(line);
        self
    }

    /// The same, and what it has printed.
    pub(super) fn silently(&mut self, line: &str) -> String {
        let output = self.output(line);
        assert!(
            output.status.success(),
            "{line}\n{}{}",
            text(&output.stdout),
            text(&output.stderr)
        );
        self.files = files(&self.folder);
        text(&output.stdout)
    }

    /// Runs SQL on a database of the folder; its rows become part of the transcript.
    pub(super) fn sql(&mut self, database: &str, sql: &str) -> &mut Self {
        let db = Connection::open(self.folder.join(database)).unwrap();
        let _ = writeln!(self.log, "{database}> {sql}");
        let mut statement = db.prepare(sql).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values = (0..columns).map(|at| match row.get_unwrap(at) {
                Value::Null => "NULL".to_owned(),
                Value::Integer(it) => it.to_string(),
                Value::Real(it) => it.to_string(),
                Value::Text(it) => it,
                Value::Blob(it) => format!("{} bytes", it.len()),
            });
            let values: Vec<String> = values.collect();
            let _ = writeln!(self.log, "{}", values.join(" | "));
        }
        self
    }

    /// The transcript; and then the crate compiles, all its migrations are proved, and nothing is left to do.
    pub(super) fn shows(mut self, expect: Expect) {
        expect.assert_eq(&self.transcript());
        self.quietly("cargo tablature check");
        self.quietly("cargo check --quiet");
        let left = self.output("cargo tablature generate --dry-run");
        assert_eq!(
            text(&left.stdout),
            "nothing to do: the migrations lead to the structs\n"
        );
    }

    /// The transcript of what ends in a message.
    pub(super) fn ends(self, expect: Expect) {
        expect.assert_eq(&self.transcript());
    }

    /// Without the folder of this machine and the moment of this run.
    pub(super) fn transcript(&self) -> String {
        let folder = self.folder.display().to_string();
        let text = without_durations(&self.log.replace(&folder, "/blog"));
        let mut moments: Vec<&str> = text
            .split(|letter: char| !letter.is_ascii_digit())
            .filter(|digits| digits.len() == 14 && digits.starts_with("20"))
            .collect();
        moments.dedup();
        let without = |text: String, moment: &&str| {
            let (date, time) = moment.split_at(8);
            let hyphens = format!("{}-{}-{}-{time}", &date[..4], &date[4..6], &date[6..]);
            text.replace(*moment, "MOMENT").replace(&hyphens, "MOMENT")
        };
        moments.iter().fold(text.clone(), without)
    }

    fn output(&self, line: &str) -> Output {
        let words = words(line);
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let (mut command, arguments) = match words.as_slice() {
            [first, second, ..] if first == "cargo" && second == "tablature" => (
                Command::new(env!("CARGO_BIN_EXE_cargo-tablature")),
                &words[1..],
            ),
            [first, ..] if first == "cargo" => (Command::new(cargo), &words[1..]),
            _ => (Command::new(&words[0]), &words[1..]),
        };
        // Cargo lets one command at a time into a folder; two of them keep two cores busy.
        static LANES: [Mutex<()>; 2] = [Mutex::new(()), Mutex::new(())];
        let (target, _busy) = match LANES[0].try_lock() {
            Ok(busy) => ("transcripts-target", busy),
            Err(_) => (
                "transcripts-target-2",
                LANES[1].lock().unwrap_or_else(PoisonError::into_inner),
            ),
        };
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", temporary().join(target))
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TERM_COLOR", "never")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CEILING_DIRECTORIES", self.folder.parent().unwrap())
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap()
    }
}

fn temporary() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .canonicalize()
        .unwrap()
}

/// What a shell makes of a line: words, and between quotes what is not to be split.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quote): (Vec<String>, Option<char>) = (Vec::new(), None);
    let mut open = false;
    for letter in line.chars() {
        match (letter, quote) {
            (_, Some(end)) if letter == end => quote = None,
            (' ', None) => open = false,
            (_, _) => {
                if !open {
                    words.push(String::new());
                    open = true;
                }
                if quote.is_none() && matches!(letter, '\'' | '"') {
                    quote = Some(letter);
                } else if let Some(word) = words.last_mut() {
                    word.push(letter);
                }
            }
        }
    }
    words
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What came on stderr.
fn marked(err: &str) -> String {
    err.lines().flat_map(|line| ["! ", line, "\n"]).collect()
}

/// The SQL files, and what they say. Of `schema.sql` it is enough that `check` is content with it.
fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut files = BTreeMap::new();
    let mut inner = vec![folder.to_owned()];
    while let Some(at) = inner.pop() {
        for entry in fs::read_dir(&at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                inner.push(path);
                continue;
            }
            // Of folders in folders, those that hold one migration each.
            let of_one =
                matches!(path.file_name(), Some(name) if name == "up.sql" || name == "down.sql");
            let shown = at.parent() == Some(folder) || of_one;
            if shown && path.extension().is_some_and(|it| it == "sql") {
                let text = text(&fs::read(&path).unwrap());
                files.insert(path.strip_prefix(folder).unwrap().to_owned(), text);
            }
        }
    }
    files
}

/// How long a migration took is never the same.
fn without_durations(text: &str) -> String {
    let line = |line: &str| match line.split_once("\"milliseconds\": ") {
        Some((before, rest)) => {
            let end = rest.trim_start_matches(|it: char| it.is_ascii_digit() || it == '.');
            format!("{before}\"milliseconds\": 0{end}")
        }
        None => match line.split_once(" ms") {
            Some((before, end)) => {
                let number = |it: char| it.is_ascii_digit() || it == '.' || it == ' ';
                format!("{} 0 ms{end}", before.trim_end_matches(number))
            }
            None => line.to_owned(),
        },
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}
