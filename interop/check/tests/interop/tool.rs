//! The tools: which files they take, how they are called, and what they write down.

use super::rows::{Rows, differences, faults, tables};
use super::story::{Files, cargo, fresh, here, run, target};
use rusqlite::Connection;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

pub(crate) struct Tool {
    pub(crate) name: &'static str,
    /// For whom the files were generated.
    pub(crate) runner: &'static str,
    pub(crate) back: Back,
    /// The versions that it has applied, as texts.
    history: &'static str,
    binary: OnceLock<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Back {
    Own,
    /// It has none: what leads back is its next migration.
    NextFile,
}

const fn tool(name: &'static str, runner: &'static str, back: Back, history: &'static str) -> Tool {
    Tool {
        name,
        runner,
        back,
        history,
        binary: OnceLock::new(),
    }
}

pub(crate) static REFINERY: Tool = tool(
    "refinery",
    "refinery",
    Back::NextFile,
    "SELECT version || ' ' || name FROM refinery_schema_history ORDER BY version",
);
pub(crate) static SQLX: Tool = tool(
    "sqlx",
    "sqlx",
    Back::Own,
    "SELECT version || ' ' || replace(description, ' ', '_') FROM _sqlx_migrations WHERE success ORDER BY version",
);
/// There is no runner for it: it takes texts, so it gets those for sqlx, which are for one transaction with keys on too.
pub(crate) static RUSQLITE_MIGRATION: Tool = tool(
    "rusqlite_migration",
    "sqlx",
    Back::Own,
    "PRAGMA user_version",
);
/// Nor for diesel: the same texts, in folders.
pub(crate) static DIESEL: Tool = tool(
    "diesel",
    "sqlx",
    Back::Own,
    "SELECT version FROM __diesel_schema_migrations ORDER BY version",
);
pub(crate) static D1: Tool = tool(
    "d1",
    "d1",
    Back::NextFile,
    "SELECT replace(ltrim(name, '0'), '.sql', '') FROM d1_migrations ORDER BY id",
);

/// A database and a folder of migrations that grows.
pub(crate) struct Sandbox {
    tool: &'static Tool,
    folder: PathBuf,
    newest: i64,
}

impl Sandbox {
    pub(crate) fn new(tool: &'static Tool, test: &str) -> Self {
        let folder = fresh(&format!("{}_{test}", tool.name));
        fs::create_dir(folder.join("migrations")).unwrap();
        if tool.name == "d1" {
            fs::copy(here("../d1/wrangler.toml"), folder.join("wrangler.toml")).unwrap();
        } else {
            Connection::open(folder.join("blog.db")).unwrap();
        }
        Self {
            tool,
            folder,
            newest: 0,
        }
    }

    pub(crate) fn release(&mut self, files: &Files) -> &mut Self {
        let Files {
            version,
            name,
            up,
            down,
        } = files;
        let write = |file: String, sql: &str| {
            fs::write(self.folder.join("migrations").join(file), sql).unwrap()
        };
        match self.tool.name {
            "refinery" => write(format!("V{version:03}__{name}.sql"), up),
            "d1" => write(format!("{version:04}_{name}.sql"), up),
            "diesel" => {
                fs::create_dir(self.folder.join(format!("migrations/{version}_{name}"))).unwrap();
                write(format!("{version}_{name}/up.sql"), up);
                write(format!("{version}_{name}/down.sql"), down);
            }
            _ => {
                write(format!("{version}_{name}.up.sql"), up);
                write(format!("{version}_{name}.down.sql"), down);
            }
        }
        self.newest = *version;
        self
    }

    pub(crate) fn up(&self) {
        self.command("up");
    }

    pub(crate) fn back(&mut self, files: &Files, left: usize) {
        match self.tool.back {
            Back::Own => self.command(&format!("down {left}")),
            Back::NextFile => {
                let (version, name) = (self.newest + 1, format!("back_from_{}", files.name));
                self.release(&Files {
                    version,
                    name,
                    up: files.down.clone(),
                    ..files.clone()
                })
                .up();
            }
        }
    }

