//! What there is to pull: a schema, and what its rows hold.

use super::rows::Held;
use crate::arguments::Pull;
use crate::failure::Failure;
use crate::source::{self, explained, quoted};
use std::path::Path;
use tablature::migrations::{statements, without_histories};
use tablature::schema::Schema;
use tablature::{Connection, inspect};

/// What was read.
pub(super) struct Read {
    pub(super) schema: Schema,
    pub(super) held: Held,
    /// What cannot run here, each with its statement and why.
    pub(super) left_out: Vec<LeftOut>,
    /// What has to be known of the rows.
    pub(super) unread: Vec<String>,
}

/// A statement that needs what is not here.
pub(super) struct LeftOut {
    pub(super) name: String,
    pub(super) why: String,
    pub(super) sql: String,
}

pub(super) fn source(command: &Pull) -> Result<Read, Failure> {
    let path = Path::new(&command.source);
    if !path.exists() {
        return Err(Failure::Error(format!(
            "there is no `{}`; name a database, a `.sql` file or a folder of migrations",
            command.source
        )));
    }
    let mut left_out = Vec::new();
    let db = if path.is_dir() {
        let (migrations, runner) = source::read_folder(path)?;
        source::replayed(&migrations, runner)?.into()
    } else if path
        .extension()
        .is_some_and(|it| it.eq_ignore_ascii_case("sql"))
    {
        script(path, &mut left_out)?.into()
    } else {
        source::database(path)?
    };
    let schema = inspect(&db)
        .map_err(|error| Failure::Error(format!("cannot read `{}`: {error}", command.source)))?;
    let mut schema = without_histories(schema);
    without_modules(&db, &mut schema, &mut left_out);
    let (mut held, mut unread) = (Held::default(), Vec::new());
    for table in &schema.tables {
        if let Err(Failure::Error(why)) = held.read(&db, table) {
            unread.push(why);
        }
    }
    Ok(Read {
        schema,
        held,
        left_out,
        unread,
    })
}

/// A database in memory that a script has made, but for the virtual tables whose modules are not here.
fn script(path: &Path, left_out: &mut Vec<LeftOut>) -> Result<Connection, Failure> {
    let shown = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::Error(format!("cannot read `{shown}`: {error}")))?;
    let db = tablature::plan::scratch().map_err(Failure::error)?;
    let Err(error) = db.execute_batch(&text) else {
        return Ok(db);
    };
    let refused = |error| {
        Failure::Error(format!(
            "cannot run `{shown}`: {}",
            explained(&text, &error)
        ))
    };
    if missing_module(&error.to_string()).is_none() {
        return Err(refused(error));
    }
    let db = tablature::plan::scratch().map_err(Failure::error)?;
    for statement in statements(&text) {
        let Err(error) = db.execute_batch(statement) else {
            continue;
        };
        let message = error.to_string();
        let depends = left_out.iter().any(|it: &LeftOut| {
            message.contains(&format!("no such table: {}", it.name))
                || message.contains(&format!("no such table: main.{}", it.name))
        });
        let why = match missing_module(&message) {
            Some(module) => needs(module),
            None if depends => "it needs what is left out".to_owned(),
            None => return Err(refused(error)),
        };
        left_out.push(LeftOut {
            name: name_in(statement),
            why,
            sql: statement.to_owned(),
        });
    }
    Ok(db)
}

/// Takes out the virtual tables of modules that are not here. The tables that one keeps its rows in cannot be told from
/// others then, but for their names.
fn without_modules(db: &Connection, schema: &mut Schema, left_out: &mut Vec<LeftOut>) {
    schema.virtuals.retain(|it| {
        let error = db
            .prepare(&format!("SELECT * FROM {}", quoted(&it.name)))
            .err();
        let message = error.map(|it| it.to_string()).unwrap_or_default();
        let Some(module) = missing_module(&message) else {
            return true;
        };
        left_out.push(LeftOut {
            name: it.name.clone(),
            why: needs(module),
            sql: it.sql.text().to_owned(),
        });
        false
    });
}

fn needs(module: &str) -> String {
    format!("it needs the module `{module}`, which is not in this SQLite")
}

fn missing_module(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once("no such module: ")?;
    rest.split(|it: char| !(it.is_alphanumeric() || it == '_'))
        .next()
}

/// The name that stands behind the words of a CREATE.
fn name_in(statement: &str) -> String {
    let words = statement.split(|it: char| it.is_whitespace() || it == '(');
    let words = words.filter(|it| !it.is_empty());
    let skipped = [
        "create",
        "virtual",
        "table",
        "trigger",
        "index",
        "unique",
        "view",
        "if",
        "not",
        "exists",
        "temp",
        "temporary",
        "insert",
        "into",
        "or",
        "replace",
        "ignore",
    ];
    words
        .map(|it| it.trim_matches(['"', '`', '[', ']']))
        .find(|it| !skipped.contains(&it.to_ascii_lowercase().as_str()))
        .unwrap_or_default()
        .to_owned()
}
