//! The first migration: the database as it is.

use super::declared;
use super::prove::Pulled;
use super::read::Read;
use crate::arguments::Pull;
use crate::database;
use crate::failure::Failure;
use crate::generate::write_file;
use crate::init::recognised;
use crate::project::Package;
use crate::source::replayed;
use crate::told::told;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use tablature::diff::{Change, diff};
use tablature::inspect;
use tablature::migrations::{
    self, Migration, Runner, checksum, file_names, next_version, stem, without_histories,
};
use tablature::plan::{Hints, Target, prove_scripts};
use tablature::schema::Schema;

/// The folder of migrations that the structs are to go with.
pub(super) struct Place {
    folder: PathBuf,
    named: String,
    runner: Runner,
    existing: Vec<Migration>,
}

/// How many differences are told.
const FEW: usize = 10;

impl Place {
    /// In the package where the file is written; without a file, in any.
    pub(super) fn find(command: &Pull) -> Result<Self, Failure> {
        let root = match Package::find(&command.package) {
            Ok(package) => package.folder,
            Err(_) if command.out.is_none() => PathBuf::new(),
            Err(failure) => return Err(failure),
        };
        let folder = root.join(&command.migrations);
        let runner = match command.runner {
            Some(runner) => runner,
            None if folder.is_dir() => recognised(&folder)?.0,
            None => Runner::default(),
        };
        Ok(Self {
            existing: migrations::read(&folder, runner).map_err(Failure::error)?,
            folder,
            named: command.migrations.clone(),
            runner,
        })
    }

    /// The words in `#[schema(…)]`.
    pub(super) fn words(&self) -> String {
        match self.runner {
            Runner::Tablature => format!("migrations = {:?}", self.named),
            other => format!("migrations = {:?}, runner = {other}", self.named),
        }
    }

    pub(super) fn is_ours(&self) -> bool {
        self.runner == Runner::Tablature
    }

    /// What differs between the schema that the migrations of the folder lead to and the one that was read; nothing where
    /// there are none.
    pub(super) fn differences(&self, read: &Read) -> Result<Vec<Change>, Failure> {
        if self.existing.is_empty() {
            return Ok(Vec::new());
        }
        let db = replayed(&self.existing, self.runner)?;
        let from = without_histories(inspect(&db).map_err(Failure::error)?);
        Ok(told(&diff(&from, &read.schema), &from, &read.schema))
    }

    /// Structs beside migrations that do not lead to them would be a program that does not fit its files.
    pub(super) fn agrees(&self, command: &Pull, read: &Read) -> Result<(), Failure> {
        let differences = self.differences(read)?;
        if differences.is_empty() {
            return Ok(());
        }
        let (folder, source) = (self.shown(), &command.source);
        let mut text =
            format!("the migrations in `{folder}` lead to another schema; in `{source}`\n");
        for change in differences.iter().take(FEW) {
            let _ = writeln!(text, "  {change}");
        }
        if differences.len() > FEW {
            let _ = writeln!(text, "  and {} more", differences.len() - FEW);
        }
        let diff = format!("cargo tablature diff {folder} {source}");
        let _ = write!(
            text,
            "nothing was written; bring the database to the migrations, or add the migration that `{diff} --print up` prints, or name another folder with `--migrations`"
        );
        Err(Failure::Refused(text))
    }

    /// The folder, from here.
    pub(super) fn shown(&self) -> String {
        let here = std::env::current_dir().unwrap_or_default();
        let folder = self.folder.strip_prefix(here).unwrap_or(&self.folder);
        folder.display().to_string()
    }

    /// Whether there is a database, with a history of ours.
    pub(super) fn can_mark(&self, command: &Pull) -> Result<(), Failure> {
        let source = Path::new(&command.source);
        let is_script = source
            .extension()
            .is_some_and(|it| it.eq_ignore_ascii_case("sql"));
        if source.is_dir() || is_script {
            return Err(Failure::Refused(format!(
                "`{}` is no database, and has no history; leave out `--baseline`",
                command.source
            )));
        }
        if !self.is_ours() {
            return Err(Failure::Refused(format!(
                "the history is {}'s to write; leave out `--baseline`",
                self.runner
            )));
        }
        Ok(())
    }

