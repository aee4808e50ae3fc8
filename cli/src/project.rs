mod compile;
mod package;

pub(crate) use package::Package;

use crate::arguments::{HintArguments, PackageArguments};
use crate::failure::Failure;
use std::io::ErrorKind;
use std::path::PathBuf;
use tablature::migrations::dump::{Dump, Hint};
use tablature::migrations::{self, Migration};
use tablature::plan::{Target, Version};
use tablature::schema::Schema;

/// A schema of a crate: what its structs say, and the migrations that it has.
pub(crate) struct Project {
    pub(crate) package: Package,
    pub(crate) dump: Dump,
    pub(crate) folder: PathBuf,
    pub(crate) migrations: Vec<Migration>,
    /// The text of `schema.sql`, if it is there.
    pub(crate) recorded: Option<String>,
}

impl Project {
    pub(crate) fn load(arguments: &PackageArguments) -> Result<Self, Failure> {
        let package = Package::find(arguments)?;
        let dump = compile::dump(&package, arguments)?;
        let folder = package.folder.join(&dump.migrations);
        let migrations = migrations::read(&folder, dump.runner).map_err(Failure::error)?;
        let path = recorded_path(&folder);
        let recorded = match std::fs::read_to_string(&path) {
            // A checkout may end its lines in another way.
            Ok(text) => Some(text.replace("\r\n", "\n")),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => {
                return Err(Failure::Error(format!(
                    "cannot read `{}`: {error}; restore it, or delete it and generate anew",
                    path.display()
                )));
            }
        };
        Ok(Self {
            package,
            dump,
            folder,
            migrations,
            recorded,
        })
    }

    pub(crate) fn target(&self) -> Result<Target, Failure> {
        let target = Target::new(self.dump.runner);
        match &self.dump.target {
            None => Ok(target),
            Some(version) => {
                let version: Version = version.parse().map_err(Failure::error)?;
                Ok(target.version(version))
            }
        }
    }

    pub(crate) fn recorded_path(&self) -> PathBuf {
        recorded_path(&self.folder)
    }

    /// The first migration that `schema.sql` lists, and that has no file.
    pub(crate) fn missing(&self) -> Option<&str> {
        let recorded = self.recorded.as_deref().unwrap_or_default();
        // SQL of the user may look like any line of ours; the list stands before all of it.
        let head = recorded.split("\n-- table ").next().unwrap_or_default();
        let stems = head
            .lines()
            .filter_map(|line| line.strip_prefix("-- migration ")?.rsplit_once(' '));
        let is_missing = |stem: &&str| !self.migrations.iter().any(|it| it.stem == *stem);
        stems.map(|(stem, _)| stem).find(is_missing)
    }

    /// The migrations that are others than `schema.sql` says.
    pub(crate) fn changed(&self) -> impl Iterator<Item = &Migration> {
        let recorded = self.recorded.as_deref().unwrap_or_default();
        let then = move |stem: &str| {
            recorded.lines().find_map(|line| {
                line.strip_prefix("-- migration ")?
                    .strip_prefix(stem)?
                    .strip_prefix(' ')
            })
        };
        let is_changed =
            move |it: &&Migration| then(&it.stem).is_some_and(|then| then != it.checksum());
        self.migrations.iter().filter(is_changed)
    }

    /// The schema of the structs.
    pub(crate) fn structs(&self) -> Result<Schema, Failure> {
        structs(&self.dump)
    }

    /// A path as the user would write it.
    pub(crate) fn shown(&self, path: &std::path::Path) -> String {
        path.strip_prefix(&self.package.folder)
            .unwrap_or(path)
            .display()
            .to_string()
    }

    /// What attributes say of changes that are still to come.
    pub(crate) fn attribute_hints(&self, from: &Schema, to: &Schema) -> HintArguments {
        let mut hints = HintArguments::default();
        for hint in Hint::ahead(&self.dump.hints, from, to) {
            match hint {
                Hint::RenameTable { from, to } => hints.rename.push(format!("{from}={to}")),
                Hint::RenameColumn { table, from, to } => {
                    hints.rename.push(format!("{table}.{from}={to}"));
                }
                Hint::Backfill {
                    table,
                    column,
                    expression,
                } => hints
                    .backfill
                    .push(format!("{table}.{column}={expression}")),
                Hint::Using {
                    table,
                    column,
                    expression,
                } => hints.using.push(format!("{table}.{column}={expression}")),
                _ => {}
            }
        }
        hints
    }
}

/// The schema of the structs of a dump.
pub(crate) fn structs(dump: &Dump) -> Result<Schema, Failure> {
    let db = tablature::plan::scratch().map_err(Failure::error)?;
    for table in &dump.tables {
        db.execute_batch(&table.ddl).map_err(|error| {
            Failure::Error(format!("the DDL of `{}` does not run: {error}", table.row))
        })?;
    }
    tablature::inspect(&db).map_err(Failure::error)
}

fn recorded_path(folder: &std::path::Path) -> PathBuf {
    folder.with_file_name("schema.sql")
}
