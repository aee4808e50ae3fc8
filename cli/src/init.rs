use crate::arguments::Init;
use crate::failure::Failure;
use crate::project::Package;
use crate::source;
use crate::terminal::show;
use std::path::Path;
use tablature::migrations::{self, Runner};

/// Makes the folder, so that `generate` has where to write, and shows the lines that the crate needs.
pub(crate) fn run(command: &Init) -> Result<(), Failure> {
    let package = Package::find(&command.package)?;
    let folder = package.folder.join(&command.migrations);
    let made = !folder.is_dir();
    std::fs::create_dir_all(&folder)
        .map_err(|error| Failure::Error(format!("cannot make `{}`: {error}", folder.display())))?;
    let (runner, found) = match command.runner {
        Some(runner) => {
            let found = migrations::read(&folder, runner).map_err(Failure::error)?;
            (runner, found.len())
        }
        None => recognised(&folder)?,
    };
    let argument = match runner {
        Runner::Tablature => String::new(),
        other => format!(", runner = {other}"),
    };
    let state = match (made, found) {
        (true, _) => "made".to_owned(),
        (false, 0) => "found".to_owned(),
        (false, 1) => format!("found a migration of {runner} in"),
        (false, count) => format!("found {count} migrations of {runner} in"),
    };
    let journal = folder.join("meta/_journal.json").is_file();
    let drizzle = if journal {
        "drizzle's journal does not know what `generate` adds: wrangler applies the files by their names, drizzle's own migrator does not\n"
    } else {
        ""
    };
    let models = if found > 0 {
        format!(
            "or `cargo tablature pull {} --out src/models.rs --migrations {}` writes the structs, and this\n",
            command.migrations, command.migrations
        )
    } else {
        String::new()
    };
    show(&format!(
        "{state} {}\n\
         write in the crate, with all structs that derive `Table` in the list:\n\n\
         \x20   tablature::schema! {{\n\
         \x20       #[schema(migrations = \"{}\"{argument})]\n\
         \x20       pub static SCHEMA = [];\n\
         \x20   }}\n\n\
         then run `cargo tablature generate`\n{models}{drizzle}",
        command.migrations, command.migrations
    ))
}

/// By the names of the files. Those of sqlx, which begin with a moment, would do for others too.
pub(crate) fn recognised(folder: &Path) -> Result<(Runner, usize), Failure> {
    if folder.read_dir().is_ok_and(|mut it| it.next().is_none()) {
        return Ok((Runner::default(), 0));
    }
    let (migrations, runner) = source::read_folder(folder)?;
    let moments = migrations.iter().all(|it| it.version >= FIRST_MOMENT);
    let simple = migrations.iter().all(|it| {
        it.up_path
            .file_stem()
            .is_some_and(|stem| stem == it.stem.as_str())
    });
    let runner = match runner {
        Runner::Refinery | Runner::Diesel | Runner::RusqliteMigration => runner,
        _ if moments => Runner::Sqlx,
        Runner::Sqlx if simple => Runner::D1,
        other => other,
    };
    Ok((runner, migrations.len()))
}

/// The digits of a moment that no counted number reaches.
const FIRST_MOMENT: i64 = 10_000_000_000_000;
