use crate::failure::Failure;
use crate::history;
use crate::project::Project;
use std::path::Path;
use tablature::migrations::{Migration, checksum, squashes};

/// What is on the base branch may have been applied: it stays as it is, and new numbers come after it.
pub(super) fn compare(
    project: &Project,
    branch: &str,
    findings: &mut Vec<String>,
) -> Result<(), Failure> {
    let Some(names) = history::names_on(&project.folder, branch) else {
        return Err(Failure::Error(format!(
            "cannot read the migrations on `{branch}`; is it a branch of this repository?"
        )));
    };
    let mut newest: Option<&Migration> = None;
    for name in names.iter().filter(|it| is_up(Path::new(it))) {
        let path = project.folder.join(name);
        let Some(theirs) = history::text_on(&path, branch) else {
            continue;
        };
        match project.migrations.iter().find(|it| it.up_path == path) {
            None if went_into_one(project, &checksum(&theirs)) => {}
            None => findings.push(format!(
                "`{name}` is on `{branch}` and not here; restore it"
            )),
            Some(ours) => {
                newest = newest.max_by_version(ours);
                let (theirs, found) = (checksum(&theirs), ours.checksum());
                if theirs != found {
                    findings.push(format!("`{name}` is another than on `{branch}`: its checksum is {found}, there it is {theirs}; restore it, and make a new migration for the change"));
                }
            }
        }
    }
    for migration in &project.migrations {
        let new = !names
            .iter()
            .any(|name| project.folder.join(name) == migration.up_path);
        if let Some(newest) = newest.filter(|newest| new && migration.version < newest.version) {
            findings.push(format!("`{}` is new and comes before `{}`, which is on `{branch}`; give it a number after it", migration.stem, newest.stem));
        }
    }
    Ok(())
}

trait Newest<'a> {
    fn max_by_version(self, other: &'a Migration) -> Option<&'a Migration>;
}

impl<'a> Newest<'a> for Option<&'a Migration> {
    fn max_by_version(self, other: &'a Migration) -> Option<&'a Migration> {
        match self {
            Some(newest) if newest.version >= other.version => Some(newest),
            _ => Some(other),
        }
    }
}

/// Whether `squash` has made a migration of others, of which this was one.
fn went_into_one(project: &Project, checksum: &str) -> bool {
    let mut parts = project.migrations.iter().flat_map(|it| squashes(&it.up));
    parts.any(|(_, part)| part == checksum)
}

fn is_up(path: &Path) -> bool {
    let is_sql = path.extension().is_some_and(|it| it == "sql");
    is_sql
        && path
            .file_stem()
            .is_none_or(|it| Path::new(it).extension().is_none_or(|it| it != "down"))
}
