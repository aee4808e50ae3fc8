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

    /// What attributes say of changes that are still to come: they stay in the code, and the changes do not.
    pub(crate) fn attribute_hints(&self, from: &Schema, to: &Schema) -> HintArguments {
        let mut hints = HintArguments::default();
        let mut renamed = Vec::new();
        for hint in &self.dump.hints {
            if let Hint::RenameTable { from: old, to: new } = hint
                && from.table(old).is_some()
                && from.table(new).is_none()
            {
                hints.rename.push(format!("{old}={new}"));
                renamed.push((old, new));
            }
        }
        let before = |table: &String| {
            let old = renamed
                .iter()
                .find(|(_, new)| *new == table)
                .map(|(old, _)| old.as_str());
            from.table(old.unwrap_or(table))
        };
        let mut renamed = Vec::new();
        for hint in &self.dump.hints {
            if let Hint::RenameColumn {
                table,
                from: old,
                to: new,
            } = hint
                && before(table)
                    .is_some_and(|it| it.column(old).is_some() && it.column(new).is_none())
            {
                hints.rename.push(format!("{table}.{old}={new}"));
                renamed.push((table, old, new));
            }
        }
        // A column may take another name and another type at once.
        let column_before = |table: &String, column: &String| {
            let old = renamed
                .iter()
                .find(|(of, _, new)| *of == table && *new == column)
                .map_or(column, |(_, old, _)| *old);
            before(table).and_then(|it| it.column(old))
        };
        for hint in &self.dump.hints {
            match hint {
                Hint::Backfill {
                    table,
                    column,
                    expression,
                } => {
                    let after = to.table(table).and_then(|it| it.column(column));
                    let missing = before(table).is_some_and(|it| {
                        column_before(table, column).is_none_or(|old| {
                            !it.refuses_null(old) && after.is_some_and(|it| it.not_null.is_some())
                        })
                    });
                    if missing {
                        hints
                            .backfill
                            .push(format!("{table}.{column}={expression}"));
                    }
                }
                Hint::Using {
                    table,
                    column,
                    expression,
                } => {
                    let old = column_before(table, column);
                    let new = to.table(table).and_then(|it| it.column(column));
                    let retyped = old.zip(new).is_some_and(|(old, new)| {
                        !old.declared_type.eq_ignore_ascii_case(&new.declared_type)
                    });
                    if retyped {
                        hints.using.push(format!("{table}.{column}={expression}"));
                    }
                }
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
