mod hints;

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use tablature::migrations::Runner;
use tablature::plan::{Target, Version};

pub(crate) use hints::HintArguments;

/// Cargo gives its own name for the command as the first argument.
#[derive(Debug, Parser)]
#[command(name = "cargo", bin_name = "cargo")]
pub(crate) enum Cargo {
    Tablature(Tablature),
}

/// Your structs are the schema: writes, proves and runs its migrations.
#[derive(Args, Debug)]
#[command(version, after_help = EXIT_CODES)]
pub(crate) struct Tablature {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done, or nothing to do
  1  a check has found something, or something failed
  2  refused: an answer or an agreement is missing, and nothing was written";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(Init),
    Generate(Generate),
    Check(Check),
    Explain(Explain),
    /// Lists the migrations, and which of them a database has had.
    Status(Database),
    /// Applies all pending migrations to a database, or none.
    Up(Database),
    Down(Down),
    /// Undoes the newest migration of a database and applies it again, as its file is now.
    Redo(Redo),
    Rehearse(Rehearse),
    Diff(Diff),
    Show(Show),
    Squash(Squash),
    Purge(Purge),
    Pull(Pull),
    Baseline(Baseline),
    /// Takes over the history that another runner has left in a database.
    ///
    /// What refinery, sqlx, `rusqlite_migration`, wrangler or diesel have applied counts as applied. Nothing is run; the
    /// database must be as those migrations leave it.
    Adopt(Database),
    /// Takes the files as they are now for what a database has had, where only their text has changed.
    ///
    /// Nothing is run; the database must be as the files leave it. What they do to rows is not compared: look at it first.
    Repair(Database),
    /// Lists the hazards by their codes.
    Hazards,
}

/// Makes the folder of migrations, and says what to write in the crate.
#[derive(Args, Debug)]
pub(crate) struct Init {
    #[command(flatten)]
    pub(crate) package: PackageArguments,
    /// Who executes the files: `tablature`, `refinery`, `sqlx`, `d1`, `diesel` or `rusqlite_migration`; by default whose names the files have.
    #[arg(long)]
    pub(crate) runner: Option<Runner>,
    /// The folder, from the folder of the crate.
    #[arg(long, default_value = "migrations")]
    pub(crate) migrations: String,
}

/// Writes the migration that leads to the structs, proved, and `schema.sql`.
#[derive(Args, Debug)]
pub(crate) struct Generate {
    /// Its name; by default it is made of the changes.
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) package: PackageArguments,
    #[command(flatten)]
    pub(crate) hints: HintArguments,
    /// Shows what would be written, and writes nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Writes the newest migration anew instead of one behind it.
    #[arg(long)]
    pub(crate) amend: bool,
    /// Writes a migration for each table that changes.
    #[arg(long)]
    pub(crate) split: bool,
    /// Keeps what is dropped in tables of its own, from which `down` brings it back; `purge` ends that.
    #[arg(long, conflicts_with = "split")]
    pub(crate) keep: bool,
    /// Prints a report for other programs.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Checks a crate, for CI: drift, replay, proof of each migration, and the SQL in the sources.
///
/// SQL in literals, constants and included files that is given to rusqlite's methods is prepared on the replayed
/// migrations, and its arguments are counted. What is put together at run time is listed as not checked. A comment
/// `// tablature: allow REASON` above a call silences it.
#[derive(Args, Debug)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) package: PackageArguments,
    /// Lists all SQL that could not be checked, not only the first ten.
    #[arg(long)]
    pub(crate) list: bool,
    /// The branch whose migrations must be here unchanged.
    #[arg(long, value_name = "BRANCH")]
    pub(crate) base: Option<String>,
    /// Prints a report for other programs.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Says which SQL in the sources wants an index, and which foreign keys have none.
///
/// Told are: a scan of a table whose rows a condition chooses; a scan that is repeated for each row of another table; a
/// sort by columns of a table. The index to write has been tried; where none helps, it is a note, and no failure. Nothing
/// is said of a statement that asks for all rows. How many rows a table will have is not known here: where they are few, a
/// comment `// tablature: allow REASON` above the call silences it.
#[derive(Args, Debug)]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(crate) package: PackageArguments,
    /// Prints the plan of every statement.
    #[arg(long, conflicts_with = "json")]
    pub(crate) plans: bool,
    /// Lists all SQL that could not be read, not only the first ten.
    #[arg(long)]
    pub(crate) list: bool,
    /// Prints a report for other programs.
    #[arg(long)]
    pub(crate) json: bool,
}

/// A database that our runner migrates.
#[derive(Args, Debug)]
pub(crate) struct Database {
    /// The database file.
    #[arg(value_name = "DATABASE")]
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) package: PackageArguments,
    /// Prints a report for other programs.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Undoes the newest migration of a database.
#[derive(Args, Debug)]
pub(crate) struct Down {
    #[command(flatten)]
    pub(crate) database: Database,
    /// How many migrations.
    #[arg(long, default_value_t = 1)]
    pub(crate) count: usize,
    /// Agrees to a loss or a change: `drop:posts`, `drop:posts.body`, `convert:posts.views`, or `all`.
    #[arg(long, value_name = "HAZARD")]
    pub(crate) allow: Vec<String>,
}

