use crate::failure::Failure;
use crate::next::Next;
use crate::project::Project;
use std::path::{Path, PathBuf};
use tablature::migrations::{Migration, checksum, file_names, stem};

/// Writes the files of new migrations, and `schema.sql` last: until then the crate does not compile with half of them.
pub(super) fn write(
    project: &Project,
    base: &[Migration],
    found: &[Next],
    amend: bool,
) -> Result<Vec<String>, Failure> {
    let mut written = Vec::new();
    let mut kept = Vec::new();
    for next in found {
        let (up, down) = paths(project, next);
        kept.push(up.clone());
        kept.extend(next.down.as_ref().map(|_| down.clone()));
        // The up comes last: a down without it is told, and an up without its down would go unnoticed.
        if let Some(text) = &next.down {
            put(&down, text)?;
        }
        put(&up, &next.up)?;
        written.push(project.shown(&up));
        written.extend(next.down.as_ref().map(|_| project.shown(&down)));
    }
    // Only now: until here, a failure leaves what was there.
    if amend {
        remove_except(project, &kept)?;
    }
    write_recorded(project, &record(project, base, found))?;
    written.push(project.shown(&project.recorded_path()));
    Ok(written)
}

/// Where the files of a migration are.
pub(super) fn paths(project: &Project, next: &Next) -> (PathBuf, PathBuf) {
    file_names(
        &project.folder,
        project.dump.runner,
        next.version,
        &next.name,
    )
}

/// The text of `schema.sql` after new migrations.
pub(super) fn record(project: &Project, base: &[Migration], found: &[Next]) -> String {
    let mut listed: Vec<(String, String)> = base
        .iter()
        .map(|it| (it.stem.clone(), it.checksum()))
        .collect();
    for next in found {
        let (up, _) = paths(project, next);
        listed.push((stem(&up), checksum(&next.up)));
    }
    let listed: Vec<(&str, &str)> = listed
        .iter()
        .map(|(stem, checksum)| (stem.as_str(), checksum.as_str()))
        .collect();
    let tables = project.dump.tables.iter();
    let tables: Vec<_> = tables
        .map(|it| (it.name.as_str(), it.row.as_str(), it.ddl.as_str()))
        .collect();
    tablature::migrations::record(&tables, &listed)
}

pub(super) fn write_recorded(project: &Project, text: &str) -> Result<(), Failure> {
    put(&project.recorded_path(), text)?;
    std::fs::create_dir_all(&project.folder).map_err(|error| failed(&project.folder, &error))
}

/// Takes the newest migration away, since those before it lead to the structs.
pub(super) fn remove(project: &Project, dry_run: bool) -> Result<Option<String>, Failure> {
    if !dry_run {
        remove_except(project, &[])?;
    }
    Ok(project.migrations.last().map(|it| it.stem.clone()))
}

/// Takes the files of the newest migration away, but for those that another has taken the place of.
fn remove_except(project: &Project, kept: &[PathBuf]) -> Result<(), Failure> {
    let files = project
        .migrations
        .last()
        .into_iter()
        .flat_map(|it| std::iter::once(&it.up_path).chain(&it.down_path));
    files
        .filter(|it| !kept.contains(it))
        .try_for_each(|it| take_away(it, &project.folder))
}

/// A migration that has a folder of its own takes it along with its last file.
fn take_away(path: &Path, folder: &Path) -> Result<(), Failure> {
    std::fs::remove_file(path).map_err(|error| {
        Failure::Error(format!("cannot take away `{}`: {error}", path.display()))
    })?;
    if let Some(own) = path.parent().filter(|it| it.parent() == Some(folder)) {
        // One that is not empty stays.
        let _ = std::fs::remove_dir(own);
    }
    Ok(())
}

/// Whole or not at all: a new file takes the place of the old one.
pub(crate) fn put(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    }
    let beside = path.with_extension("sql.new");
    std::fs::write(&beside, text)
        .and_then(|()| std::fs::rename(&beside, path))
        .map_err(|error| failed(path, &error))
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Error(format!("cannot write `{}`: {error}", path.display()))
}
