use crate::arguments::Init;
use crate::failure::Failure;
use crate::project::Package;
use crate::terminal::print;

/// Makes the folder, so that `generate` has where to write, and shows the line that the crate needs.
pub(crate) fn run(command: &Init) -> Result<(), Failure> {
    let package = Package::find(&command.package)?;
    let folder = package.folder.join(&command.migrations);
    let made = !folder.is_dir();
    std::fs::create_dir_all(&folder)
        .map_err(|error| Failure::Error(format!("cannot make `{}`: {error}", folder.display())))?;
    let runner = match command.runner.name() {
        "tablature" => String::new(),
        other => format!(", runner = {other}"),
    };
    let state = if made { "made" } else { "found" };
    print(&format!(
        "{state} {}\n\
         write in the crate, with all of its tables:\n\n\
         \x20   tablature::schema! {{\n\
         \x20       #[schema(migrations = \"{}\"{runner})]\n\
         \x20       pub static SCHEMA = [];\n\
         \x20   }}\n\n\
         then run `cargo tablature generate`\n",
        command.migrations, command.migrations
    ))
}
