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
    layout: Layout,
    /// What it has written down: as SQL, and a line for each migration.
    history: (&'static str, fn(&Files) -> String),
    binary: OnceLock<PathBuf>,
}

/// Where its files lie.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Layout {
    /// `V001__name.sql`
    Refinery,
    /// `0001_name.sql`
    D1,
    /// `1_name.up.sql` and `1_name.down.sql`
    Pairs,
    /// `1_name/up.sql` and `1_name/down.sql`
    Folders,
}

pub(crate) static REFINERY: Tool = tool(
    "refinery",
    "refinery",
    Layout::Refinery,
    "SELECT version || ' ' || name FROM refinery_schema_history ORDER BY version",
    |it| format!("{} {}", it.version, it.name),
);

pub(crate) static SQLX: Tool = tool(
    "sqlx",
    "sqlx",
    Layout::Pairs,
    "SELECT version || ' ' || description FROM _sqlx_migrations WHERE success ORDER BY version",
    |it| format!("{} {}", it.version, it.name.replace('_', " ")),
);

/// No runner is called so: it takes texts, and those for sqlx are for one transaction with keys on as well. It only counts.
pub(crate) static RUSQLITE_MIGRATION: Tool = tool(
    "rusqlite_migration",
    "sqlx",
    Layout::Pairs,
    "WITH RECURSIVE applied (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM applied)
     SELECT '' FROM applied LIMIT (SELECT user_version FROM pragma_user_version)",
    |_| String::new(),
);

/// No runner is called so: the texts for sqlx, in folders.
pub(crate) static DIESEL: Tool = tool(
    "diesel",
    "sqlx",
    Layout::Folders,
    "SELECT version FROM __diesel_schema_migrations ORDER BY version",
    |it| it.version.to_string(),
);

pub(crate) static D1: Tool = tool(
    "d1",
    "d1",
    Layout::D1,
    "SELECT name FROM d1_migrations ORDER BY id",
    |it| format!("{:04}_{}.sql", it.version, it.name),
);

const fn tool(
    name: &'static str,
    runner: &'static str,
    layout: Layout,
    history: &'static str,
    line: fn(&Files) -> String,
) -> Tool {
    Tool {
        name,
        runner,
        layout,
        history: (history, line),
        binary: OnceLock::new(),
    }
}

impl Tool {
    /// Whether it takes migrations back. The others are given what leads back as their next migration.
    pub(crate) fn goes_back(&self) -> bool {
        matches!(self.layout, Layout::Pairs | Layout::Folders)
    }
}

/// A database, and a folder of migrations that grows.
pub(crate) struct Sandbox {
    tool: &'static Tool,
    folder: PathBuf,
    newest: i64,
}

impl Sandbox {
    pub(crate) fn new(tool: &'static Tool, test: &str) -> Self {
        let folder = fresh(&format!("{}_{test}", tool.name));
        fs::create_dir(folder.join("migrations")).unwrap();
        if tool.layout == Layout::D1 {
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

    /// Puts a migration into the folder.
    pub(crate) fn release(&mut self, files: &Files) -> &mut Self {
        let Files { version, name, .. } = files;
        let (up, down) = match self.tool.layout {
            Layout::Refinery => (format!("V{version:03}__{name}.sql"), None),
            Layout::D1 => (format!("{version:04}_{name}.sql"), None),
            Layout::Pairs => (
                format!("{version}_{name}.up.sql"),
                Some(format!("{version}_{name}.down.sql")),
            ),
            Layout::Folders => (
                format!("{version}_{name}/up.sql"),
                Some(format!("{version}_{name}/down.sql")),
            ),
        };
        let up = self.folder.join("migrations").join(up);
        fs::create_dir_all(up.parent().unwrap()).unwrap();
        fs::write(up, &files.up).unwrap();
        if let Some(down) = down {
            fs::write(self.folder.join("migrations").join(down), &files.down).unwrap();
        }
        self.newest = *version;
        self
    }

    pub(crate) fn up(&self) {
        self.command("up");
    }

    /// Takes a migration back, so that so many are left.
    pub(crate) fn back(&mut self, files: &Files, left: usize) {
        if self.tool.goes_back() {
            return self.command(&format!("down {left}"));
        }
        let back = Files {
            version: self.newest + 1,
            name: format!("back_from_{}", files.name),
            up: files.down.clone(),
            down: String::new(),
        };
        self.release(&back).up();
    }

    pub(crate) fn command(&self, command: &str) {
        if self.tool.layout == Layout::D1 {
            return self.wrangler();
        }
        let name = self.tool.name;
        let binary = self.tool.binary.get_or_init(|| {
            let manifest = here(&format!("../{name}/Cargo.toml"));
            cargo("build", &manifest, &target(), &[]);
            target().join(format!("debug/interop-{}", name.replace('_', "-")))
        });
        let folder = self.folder.join("migrations");
        let mut tool = Command::new(binary);
        run(tool.arg(self.path()).arg(folder).args(command.split(' ')));
    }

    /// Without questions, and without calling home.
    fn wrangler(&self) {
        let wrangler = here("../d1/node_modules/wrangler/bin/wrangler.js");
        assert!(
            wrangler.exists(),
            "wrangler is missing; run `npm ci --prefix interop/d1`"
        );
        let apply = "d1 migrations apply blog --local --persist-to state";
        run(Command::new("node")
            .arg(wrangler)
            .args(apply.split(' '))
            .current_dir(&self.folder)
            .env("CI", "1")
            .env("WRANGLER_SEND_METRICS", "false")
            .env("WRANGLER_HIDE_BANNER", "true")
            .env("CLOUDFLARE_CF_FETCH_ENABLED", "false")
            .env("XDG_CONFIG_HOME", self.folder.join("config")));
    }

    pub(crate) fn path(&self) -> PathBuf {
        if self.tool.layout != Layout::D1 {
            return self.folder.join("blog.db");
        }
        let state = self.folder.join("state/v3/d1/miniflare-D1DatabaseObject");
        let mut files = fs::read_dir(state).unwrap().map(|it| it.unwrap().path());
        let database = files.find(|it| {
            it.extension().is_some_and(|it| it == "sqlite") && !it.ends_with("metadata.sqlite")
        });
        database.unwrap()
    }

    pub(crate) fn open(&self) -> Connection {
        Connection::open(self.path()).unwrap()
    }

    /// Exactly these rows, and nothing is wrong with the database.
    pub(crate) fn has(&self, rows: &Rows, says: &str) {
        let (db, tool) = (self.open(), self.tool.name);
        let differences = differences(rows, &Rows::of(&db));
        assert!(
            differences.is_empty(),
            "{tool}: {says}\n{}",
            differences.join("\n")
        );
        let faults = faults(&db, rows).unwrap_or_else(|error| vec![error.to_string()]);
        assert!(faults.is_empty(), "{tool}: {says}\n{}", faults.join("\n"));
    }

    pub(crate) fn has_history_of(&self, files: &[Files]) {
        let db = self.open();
        let (history, line) = self.tool.history;
        let mut history = db.prepare(history).unwrap();
        let history = history.query_map((), |row| row.get(0)).unwrap();
        let history: Vec<String> = history.map(Result::unwrap).collect();
        assert_eq!(history, files.iter().map(line).collect::<Vec<_>>());
    }

    /// What is left of the application.
    pub(crate) fn tables(&self) -> Vec<String> {
        let tables = tables(&self.open()).into_iter().map(|(name, _)| name);
        tables.filter(|it| it != "sqlite_sequence").collect()
    }
}
