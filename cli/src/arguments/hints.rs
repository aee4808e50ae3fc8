use clap::{Args, ValueEnum};
use tablature::plan::{BadHint, Hints, Orphans};
use tablature::schema::{Expression, Schema, same_name};

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
        let values = self.backfill.iter().chain(&self.using);
        values.into_iter().try_for_each(|it| hints.backfill(it))?;
        self.map.iter().try_for_each(|it| hints.map(it))?;
        self.allow.iter().try_for_each(|it| hints.allow(it))?;
        if self.orphans == OrphansArgument::Follow {
            hints.orphans = Orphans::Follow;
        }
        Ok(())
    }

    /// The hints for a change. A backfill fills: where the column was there before, only NULL gives way, unless the
    /// expression says itself what becomes of the old value.
    pub(crate) fn over(&self, from: &Schema, to: &Schema) -> Result<Hints, BadHint> {
        let mut hints = Hints::default();
        self.read(&mut hints)?;
        for given in &self.backfill {
            if let Some(filling) = filling(given, &hints, from, to) {
                hints.backfill(&filling)?;
            }
        }
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

fn filling(given: &str, hints: &Hints, from: &Schema, to: &Schema) -> Option<String> {
    let (place, expression) = given.split_once('=')?;
    let (table, column) = place.split_once('.')?;
    let (table, column) = (plain(table), plain(column));
    let new_table = hints
        .renamed_tables()
        .iter()
        .find(|(old, _)| same_name(old, &table))
        .map_or(table.as_str(), |(_, new)| new);
    let old_table = hints
        .renamed_tables()
        .iter()
        .find(|(_, new)| same_name(new, &table))
        .map_or(table.as_str(), |(old, _)| old);
    let old_column = hints
        .renamed_columns()
        .iter()
        .find(|(of, _, new)| {
            (same_name(of, old_table) || same_name(of, new_table)) && same_name(new, &column)
        })
        .map_or(column.as_str(), |(_, old, _)| old);
    let (old_table, new_table) = (from.table(old_table)?, to.table(new_table)?);
    let (old, new) = (old_table.column(old_column)?, new_table.column(&column)?);
    let becomes_required = !old_table.refuses_null(old) && new_table.refuses_null(new);
    let retyped = !old.declared_type.eq_ignore_ascii_case(&new.declared_type);
    let said = Expression::new(expression);
    if !becomes_required || retyped || said.mentions(&old.name) || said.mentions(&new.name) {
        return None;
    }
    let name = old.name.replace('"', "\"\"");
    Some(format!(
        "{place}=COALESCE(\"{name}\", {})",
        expression.trim()
    ))
}

/// A name without its quotes.
fn plain(name: &str) -> String {
    let token = Expression::new(name.trim()).tokens().first().cloned();
    token.unwrap_or_default()
}
