use clap::{Args, ValueEnum};
use tablature::plan::{BadHint, Hints, Orphans};

/// What only the author of a change knows.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct HintArguments {
    /// A table or column has another name: `posts.body=text`, `posts=articles`.
    #[arg(long, value_name = "OLD=NEW")]
    pub(crate) rename: Vec<String>,
    /// The value of a column for the rows that have none: `posts.slug=lower(title)`.
    #[arg(long, value_name = "TABLE.COLUMN=SQL")]
    pub(crate) backfill: Vec<String>,
    /// How the values of a column become those of another type: `posts.age=CAST(age AS INTEGER)`.
    #[arg(long, value_name = "TABLE.COLUMN=SQL")]
    pub(crate) using: Vec<String>,
    /// A stored value that becomes another: `posts.status:live=published`.
    #[arg(long, value_name = "TABLE.COLUMN:OLD=NEW")]
    pub(crate) map: Vec<String>,
    /// Agrees to a loss or a change: `drop:posts`, `drop:posts.body`, `discard:posts`, `convert:posts.views`, or `all`.
    #[arg(long, value_name = "HAZARD")]
    pub(crate) allow: Vec<String>,
    /// What becomes of rows that break a new foreign key.
    #[arg(long, value_enum, default_value_t = OrphansArgument::Fail)]
    pub(crate) orphans: OrphansArgument,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum OrphansArgument {
    /// The migration fails.
    #[default]
    Fail,
    /// They follow its ON DELETE action.
    Follow,
}

/// What stands before a hint in a migration's file, where it is kept for those who check it.
const COMMENT: &str = "-- tablature: ";

impl HintArguments {
    pub(crate) fn read(&self, hints: &mut Hints) -> Result<(), BadHint> {
        self.rename.iter().try_for_each(|it| hints.rename(it))?;
        self.backfill.iter().try_for_each(|it| hints.backfill(it))?;
        self.using.iter().try_for_each(|it| hints.using(it))?;
        self.map.iter().try_for_each(|it| hints.map(it))?;
        self.allow.iter().try_for_each(|it| hints.allow(it))?;
        if self.orphans == OrphansArgument::Follow {
            hints.orphans = Orphans::Follow;
        }
        Ok(())
    }

    pub(crate) fn hints(&self) -> Result<Hints, BadHint> {
        let mut hints = Hints::default();
        self.read(&mut hints)?;
        Ok(hints)
    }

    /// The hints as comments of a migration.
    pub(crate) fn comments(&self) -> String {
        let kinds = [
            ("rename", &self.rename),
            ("backfill", &self.backfill),
            ("using", &self.using),
            ("map", &self.map),
            ("allow", &self.allow),
        ];
        let mut text = String::new();
        for (kind, hints) in kinds {
            for hint in hints {
                let hint = hint.replace(['\n', '\r'], " ");
                text.extend([COMMENT, kind, " ", hint.as_str(), "\n"]);
            }
        }
        if self.orphans == OrphansArgument::Follow {
            text.extend([COMMENT, "orphans follow\n"]);
        }
        text
    }
}