    pub(crate) fn command(&self, command: &str) {
        let name = self.tool.name;
        if name == "d1" {
            self.wrangler();
            return;
        }
        let binary = self.tool.binary.get_or_init(|| {
            cargo(
                "build",
                &here(&format!("../{name}/Cargo.toml")),
                &target(),
                &[],
            );
            target().join(format!("debug/interop-{}", name.replace('_', "-")))
        });
        let folder = self.folder.join("migrations");
        run(Command::new(binary)
            .arg(self.path())
            .arg(folder)
            .args(command.split(' ')));
    }

    /// Without questions, and without calling home.
    fn wrangler(&self) {
        let wrangler = here("../d1/node_modules/wrangler/bin/wrangler.js");
        assert!(
            wrangler.exists(),
            "wrangler is missing; run `npm ci --prefix interop/d1`"
        );
        run(Command::new("node")
            .arg(wrangler)
            .args([
                "d1",
                "migrations",
                "apply",
                "blog",
                "--local",
                "--persist-to",
                "state",
            ])
            .current_dir(&self.folder)
            .env("CI", "1")
            .env("WRANGLER_SEND_METRICS", "false")
            .env("WRANGLER_HIDE_BANNER", "true")
            .env("CLOUDFLARE_CF_FETCH_ENABLED", "false")
            .env("XDG_CONFIG_HOME", self.folder.join("config")));
    }

    pub(crate) fn path(&self) -> PathBuf {
        if self.tool.name != "d1" {
            return self.folder.join("blog.db");
        }
        let files =
            fs::read_dir(self.folder.join("state/v3/d1/miniflare-D1DatabaseObject")).unwrap();
        let mut files = files.map(|it| it.unwrap().path());
        let is_database = |it: &PathBuf| {
            it.extension().is_some_and(|it| it == "sqlite") && !it.ends_with("metadata.sqlite")
        };
        files.find(is_database).unwrap()
    }

    pub(crate) fn open(&self) -> Connection {
        Connection::open(self.path()).unwrap()
    }

    /// Exactly these rows, and nothing is wrong with the database.
    pub(crate) fn has(&self, rows: &Rows, says: &str) {
        let db = self.open();
        let differences = differences(rows, &Rows::of(&db));
        assert!(
            differences.is_empty(),
            "{}: {says}\n{differences:#?}",
            self.tool.name
        );
        let faults = faults(&db, rows).unwrap();
        assert!(faults.is_empty(), "{}: {says}\n{faults:#?}", self.tool.name);
    }

    pub(crate) fn has_history_of(&self, files: &[Files]) {
        let db = self.open();
        let mut history = db.prepare(self.tool.history).unwrap();
        let history = history
            .query_map((), |row| row.get::<_, rusqlite::types::Value>(0))
            .unwrap();
        let text = |value| match value {
            rusqlite::types::Value::Integer(it) => it.to_string(),
            rusqlite::types::Value::Text(it) => it,
            other => panic!("{other:?} in the history"),
        };
        let history: Vec<String> = history.map(Result::unwrap).map(text).collect();
        let expected: Vec<String> = match self.tool.name {
            "rusqlite_migration" => vec![files.len().to_string()],
            "diesel" => files.iter().map(|it| it.version.to_string()).collect(),
            "d1" => files
                .iter()
                .map(|it| format!("{}_{}", it.version, it.name))
                .collect(),
            _ => files
                .iter()
                .map(|it| format!("{} {}", it.version, it.name))
                .collect(),
        };
        assert_eq!(history, expected);
    }

    /// What is left of the application.
    pub(crate) fn tables(&self) -> Vec<String> {
        let tables = tables(&self.open()).into_iter().map(|(name, _)| name);
        tables.filter(|it| it != "sqlite_sequence").collect()
    }
}
