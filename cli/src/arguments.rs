use clap::{Args, Parser, Subcommand, ValueEnum};
use tablature::migrations::Runner;
use tablature::plan::{BadHint, Hints, Orphans, Target, Version};

/// Cargo gives its own name for the command as the first argument.
#[derive(Debug, Parser)]
#[command(name = "cargo", bin_name = "cargo")]
pub(crate) enum Cargo {
    Tablature(Tablature),
}

/// Your structs are the schema: writes, proves and runs its migrations.
#[derive(Args, Debug)]
#[command(version)]
pub(crate) struct Tablature {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Diff(Diff),
}

/// Shows what leads from one schema to another.
#[derive(Args, Debug)]
pub(crate) struct Diff {
    /// Where it starts: a `.sql` file, a database file, or a migrations folder.
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
    /// Prints a report for other programs.
    #[arg(long, conflicts_with = "print")]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Direction {
    Up,
    Down,
}

/// Who runs the migration, and where.
#[derive(Args, Clone, Debug)]
pub(crate) struct TargetArguments {
    /// Who executes the files: `tablature`, `refinery`, `sqlx` or `d1`.
    #[arg(long)]
    pub(crate) runner: Option<Runner>,
    /// The oldest SQLite that has to run them: `3.45`.
    #[arg(long, value_name = "VERSION")]
    pub(crate) sqlite: Option<Version>,
}

/// What only the author of a change knows.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct HintArguments {
    /// A table or column has another name: `posts.body=text`, `posts=articles`.
    #[arg(long, value_name = "OLD=NEW")]
    pub(crate) rename: Vec<String>,
    /// The value of a column for the rows that exist: `posts.slug=lower(title)`.
    #[arg(long, value_name = "TABLE.COLUMN=SQL")]
    pub(crate) backfill: Vec<String>,
    /// How the values of a column become those of another type: `posts.age=CAST(age AS INTEGER)`.
    #[arg(long, value_name = "TABLE.COLUMN=SQL")]
    pub(crate) using: Vec<String>,
    /// A stored value that becomes another: `posts.status:live=published`.
    #[arg(long, value_name = "TABLE.COLUMN:OLD=NEW")]
    pub(crate) map: Vec<String>,
    /// Agrees to a loss: `drop:posts`, `drop:posts.body`, `discard:posts`, or `all`.
    #[arg(long, value_name = "HAZARD")]
    pub(crate) allow: Vec<String>,
    /// What becomes of rows that break a new foreign key.
    #[arg(long, value_enum, default_value_t = OrphansArgument::Fail)]
    pub(crate) orphans: OrphansArgument,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum OrphansArgument {
    /// The migration fails.
    #[default]
    Fail,
    /// They follow its ON DELETE action.
    Follow,
}

impl TargetArguments {
    pub(crate) fn target(&self, runner: Runner, version: Option<Version>) -> Target {
        let target = Target::new(self.runner.unwrap_or(runner));
        match self.sqlite.or(version) {
            Some(version) => target.version(version),
            None => target,
        }
    }
}

impl HintArguments {
    pub(crate) fn read(&self, hints: &mut Hints) -> Result<(), BadHint> {
        self.rename.iter().try_for_each(|it| hints.rename(it))?;
        self.backfill.iter().try_for_each(|it| hints.backfill(it))?;
        self.using.iter().try_for_each(|it| hints.backfill(it))?;
        self.map.iter().try_for_each(|it| hints.map(it))?;
        self.allow.iter().try_for_each(|it| hints.allow(it))?;
        hints.orphans = match self.orphans {
            OrphansArgument::Fail => Orphans::Fail,
            OrphansArgument::Follow => Orphans::Follow,
        };
        Ok(())
    }
}
