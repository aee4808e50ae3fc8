use super::exclusive::Orphans;
use super::preflight::Refusal;
use super::state::State;
use crate::sqlite::obstacle::{WRITABLE, told, way_on};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Why a database could not be migrated. It is as it was before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MigrateError {
    /// Foreign keys can only be switched outside a transaction.
    #[error("cannot migrate inside a transaction; end it first")]
    InTransaction,
    /// The files are for somebody else.
    #[error("the migrations of `{schema}` are run by {runner}; run them with it")]
    OtherRunner {
        /// The name of the static.
        schema: &'static str,
        /// Who runs them.
        runner: crate::migrations::Runner,
    },
    /// The history says another thing than the files.
    #[error(
        "migration `{stem}` was changed after it was applied: its checksum is {found}, the history has {recorded}; restore the file, and make a new migration for the change; or, if it does the same as before, take it with `repair`"
    )]
    Changed {
        /// The file's name without its endings.
        stem: String,
        /// Its number.
        version: i64,
        /// What the history has.
        recorded: String,
        /// What the file has.
        found: String,
    },
    /// Another migration has had this number.
    #[error(
        "the database has had another migration {version}, `{name}`, where this program has `{stem}`; undo it with a program that has it, or with `migrate_down_to`"
    )]
    Another {
        /// The file's name without its endings.
        stem: String,
        /// The number.
        version: i64,
        /// The name of the one that was applied.
        name: String,
    },
    /// A newer program has migrated the database.
    #[error(
        "the database is ahead: it has had {}, which this program does not know; run a newer one, or go back with `migrate_down_to({newest})`",
        named(.unknown)
    )]
    Ahead {
        /// The migrations that this program does not know.
        unknown: Vec<State>,
        /// The newest number that it knows.
        newest: i64,
    },
    /// A database is to be brought to a number that it has gone past.
    #[error(
        "the database is at {newest} already, after {version}; `migrate_down_to({version})` undoes what came after"
    )]
    Past {
        /// The number that was asked for.
        version: i64,
        /// The newest number that was applied.
        newest: i64,
    },
    /// There is no migration of that number.
    #[error("there is no migration {version}; {}", numbers(.known))]
    NoSuchVersion {
        /// The number that was asked for.
        version: i64,
        /// The numbers of all migrations.
        known: Vec<i64>,
    },
    /// A migration came in behind one that was applied already.
    #[error(
        "migration `{stem}` comes before {newest}, which was applied already; give it a number after {newest}"
    )]
    OutOfOrder {
        /// The file's name without its endings.
        stem: String,
        /// Its number.
        version: i64,
        /// The newest number that was applied.
        newest: i64,
    },
    /// A migration that is to be undone has no down.
    #[error("migration `{stem}` has no way back; write its down file, or restore a backup")]
    NoWayBack {
        /// The file's name without its endings.
        stem: String,
    },
    /// Some of the migrations that were made one have been applied, and not all.
    #[error(
        "the database stands at {version}, inside of what was made one migration in `{stem}`; migrate it first with a program from before that"
    )]
    PartlySquashed {
        /// The file's name without its endings.
        stem: String,
        /// The newest of its parts that was applied.
        version: i64,
    },
    /// A migration that is said to have been applied has not been.
    #[error(
        "the database is not as migration {version} leaves it: on the way there, {difference}; name the last migration that it has had, or change the database first"
    )]
    NotThere {
        /// The number that was named.
        version: i64,
        /// The first thing that differs, from the database to the migrations.
        difference: String,
    },
    /// Another tool has migrated the database so far.
    #[error(
        "the database was migrated by {tool} so far; `adopt` takes its history over, or let {tool} go on and name it as the runner"
    )]
    Foreign {
        /// Its name.
        tool: &'static str,
    },
    /// The database has tables and no history.
    #[error(
        "the database has tables already, and no history of migrations; `baseline` says which it has had, or `adopt`, if rusqlite_migration has counted them: {source}"
    )]
    Untracked {
        /// Why the first migration failed.
        source: Box<MigrateError>,
    },
    /// The schema cannot be read.
    #[error(transparent)]
    Inspect(#[from] crate::InspectError),
    /// A statement failed.
    #[error(
        "migration `{stem}` failed at statement {number}, `{statement}`: {}; the database is as it was: {}",
        brief(.source), advice(.source)
    )]
    Statement {
        /// The file's name without its endings.
        stem: String,
        /// Which statement, from 1.
        number: usize,
        /// Its first line.
        statement: String,
        /// What the database says.
        source: Box<rusqlite::Error>,
    },
    /// A file says what only the runner may say.
    #[error(
        "migration `{stem}` says `{word}`, but it is run in a transaction of all pending migrations with foreign keys off; take that statement away"
    )]
    Refused {
        /// The file's name without its endings.
        stem: String,
        /// The statement's first words.
        word: String,
    },
    /// New constraints would refuse rows that are there. Nothing was run.
    #[error("{}; nothing was run: mend the rows, or the file", lines(.refusals))]
    Rows {
        /// Which rows, by constraint.
        refusals: Vec<Refusal>,
    },
    /// The disk has too little space for a table that is copied. Nothing was run.
    #[error(
        "the migration copies a table of {} in `{}`, and the disk has {} left; make space, or switch the check off with `check_space`",
        bytes(*.needed), .path.display(), bytes(*.free)
    )]
    Space {
        /// The database.
        path: PathBuf,
        /// The bytes of the table.
        needed: u64,
        /// The bytes that are left.
        free: u64,
    },
    /// The backup before the migrations could not be made. Nothing was run.
    #[error("cannot back up the database into `{}`: {reason}; nothing was changed", .folder.display())]
    Backup {
        /// The folder of backups.
        folder: PathBuf,
        /// What the system or the database says.
        reason: String,
    },
    /// A temporary table has the name of one of the database. Nothing was changed.
    #[error(
        "the connection has a temporary `{table}`, which stands before the one of the database; drop it, or migrate with another connection"
    )]
    Shadowed {
        /// The table, or the view.
        table: String,
    },
    /// The callback has ended it.
    #[error("cancelled in migration `{stem}`; the database is as it was")]
    Cancelled {
        /// The file's name without its endings.
        stem: String,
    },
    /// A function beside a migration fails.
    #[error("the hook of migration `{stem}` failed: {source}; the database is as it was")]
    Hook {
        /// The file's name without its endings.
        stem: String,
        /// What it says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A function beside a migration has changed the schema.
    #[error(
        "the hook of migration `{stem}` changes the schema, which the command line would not see; say that in the file, and let the hook change rows alone"
    )]
    HookChangedSchema {
        /// The file's name without its endings.
        stem: String,
    },
    /// A function beside a migration has ended the transaction, or a statement in it has. The history does not have the
    /// migration; what was committed stays.
    #[error(
        "the hook of migration `{stem}` ended the transaction that it runs in, with COMMIT, ROLLBACK or a statement `OR ROLLBACK`; the history does not have the migration, and what was committed stays: look at the rows, and take that statement out of the hook"
    )]
    HookEndedTransaction {
        /// The file's name without its endings.
        stem: String,
    },
    /// The way back needs a function that this program does not have.
    #[error(
        "migration `{stem}` goes back with a hook of the program that applied it; undo it with that program"
    )]
    NoHook {
        /// The file's name without its endings.
        stem: String,
    },
    /// After the migrations, rows refer to rows that are not there.
    #[error(
        "after the migrations, rows of `{table}` refer to rows of `{parent}` that are not there, {rows} in all; delete or mend them in the migration"
    )]
    ForeignKeys {
        /// The table of the rows.
        table: String,
        /// The table that they refer to.
        parent: String,
        /// How many there are.
        rows: i64,
    },
    /// The database cannot be written. Nothing was run.
    #[error(
        "the database is read-only, and {} pending; nothing was run: {}",
        are(.pending), writable(*.query_only)
    )]
    ReadOnly {
        /// The migrations that are still to come.
        pending: Vec<State>,
        /// Whether `PRAGMA query_only` says so, and not the file or the flags of the connection.
        query_only: bool,
    },
    /// The history cannot be read or written, or the transaction cannot begin or end.
    #[error("cannot migrate: {}", told(.0))]
    Sqlite(#[from] rusqlite::Error),
}

