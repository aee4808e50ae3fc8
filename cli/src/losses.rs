use crate::failure::Failure;
use crate::project::Project;
use tablature::Connection;
use tablature::migrations;
use tablature::plan::Hints;

/// Refuses to undo migrations as long as rows or values would go, or become others, and nobody has agreed.
pub(crate) fn agreed(
    project: &Project,
    db: &Connection,
    count: usize,
    allow: &[String],
) -> Result<(), Failure> {
    let mut hints = Hints::default();
    allow.iter().try_for_each(|it| hints.allow(it))?;
    let losses = migrations::losses(db, &project.migrations, count)?;
    let refused: Vec<String> = losses
        .iter()
        .filter(|it| !hints.allows(&it.agreement()))
        .map(|it| {
            let verb = match &it.becomes {
                _ if it.converted => "leaves",
                Some(_) => "changes",
                None => "drops",
            };
            format!("down {verb} {it}; agree with `--allow {}`", it.agreement())
        })
        .collect();
    if refused.is_empty() {
        Ok(())
    } else {
        Err(Failure::Refused(refused.join("\n")))
    }
}
