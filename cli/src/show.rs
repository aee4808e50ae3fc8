use crate::arguments::Show;
use crate::failure::Failure;
use crate::project::Project;
use crate::source;
use crate::terminal::print;

/// A schema as SQL: of the structs as they write it, of a source as SQLite has it.
pub(crate) fn run(command: &Show) -> Result<(), Failure> {
    if command.source == source::STRUCTS {
        let project = Project::load(&command.package)?;
        let tables: Vec<&str> = project
            .dump
            .tables
            .iter()
            .map(|it| it.ddl.as_str())
            .collect();
        return print(&tables.join("\n"));
    }
    let schema = source::schema(&command.source, &command.package)?;
    let statements: Vec<String> = schema
        .statements()
        .map(|it| format!("{};\n", it.trim_end().trim_end_matches(';')))
        .collect();
    print(&statements.join("\n"))
}
