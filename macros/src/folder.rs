//! What lies in the folder of migrations. The only place that looks at files: their names are judged by the runtime.

use std::path::{Path, PathBuf};

/// The files that the crate embeds.
#[derive(Default)]
pub(crate) struct Folder {
    /// Sorted by name.
    pub(crate) files: Vec<SqlFile>,
    /// `schema.sql`, if it is there.
    pub(crate) recorded: Option<String>,
    /// Why the folder cannot be read.
    pub(crate) problem: Option<String>,
}

pub(crate) struct SqlFile {
    pub(crate) name: String,
    pub(crate) path: String,
    /// Whether it lies in the folder beside, for runners that take every file for an up.
    pub(crate) down: bool,
}

impl Folder {
    /// Reads a folder of the crate that is compiled.
    pub(crate) fn read(folder: &str) -> Self {
        let Some(root) = Self::root() else {
            return Self::broken("cargo does not say where the crate is; compile with cargo");
        };
        Self::at(&root.join(folder), folder)
    }

    /// The folder of the crate that is compiled.
    pub(crate) fn root() -> Option<PathBuf> {
        std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from)
    }

    fn at(path: &Path, folder: &str) -> Self {
        let mut this = Self::default();
        if !path.is_dir() {
            this.problem = Some(format!(
                "there is no folder `{folder}`; run `cargo tablature generate`"
            ));
        } else if let Err(problem) = this.list(path, false) {
            this.problem = Some(format!("cannot read `{folder}`: {problem}"));
        }
        let beside = beside(path);
        if beside.is_dir()
            && let Err(problem) = this.list(&beside, true)
        {
            this.problem = Some(format!("cannot read `{}`: {problem}", beside.display()));
        }
        this.recorded = path
            .parent()
            .map(|parent| parent.join("schema.sql"))
            .filter(|file| file.is_file())
            .and_then(|file| file.to_str().map(str::to_owned));
        this
    }

    fn broken(problem: &str) -> Self {
        Self {
            problem: Some(problem.to_owned()),
            ..Self::default()
        }
    }

    fn list(&mut self, folder: &Path, down: bool) -> Result<(), String> {
        let mut found = Vec::new();
        for entry in folder.read_dir().map_err(|error| error.to_string())? {
            let path = entry.map_err(|error| error.to_string())?.path();
            if path.is_dir() {
                for file in ["up.sql", "down.sql"].map(|it| path.join(it)) {
                    if file.is_file() {
                        found.push(SqlFile::new(&file, folder, down)?);
                    }
                }
            } else if path.extension().is_some_and(|extension| extension == "sql") {
                found.push(SqlFile::new(&path, folder, down)?);
            }
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        self.files.extend(found);
        Ok(())
    }
}

impl SqlFile {
    /// Named from the folder on, with `/` on every machine.
    fn new(path: &Path, folder: &Path, down: bool) -> Result<Self, String> {
        let inner = path.strip_prefix(folder).unwrap_or(path);
        let (Some(name), Some(text)) = (inner.to_str(), path.to_str()) else {
            return Err(format!("`{}` is not UTF-8", path.display()));
        };
        Ok(Self {
            name: name.replace('\\', "/"),
            path: text.to_owned(),
            down,
        })
    }
}

/// `migrations_down` for `migrations`.
fn beside(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push("_down");
    folder.with_file_name(name)
}
