use crate::arguments::{HintArguments, Purge};
use crate::failure::Failure;
use crate::generate::{tell, write_all};
use crate::next::{Next, Way, schema_after};
use crate::project::Project;
use crate::terminal::print;
use tablature::plan::archives_of;
use tablature::schema::same_name;

/// The end of what `generate --keep` has kept.
pub(crate) fn run(command: &Purge) -> Result<(), Failure> {
    let project = Project::load(&command.package)?;
    let from = schema_after(&project.migrations, project.dump.runner)?;
    let kept: Vec<String> = archives_of(&from).map(|it| it.name.clone()).collect();
    if kept.is_empty() {
        return print("nothing is kept\n");
    }
    let mut to = from.clone();
    let stays = |table: &str| !kept.iter().any(|it| same_name(it, table));
    to.tables.retain(|table| stays(&table.name));
    to.indexes.retain(|index| stays(&index.table));
    let goes = |name: &str| kept.iter().any(|it| name == format!("{it}_delete"));
    to.triggers.retain(|trigger| !goes(&trigger.name));
    let hints = HintArguments {
        allow: kept.iter().map(|it| format!("drop:{it}")).collect(),
        ..HintArguments::default()
    };
    let target = project.target()?;
    let way = Way {
        from,
        to,
        target,
        hints,
    };
    let next = Next::plan(way, &project.migrations, Some("purge_kept"), false)?;
    let found: Vec<Next> = next.into_iter().collect();
    tell(&found)?;
    if command.dry_run {
        return Ok(());
    }
    for path in write_all(&project, &found)? {
        print(&format!("wrote {path}\n"))?;
    }
    Ok(())
}
