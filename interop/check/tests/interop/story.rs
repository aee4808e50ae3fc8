//! The migrations of all versions, as `cargo tablature generate` writes them for a runner.

use super::versions::VERSIONS;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{LazyLock, OnceLock};
use std::{env, fs};

pub(crate) struct Story {
    runner: &'static str,
    folder: PathBuf,
    /// In the order of the versions.
    pub(crate) files: Vec<Files>,
    program: OnceLock<Program>,
}

/// One migration.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    pub(crate) version: i64,
    /// The name without the number.
    pub(crate) name: String,
    pub(crate) up: String,
    pub(crate) down: String,
}

impl Story {
    pub(crate) fn of(runner: &'static str) -> &'static Self {
        static REFINERY: LazyLock<Story> = LazyLock::new(|| Story::new("refinery"));
        static SQLX: LazyLock<Story> = LazyLock::new(|| Story::new("sqlx"));
        static D1: LazyLock<Story> = LazyLock::new(|| Story::new("d1"));
        match runner {
            "refinery" => &REFINERY,
            "sqlx" => &SQLX,
            _ => &D1,
        }
    }

    fn new(runner: &'static str) -> Self {
        let folder = fresh(runner);
        let manifest = fs::read_to_string(here("../blog/Cargo.toml")).unwrap();
        let runtime = here("../../runtime").canonicalize().unwrap();
        let manifest = manifest.replace("../../runtime", runtime.to_str().unwrap());
        let source = fs::read_to_string(here("../blog/src/main.rs")).unwrap();
        let mut source = replaced(&source, "runner = tablature", &format!("runner = {runner}"));
        fs::create_dir(folder.join("src")).unwrap();
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        fs::copy(here("../blog/Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        let mut story = Self {
            runner,
            folder,
            files: Vec::new(),
            program: OnceLock::new(),
        };
        let first: (&[_], &[_]) = (&[], &[]);
        for (edits, arguments) in [first]
            .into_iter()
            .chain(VERSIONS.iter().map(|it| (it.edits, it.arguments)))
        {
            for (old, new) in edits {
                source = replaced(&source, old, new);
            }
            fs::write(story.folder.join("src/main.rs"), &source).unwrap();
            story.tablature("generate", arguments);
            let newest = story.read();
            assert_eq!(newest.len(), story.files.len() + 1);
            story.files = newest;
        }
        story.tablature("check", &[]);
        story
    }

    /// The files of the folder, in the order of their versions.
    fn read(&self) -> Vec<Files> {
        let mut files = Vec::new();
        for entry in fs::read_dir(self.folder.join("migrations")).unwrap() {
            let path = entry.unwrap().path();
            let file = path.file_name().unwrap().to_str().unwrap();
            let down = match self.runner {
                "sqlx" if file.ends_with(".down.sql") => continue,
                "sqlx" => self
                    .folder
                    .join("migrations")
                    .join(file.replace(".up.", ".down.")),
                _ => self.folder.join("migrations_down").join(file),
            };
            let stem = file
                .trim_start_matches('V')
                .trim_end_matches(".sql")
                .trim_end_matches(".up");
            let (version, name) = stem.split_once('_').unwrap();
            files.push(Files {
                version: version.parse().unwrap(),
                name: name.trim_start_matches('_').to_owned(),
                up: fs::read_to_string(&path).unwrap(),
                down: fs::read_to_string(down).unwrap(),
            });
        }
        files.sort_by_key(|it| it.version);
        files
    }

    fn tablature(&self, command: &str, arguments: &[&str]) {
        static BINARY: LazyLock<PathBuf> = LazyLock::new(|| {
            let target = here("../../target");
            cargo(
                "build",
                &here("../../Cargo.toml"),
                &target,
                &["--package", "cargo-tablature"],
            );
            target.join("debug/cargo-tablature")
        });
        let mut typed = Command::new(&*BINARY);
        typed
            .args(["tablature", command])
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target());
        run(&mut typed);
    }

    /// The blog with our runner and the same migrations.
    pub(crate) fn program(&self) -> &Program {
        self.program.get_or_init(|| {
            let folder = fresh(&format!("{}_adopted", self.runner));
            // Programs of one name would be built in one place.
            let name = format!("blog-{}", self.runner);
            for file in ["Cargo.toml", "Cargo.lock"] {
                let text = fs::read_to_string(self.folder.join(file)).unwrap();
                let text = replaced(&text, "name = \"blog\"", &format!("name = \"{name}\""));
                fs::write(folder.join(file), text).unwrap();
            }
            let source = fs::read_to_string(self.folder.join("src/main.rs")).unwrap();
            fs::create_dir(folder.join("src")).unwrap();
            let ours = replaced(
                &source,
                &format!("runner = {}", self.runner),
                "runner = tablature",
            );
            fs::write(folder.join("src/main.rs"), ours).unwrap();
            fs::create_dir(folder.join("migrations")).unwrap();
            for files in &self.files {
                let stem = folder.join(format!("migrations/{:04}_{}", files.version, files.name));
                fs::write(stem.with_extension("up.sql"), &files.up).unwrap();
                fs::write(stem.with_extension("down.sql"), &files.down).unwrap();
            }
            let story = Self {
                runner: "tablature",
                folder,
                files: Vec::new(),
                program: OnceLock::new(),
            };
            story.tablature("generate", &[]);
            story.tablature("check", &[]);
            cargo("build", &story.folder.join("Cargo.toml"), &target(), &[]);
            Program(target().join("debug").join(name))
        })
    }
}

pub(crate) struct Program(PathBuf);

impl Program {
    /// What it says to `adopt`, or to the version that it is to go back to.
    pub(crate) fn says(&self, database: &Path, command: &str) -> String {
        run(Command::new(&self.0).arg(database).arg(command))
    }
}

/// A path from the folder of this package.
pub(crate) fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The folder in which cargo builds all packages here.
pub(crate) fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// An empty folder.
pub(crate) fn fresh(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

pub(crate) fn cargo(command: &str, manifest: &Path, target: &Path, arguments: &[&str]) {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut typed = Command::new(cargo);
    typed
        .args([command, "--quiet", "--locked", "--manifest-path"])
        .arg(manifest)
        .arg("--target-dir")
        .arg(target);
    run(typed.args(arguments));
}

/// What a command says that goes well.
pub(crate) fn run(command: &mut Command) -> String {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{command:?}\n{out}{err}");
    out.into_owned()
}

fn replaced(text: &str, old: &str, new: &str) -> String {
    assert_eq!(text.matches(old).count(), 1, "{old:?} in\n{text}");
    text.replace(old, new)
}
