use crate::arguments::Squash;
use crate::failure::Failure;
use crate::generate::{recorded_with, write_file};
use crate::next::{schema_after, text};
use crate::project::Project;
use crate::source::{self, quoted};
use crate::terminal::print;
use std::fmt::Write as _;
use tablature::Connection;
use tablature::diff::diff;
use tablature::migrations::{Migration, Runner, file_names, squashed};
use tablature::plan::{Hints, Target, plan, prove_scripts};
use tablature::schema::Schema;

/// Makes one migration of the oldest ones. A database that has had all of them has had it; one that stands among them is
/// told so, and loses nothing.
pub(crate) fn run(command: &Squash) -> Result<(), Failure> {
    let project = Project::load(&command.package)?;
    let runner = project.dump.runner;
    if runner != Runner::Tablature {
        return Err(Failure::Refused(format!(
            "{runner} does not know that migrations were made one, and would refuse its history; `squash` is for our own runner"
        )));
    }
    let through = command
        .through
        .or_else(|| project.migrations.last().map(|it| it.version));
    let count = project
        .migrations
        .iter()
        .filter(|it| Some(it.version) <= through)
        .count();
    let (parts, rest) = project.migrations.split_at(count);
    let Some(last) = parts.last().filter(|_| parts.len() > 1) else {
        return Err(Failure::Refused(
            "there are no two migrations to make one of".to_owned(),
        ));
    };
    let old = source::replayed(parts, runner)?;
    let schema = schema_after(parts, runner)?;
    let up = script(parts, &schema, &old)?;
    let one = Migration::new(last.version, "squashed", &up);
    equal(&schema, &old, &one, runner)?;
    let (up_path, down_path) = file_names(&project.folder, runner, one.version, &one.name);
    let down = way_back(parts, &schema, &one, project.target()?)?;
    if command.dry_run {
        return print(&up);
    }
    let mut kept = vec![one];
    kept.extend_from_slice(rest);
    for path in parts
        .iter()
        .flat_map(|it| std::iter::once(&it.up_path).chain(&it.down_path))
    {
        std::fs::remove_file(path).map_err(|error| {
            Failure::Error(format!("cannot take away `{}`: {error}", path.display()))
        })?;
    }
    write_file(&up_path, &up)?;
    print(&format!("wrote {}\n", project.shown(&up_path)))?;
    if let Some(down) = down {
        write_file(&down_path, &down)?;
        print(&format!("wrote {}\n", project.shown(&down_path)))?;
    }
    write_file(&project.recorded_path(), &recorded_with(&project, &kept))?;
    print(&format!(
        "wrote {}\n{} migrations are one; both ways lead to equal schemas and rows\n",
        project.shown(&project.recorded_path()),
        parts.len()
    ))
}

/// The schema as it is after the last of them, and the rows that they have put in.
fn script(parts: &[Migration], schema: &Schema, db: &Connection) -> Result<String, Failure> {
    let sums: Vec<(i64, String)> = parts.iter().map(|it| (it.version, it.checksum())).collect();
    let sums: Vec<(i64, &str)> = sums
        .iter()
        .map(|(version, sum)| (*version, sum.as_str()))
        .collect();
    let mut text = format!("-- squashed\n{}", squashed(&sums));
    let mut rows = String::new();
    for table in &schema.tables {
        rows.push_str(&inserts(db, schema, &table.name).map_err(Failure::error)?);
    }
    let is_trigger = |statement: &str| schema.triggers.iter().any(|it| it.sql.text() == statement);
    let (late, early): (Vec<&str>, Vec<&str>) = schema.statements().partition(|it| is_trigger(it));
    for statement in early {
        let _ = write!(text, "\n{};\n", statement.trim_end().trim_end_matches(';'));
    }
    if !rows.is_empty() {
        let _ = write!(text, "\n{rows}");
        for fts in schema.fts.iter().filter(|it| it.content().is_some()) {
            let name = quoted(&fts.name);
            let _ = writeln!(text, "INSERT INTO {name} ({name}) VALUES ('rebuild');");
        }
    }
    for statement in late {
        let _ = write!(text, "\n{};\n", statement.trim_end().trim_end_matches(';'));
    }
    Ok(text)
}

/// A table's rows, with their rowids where they have them.
fn inserts(db: &Connection, schema: &Schema, table: &str) -> tablature::rusqlite::Result<String> {
    let Some(table) = schema.table(table) else {
        return Ok(String::new());
    };
    let mut columns: Vec<String> = table
        .columns
        .iter()
        .filter(|it| it.generated.is_none())
        .map(|it| quoted(&it.name))
        .collect();
    if let (None, Some(rowid)) = (table.rowid_column(), table.rowid_name()) {
        columns.insert(0, rowid.to_owned());
    }
    let values: Vec<String> = columns.iter().map(|it| format!("quote({it})")).collect();
    let name = quoted(&table.name);
    let mut statement = db.prepare(&format!(
        "SELECT concat_ws(', ', {}) FROM {name}",
        values.join(", ")
    ))?;
    let rows = statement.query_map((), |row| row.get::<_, String>(0))?;
    let mut text = String::new();
    for row in rows {
        let _ = writeln!(
            text,
            "INSERT INTO {name} ({}) VALUES ({});",
            columns.join(", "),
            row?
        );
    }
    Ok(text)
}

/// The proof: from nothing, both ways lead to equal schemas and equal rows.
fn equal(
    schema: &Schema,
    old: &Connection,
    one: &Migration,
    runner: Runner,
) -> Result<(), Failure> {
    let one = std::slice::from_ref(one);
    let new = source::replayed(one, runner)?;
    if let Some(change) = diff(schema, &schema_after(one, runner)?).first() {
        return Err(Failure::Error(format!(
            "the migrations cannot be made one: {change} afterwards; this is a mistake of ours, please report it"
        )));
    }
    for table in &schema.tables {
        let rows = |db| inserts(db, schema, &table.name).map_err(Failure::error);
        if rows(old)? != rows(&new)? {
            return Err(Failure::Error(format!(
                "the migrations cannot be made one: the rows of `{}` are others afterwards",
                table.name
            )));
        }
    }
    Ok(())
}

/// The way back from all of them at once, to nothing; none where one of them has none.
fn way_back(
    parts: &[Migration],
    schema: &Schema,
    one: &Migration,
    target: Target,
) -> Result<Option<String>, Failure> {
    if parts.iter().any(|it| it.down.is_none()) {
        return Ok(None);
    }
    let nothing = schema_after(&[], target.runner)?;
    let mut agreed = Hints::default();
    agreed.allow("all").map_err(Failure::error)?;
    let plan = plan(schema, &nothing, &agreed, target).map_err(Failure::error)?;
    let down = text::down(&one.name, target.runner, &plan);
    prove_scripts((&nothing, schema), &one.up, Some(&down), &agreed, target)?;
    Ok(Some(down))
}