impl From<Orphans> for MigrateError {
    fn from(orphans: Orphans) -> Self {
        let Orphans {
            table,
            parent,
            rows,
        } = orphans;
        Self::ForeignKeys {
            table,
            parent,
            rows,
        }
    }
}

/// What the database says, without the whole file that it has read.
fn brief(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

/// Each by its number and name.
fn named(migrations: &[State]) -> String {
    let mut text = String::new();
    for State { version, name, .. } in migrations {
        let comma = if text.is_empty() { "" } else { ", " };
        let _ = write!(text, "{comma}migration {version:04} `{name}`");
    }
    text
}

fn are(migrations: &[State]) -> String {
    let verb = if migrations.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", named(migrations))
}

fn writable(query_only: bool) -> &'static str {
    if query_only {
        "switch `PRAGMA query_only` off"
    } else {
        WRITABLE
    }
}

fn numbers(known: &[i64]) -> String {
    match (known.first(), known.last()) {
        (Some(first), Some(last)) => {
            format!("they go from {first} to {last}, and 0 is before all of them")
        }
        _ => "there are none yet".to_owned(),
    }
}

fn lines(refusals: &[Refusal]) -> String {
    let lines: Vec<String> = refusals.iter().map(ToString::to_string).collect();
    lines.join("; ")
}

fn bytes(count: u64) -> String {
    match count {
        0..10_000 => format!("{count} bytes"),
        10_000..10_000_000 => format!("{} kB", count / 1000),
        _ => format!("{} MB", count / 1_000_000),
    }
}

/// A file that may not be written is no fault of the migration. What is there already was mostly made by `push`, of which the history knows nothing.
fn advice(source: &rusqlite::Error) -> &'static str {
    if let Some(way_on) = way_on(source) {
        return way_on;
    }
    let said = source.to_string();
    if said.contains("duplicate column name") || said.contains(" already exists") {
        "mend the file, or, if `push` has brought the database here, write that into the history with `baseline`"
    } else {
        "mend the file, or the rows that it cannot take"
    }
}
