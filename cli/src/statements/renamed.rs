use crate::project::Project;
use tablature::plan::Hints;

/// What the migrations have renamed, the newest first: the old name as a message has it, and what to say.
pub(super) struct Renamed(Vec<(String, String)>);

impl Renamed {
    pub(super) fn of(project: &Project) -> Self {
        let mut names = Vec::new();
        for migration in project.migrations.iter().rev() {
            let hints = Hints::of_comments(&migration.up);
            let stem = &migration.stem;
            for (old, new) in hints.renamed_tables() {
                names.push((
                    format!("no table `{old}`"),
                    format!("it is called `{new}` since `{stem}`"),
                ));
            }
            for (table, old, new) in hints.renamed_columns() {
                names.push((
                    format!("no column `{old}` in `{table}`"),
                    format!("it is called `{new}` since `{stem}`"),
                ));
            }
        }
        Self(names)
    }

    /// The message, and the new name in place of a guess.
    pub(super) fn told(&self, message: &str) -> Option<String> {
        let (what, new) = self
            .0
            .iter()
            .find(|(old, _)| message.to_lowercase().starts_with(&old.to_lowercase()))?;
        Some(format!("{}; {new}", &message[..what.len()]))
    }
}