/// Undoes the newest migration of a database, and applies it as its file is now.
#[derive(Args, Debug)]
pub(crate) struct Redo {
    #[command(flatten)]
    pub(crate) database: Database,
    /// Agrees to a loss or a change: `drop:posts`, `drop:posts.body`, `convert:posts.views`, or `all`.
    #[arg(long, value_name = "HAZARD")]
    pub(crate) allow: Vec<String>,
}

/// Runs the pending migrations on a copy of a database, which is only read: how long each statement takes, the rows before
/// and after, the space, and what would fail.
#[derive(Args, Debug)]
pub(crate) struct Rehearse {
    #[command(flatten)]
    pub(crate) database: Database,
    /// The folder for the copy; by default the system's for such files.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) scratch: Option<PathBuf>,
}

/// Prints the schema of the structs, or of a source, as SQL.
#[derive(Args, Debug)]
pub(crate) struct Show {
    /// A `.sql` file, a database file, a migrations folder, or `structs`.
    #[arg(default_value = "structs")]
    pub(crate) source: String,
    #[command(flatten)]
    pub(crate) package: PackageArguments,
}

/// Makes one migration of the oldest ones, proved to be equal.
#[derive(Args, Debug)]
pub(crate) struct Squash {
    /// The last version that goes into it; by default the newest.
    #[arg(long, value_name = "VERSION")]
    pub(crate) through: Option<i64>,
    #[command(flatten)]
    pub(crate) package: PackageArguments,
    /// Prints what would be written, and writes nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Writes the migration that drops what `generate --keep` has kept.
#[derive(Args, Debug)]
pub(crate) struct Purge {
    #[command(flatten)]
    pub(crate) package: PackageArguments,
    /// Prints what would be written, and writes nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Writes structs from a database, proved to make the same tables, and its first migration.
#[derive(Args, Debug)]
pub(crate) struct Pull {
    /// A database file, a `.sql` file, or a migrations folder.
    pub(crate) source: String,
    /// The file for the structs; without it they are printed, and nothing is written.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Writes over a file that exists.
    #[arg(long)]
    pub(crate) force: bool,
    /// Tells the database, too, that it has had the migrations.
    #[arg(long, requires = "out")]
    pub(crate) baseline: bool,
    /// Who executes the migrations: `tablature`, `refinery`, `sqlx`, `d1`, `diesel` or `rusqlite_migration`; by default whose names the files have.
    #[arg(long)]
    pub(crate) runner: Option<Runner>,
    /// The folder of migrations, from the folder of the crate.
    #[arg(long, default_value = "migrations")]
    pub(crate) migrations: String,
    #[command(flatten)]
    pub(crate) package: PackageArguments,
    /// Prints a report for other programs.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Tells a database that it has had migrations already, without running them; it must be as they leave it.
#[derive(Args, Debug)]
pub(crate) struct Baseline {
    #[command(flatten)]
    pub(crate) database: Database,
    /// The last version that it has had; by default the newest.
    #[arg(long, value_name = "VERSION")]
    pub(crate) through: Option<i64>,
}

/// Shows what leads from one schema to another.
#[derive(Args, Debug)]
pub(crate) struct Diff {
    /// Where it starts: a `.sql` file, a database file, a migrations folder, or `structs`.
    pub(crate) from: String,
    /// Where it ends: the same.
    pub(crate) to: String,
    /// Prints the SQL of one direction alone.
    #[arg(long, value_name = "DIRECTION")]
    pub(crate) print: Option<Direction>,
    #[command(flatten)]
    pub(crate) target: TargetArguments,
    #[command(flatten)]
    pub(crate) hints: HintArguments,
    #[command(flatten)]
    pub(crate) package: PackageArguments,
    /// Prints a report for other programs.
    #[arg(long, conflicts_with = "print")]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Direction {
    Up,
    Down,
}

/// Which crate, and how cargo compiles it.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct PackageArguments {
    /// The package with the schema.
    #[arg(short, long)]
    pub(crate) package: Option<String>,
    /// The static that `schema!` makes, where there are several.
    #[arg(long)]
    pub(crate) schema: Option<String>,
    /// The package's `Cargo.toml`.
    #[arg(long)]
    pub(crate) manifest_path: Option<PathBuf>,
    /// Features to switch on.
    #[arg(long)]
    pub(crate) features: Vec<String>,
    /// Switches all features on.
    #[arg(long)]
    pub(crate) all_features: bool,
    /// Switches the default features off.
    #[arg(long)]
    pub(crate) no_default_features: bool,
    /// Compiles without the network.
    #[arg(long)]
    pub(crate) offline: bool,
}

/// Who runs the migration, and where.
#[derive(Args, Clone, Debug)]
pub(crate) struct TargetArguments {
    /// Who executes the files: `tablature`, `refinery`, `sqlx`, `d1`, `diesel` or `rusqlite_migration`.
    #[arg(long)]
    pub(crate) runner: Option<Runner>,
    /// The oldest SQLite that has to run them: `3.45`.
    #[arg(long, value_name = "VERSION")]
    pub(crate) sqlite: Option<Version>,
}

impl TargetArguments {
    pub(crate) fn target(&self) -> Target {
        let target = Target::new(self.runner.unwrap_or_default());
        match self.sqlite {
            Some(version) => target.version(version),
            None => target,
        }
    }
}
