use crate::failure::Failure;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The sources of a package, and the files that they include.
pub(crate) struct Files {
    pub(crate) folder: PathBuf,
    all: Vec<File>,
}

pub(crate) struct File {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

/// Bytes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: usize,
    pub(crate) bytes: Range<usize>,
}

/// Where cargo looks for the sources of a package.
const FOLDERS: [&str; 4] = ["src", "tests", "examples", "benches"];

impl Files {
    pub(super) fn of(folder: &Path) -> Result<Self, Failure> {
        let mut paths = Vec::new();
        for name in FOLDERS {
            let inner = folder.join(name);
            if inner.is_dir() {
                walk(&inner, &mut paths)?;
            }
        }
        let mut files = Self {
            folder: folder.to_owned(),
            all: Vec::new(),
        };
        for path in paths {
            files.add(&path)?;
        }
        Ok(files)
    }

    /// Those of Rust, with their numbers.
    pub(super) fn rust(&self) -> impl Iterator<Item = (usize, &File)> {
        let is_rust = |path: &Path| path.extension().is_some_and(|it| it == "rs");
        let all = self.all.iter().enumerate();
        all.filter(move |(_, it)| is_rust(&it.path))
    }

    /// Reads a file, if it is not there already.
    pub(super) fn add(&mut self, path: &Path) -> Result<usize, Failure> {
        if let Some(at) = self.all.iter().position(|it| it.path == path) {
            return Ok(at);
        }
        let text = std::fs::read_to_string(path).map_err(|error| {
            Failure::Error(format!("cannot read `{}`: {error}", path.display()))
        })?;
        let text = text
            .strip_prefix('\u{feff}')
            .map_or(text.clone(), str::to_owned);
        self.all.push(File {
            path: path.to_owned(),
            text,
        });
        Ok(self.all.len() - 1)
    }

    pub(crate) fn get(&self, at: usize) -> &File {
        &self.all[at]
    }

    /// As the user would write it, with `/` everywhere.
    pub(crate) fn shown(&self, at: usize) -> String {
        let path = &self.all[at].path;
        let path = path.strip_prefix(&self.folder).unwrap_or(path);
        path.display().to_string().replace('\\', "/")
    }
}

impl File {
    /// Line and column of a byte, from 1; columns count characters, as rustc's do.
    pub(crate) fn position(&self, byte: usize) -> (usize, usize) {
        let before = self.text.get(..byte).unwrap_or(&self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or(before).chars().count() + 1;
        (line, column)
    }

    /// A line, from 1, without its end.
    pub(crate) fn line(&self, number: usize) -> &str {
        self.text.lines().nth(number - 1).unwrap_or_default()
    }
}

/// In the order of names, so that two runs say the same. A folder with a manifest is another package.
fn walk(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::Error(format!("cannot read `{}`: {error}", folder.display()))
    };
    let mut inner = Vec::new();
    for entry in folder.read_dir().map_err(failed)? {
        inner.push(entry.map_err(failed)?.path());
    }
    inner.sort();
    for path in inner {
        if path.is_dir() {
            if !path.join("Cargo.toml").exists() {
                walk(&path, paths)?;
            }
        } else if path.extension().is_some_and(|it| it == "rs") {
            paths.push(path);
        }
    }
    Ok(())
}
