//! wrangler's local D1: real workerd, on this machine.

use super::folder;
use edge_notes::SCHEMA;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::{env, fs, io};
use tablature::Connection;

const WRANGLER: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../interop/d1/node_modules/wrangler/bin/wrangler.js"
);

/// A folder with the wrangler.toml of the application, and the migrations that were released.
pub(super) struct D1(PathBuf);

impl D1 {
    /// None where wrangler is not installed, which is said past the test's captured output. Where it must be, that fails.
    pub(super) fn new(test: &str) -> Option<Self> {
        if !fs::exists(WRANGLER).unwrap() {
            let missing =
                "wrangler is not installed; run `npm ci --prefix interop/d1 --ignore-scripts`";
            assert!(env::var_os("EDGE_NOTES_D1").is_none(), "{missing}");
            let skipped = format!("{test} is skipped: {missing}\n");
            io::stderr().write_all(skipped.as_bytes()).unwrap();
            return None;
        }
        let folder = folder(test);
        fs::create_dir(folder.join("migrations")).unwrap();
        fs::write(
            folder.join("wrangler.toml"),
            include_str!("../../wrangler.toml"),
        )
        .unwrap();
        Some(Self(folder))
    }

    /// Puts the migration of a number into the folder that wrangler reads.
    pub(super) fn release(&self, number: usize) {
        let migration = &SCHEMA.migrations()[number - 1];
        self.put(migration.stem, migration.up);
    }

    pub(super) fn put(&self, stem: &str, sql: &str) {
        fs::write(self.0.join(format!("migrations/{stem}.sql")), sql).unwrap();
    }

    pub(super) fn apply(&self) {
        let output = self.wrangler(&["migrations", "apply", "edge-notes"]);
        assert!(output.status.success(), "{}", said(&output));
    }

    /// What a person types to go back: the file, and the line of the history away.
    pub(super) fn back(&self, number: usize) {
        let migration = &SCHEMA.migrations()[number - 1];
        let file = self.0.join("back.sql");
        let name = format!("{}.sql", migration.stem);
        let history = format!("\nDELETE FROM d1_migrations WHERE name = '{name}';\n");
        fs::write(&file, [migration.down.unwrap(), &history].concat()).unwrap();
        fs::remove_file(self.0.join("migrations").join(name)).unwrap();
        let output = self.wrangler(&["execute", "edge-notes", "--file", "back.sql"]);
        assert!(output.status.success(), "{}", said(&output));
    }

    /// What D1 answers to a statement of a Worker, as JSON, or how it refuses it.
    pub(super) fn execute(&self, sql: &str) -> Result<String, String> {
        let output = self.wrangler(&["execute", "edge-notes", "--json", "--command", sql]);
        if output.status.success() {
            Ok(String::from_utf8(output.stdout).unwrap())
        } else {
            Err(said(&output))
        }
    }

    /// Without questions, and without calling home.
    fn wrangler(&self, arguments: &[&str]) -> Output {
        let mut node = Command::new("node");
        node.args([WRANGLER, "d1"]).args(arguments);
        node.args(["--local", "--persist-to", "state"])
            .current_dir(&self.0)
            .env("CI", "1")
            .env("WRANGLER_SEND_METRICS", "false")
            .env("WRANGLER_HIDE_BANNER", "true")
            .env("CLOUDFLARE_CF_FETCH_ENABLED", "false")
            .env("XDG_CONFIG_HOME", self.0.join("config"));
        node.output().unwrap()
    }

    /// The file of the database, which is SQLite's. workerd does not run between two commands.
    pub(super) fn open(&self) -> Connection {
        let state = self.0.join("state/v3/d1/miniflare-D1DatabaseObject");
        let files = fs::read_dir(state).unwrap().map(|it| it.unwrap().path());
        let mut files = files.filter(|it| {
            it.extension().is_some_and(|it| it == "sqlite") && !it.ends_with("metadata.sqlite")
        });
        Connection::open(files.next().unwrap()).unwrap()
    }
}

fn said(output: &Output) -> String {
    let texts = [&output.stdout, &output.stderr].map(|it| String::from_utf8_lossy(it));
    texts.join("\n")
}