    /// Writes into the database's history that it has had the migrations.
    pub(super) fn mark(&self, command: &Pull) -> Result<(), Failure> {
        let migrations = migrations::read(&self.folder, self.runner).map_err(Failure::error)?;
        let newest = migrations.iter().map(|it| it.version).max();
        let mut db = database::existing(Path::new(&command.source))?;
        migrations::baseline(&mut db, &migrations, newest.unwrap_or_default())?;
        Ok(())
    }

    /// Writes the structs; and the first migration and `schema.sql`, where they are not there.
    pub(super) fn write(
        &self,
        command: &Pull,
        out: &Path,
        text: &str,
        read: &Read,
        pulled: &Pulled,
    ) -> Result<Vec<PathBuf>, Failure> {
        if out.exists() && !command.force {
            return Err(Failure::Refused(format!(
                "`{}` exists; name another file, or write over it with `--force`",
                out.display()
            )));
        }
        let mut written = Vec::new();
        let mut listed: Vec<(String, String)> = self
            .existing
            .iter()
            .map(|it| (it.stem.clone(), it.checksum()))
            .collect();
        if self.existing.is_empty() {
            let version = next_version(self.runner, &[], SystemTime::now());
            let (up, _) = file_names(&self.folder, self.runner, version, "initial");
            let script = self.script(command, read);
            write_file(&up, &script)?;
            listed.push((stem(&up), checksum(&script)));
            written.push(up);
        }
        write_file(out, text)?;
        written.insert(0, out.to_owned());
        let recorded = self.folder.with_file_name("schema.sql");
        if !recorded.exists() || command.force {
            write_file(&recorded, &record(pulled, &listed))?;
            written.push(recorded);
        }
        Ok(written)
    }

    /// A database may have what no proof accepts, as a foreign key to a column that is not unique: it is as it is.
    fn script(&self, command: &Pull, read: &Read) -> String {
        let source = Path::new(&command.source).file_name().unwrap_or_default();
        let head = format!(
            "-- The schema of {}, as it was when it was pulled.\n",
            source.to_string_lossy().escape_debug()
        );
        let body = statements(read);
        let proved = prove_scripts(
            (&Schema::default(), &read.schema),
            &body,
            None,
            &Hints::default(),
            Target::new(self.runner),
        );
        match proved {
            Ok(_) => format!("{head}{body}"),
            Err(error) => {
                let why = error.to_string();
                let why = why.lines().next().unwrap_or_default();
                format!(
                    "{head}-- It cannot be proved: {why}.\n-- tablature: allow unproved\n{body}"
                )
            }
        }
    }
}

fn record(pulled: &Pulled, listed: &[(String, String)]) -> String {
    let ddl: Vec<(&str, &str, String)> = pulled
        .structs
        .iter()
        .map(|it| (it.table.as_str(), it.ident.as_str(), declared::ddl(it)))
        .collect();
    let tables: Vec<(&str, &str, &str)> = ddl
        .iter()
        .map(|(table, ident, ddl)| (*table, *ident, ddl.as_str()))
        .collect();
    let listed: Vec<(&str, &str)> = listed
        .iter()
        .map(|(stem, checksum)| (stem.as_str(), checksum.as_str()))
        .collect();
    migrations::record(&tables, &listed)
}

/// Every statement in its own words; what cannot run here as a comment.
fn statements(read: &Read) -> String {
    let mut text = String::new();
    for statement in read.schema.statements() {
        let _ = write!(text, "\n{};\n", statement.trim_end().trim_end_matches(';'));
    }
    for it in &read.left_out {
        let _ = writeln!(text, "\n-- Left out: {}.", it.why);
        for line in it.sql.lines() {
            let _ = writeln!(text, "-- {line}");
        }
    }
    text
}
