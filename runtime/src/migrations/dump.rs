//! The schema as the compiler sees it, carried out of it in the text of an error.
//!
//! With `TABLATURE_DUMP=1`, or the name of one package, a [`schema!`](crate::schema!) that has migrations does not compile:
//! the error's message is a frame with the structs' DDL. Nothing is generated, linked or run for it, and the tables are
//! those of this target, with these features.

mod hint;
#[cfg(test)]
mod tests;
mod write;

use super::{Runner, fnv};
use crate::schema::same_name;

#[doc(hidden)]
pub use write::{body, frame, is_asked_for};

const BEGIN: &str = "tablature-dump 1 ";
const END: &str = "tablature-end";

/// What the structs of one `schema!` say.
///
/// ```
/// use tablature::migrations::{digest, dump};
///
/// let body = "-- schema BLOG\n-- migrations migrations\n-- runner refinery\n";
/// let frame = format!("tablature-dump 1 BLOG {} {}\n{body}tablature-end", body.len(), digest(body));
/// let dump = dump::read(&format!("evaluation panicked: {frame}"))?;
/// assert_eq!(dump.runner.to_string(), "refinery");
/// # Ok::<(), dump::DumpError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dump {
    /// The name of the static.
    pub schema: String,
    /// The folder of migrations, from the folder of the crate.
    pub migrations: String,
    /// Who executes them.
    pub runner: Runner,
    /// The oldest version of the database that they run on.
    pub target: Option<String>,
    /// The numbers of the migrations that only the program runs: functions of it stand beside them.
    pub hooks: Vec<i64>,
    /// What the structs say about how to get there.
    pub hints: Vec<Hint>,
    /// The tables, in the order of the list.
    pub tables: Vec<DumpedTable>,
}

/// A table of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DumpedTable {
    /// Its name.
    pub name: String,
    /// Its struct.
    pub row: String,
    /// Its statements.
    pub ddl: String,
    /// The columns whose fields have other names: the column and the field.
    pub fields: Vec<(String, String)>,
}

impl DumpedTable {
    /// The field of a column, as attributes of the struct name it.
    ///
    /// ```
    /// use tablature::migrations::{digest, dump};
    ///
    /// let ddl = "CREATE TABLE posts (id INTEGER, title TEXT);\n";
    /// let body = format!("-- table {} posts Post\n{ddl}-- field posts.title=heading\n", ddl.len());
    /// let frame = format!("tablature-dump 1 BLOG {} {}\n{body}tablature-end", body.len(), digest(&body));
    /// let posts = &dump::read(&frame)?.tables[0];
    /// assert_eq!((posts.field("title"), posts.field("id")), ("heading", "id"));
    /// # Ok::<(), dump::DumpError>(())
    /// ```
    pub fn field<'a>(&'a self, column: &'a str) -> &'a str {
        let found = self.fields.iter().find(|it| same_name(&it.0, column));
        found.map_or(column, |it| &it.1)
    }
}

/// What only the author of a change knows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Hint {
    /// `#[table(renamed_from = "…")]`
    RenameTable {
        /// The old name.
        from: String,
        /// The table.
        to: String,
    },
    /// `#[column(renamed_from = "…")]`
    RenameColumn {
        /// The table, by its new name.
        table: String,
        /// The old name.
        from: String,
        /// The column.
        to: String,
    },
    /// `#[column(backfill = "…")]`: what old rows have in a new column, or in place of NULL.
    Backfill {
        /// The table.
        table: String,
        /// The new column.
        column: String,
        /// An expression in SQL.
        expression: String,
    },
    /// `#[column(using = "…")]`: how a changed column is computed from the old row.
    Using {
        /// The table.
        table: String,
        /// The changed column.
        column: String,
        /// An expression in SQL.
        expression: String,
    },
}

/// Why a message is no dump.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DumpError {
    /// It is another error of the compiler.
    #[error("the message holds no schema")]
    NoFrame,
    /// Another version of the macro wrote it.
    #[error(
        "the schema was written by another version of tablature; let the command line and the library be of one version"
    )]
    OtherVersion,
    /// It is shorter than it says, or another text.
    #[error("the schema `{schema}` came out damaged: compile again")]
    Damaged {
        /// The name of the static.
        schema: String,
    },
    /// A line that this version does not know.
    #[error("the schema `{schema}` has the line `{line}`, which is not understood")]
    UnknownLine {
        /// The name of the static.
        schema: String,
        /// The line.
        line: String,
    },
}

/// Reads the frame in a message of the compiler, wherever it stands there.
pub fn read(message: &str) -> Result<Dump, DumpError> {
    let at = message.find("tablature-dump ").ok_or(DumpError::NoFrame)?;
    let rest = message[at..]
        .strip_prefix(BEGIN)
        .ok_or(DumpError::OtherVersion)?;
    let (head, rest) = rest.split_once('\n').ok_or(DumpError::NoFrame)?;
    let mut words = head.split(' ');
    let (Some(schema), Some(length), Some(hash)) = (words.next(), words.next(), words.next())
    else {
        return Err(DumpError::NoFrame);
    };
    let damaged = || DumpError::Damaged {
        schema: schema.to_owned(),
    };
    let length: usize = length.parse().map_err(|_| damaged())?;
    let body = rest.get(..length).ok_or_else(damaged)?;
    if format!("{:016x}", fnv(body.as_bytes())) != hash || !rest[length..].starts_with(END) {
        return Err(damaged());
    }
    parse(schema, body)
}

fn parse(schema: &str, body: &str) -> Result<Dump, DumpError> {
    let mut dump = Dump {
        schema: schema.to_owned(),
        migrations: String::new(),
        runner: Runner::Tablature,
        target: None,
        hooks: Vec::new(),
        hints: Vec::new(),
        tables: Vec::new(),
    };
    let mut rest = body;
    while let Some((line, next)) = rest.split_once('\n') {
        rest = next;
        let understood = line
            .strip_prefix("-- ")
            .and_then(|line| line.split_once(' '))
            .and_then(|(key, value)| match key {
                "schema" => Some(()),
                "migrations" => {
                    dump.migrations = unescaped(value);
                    Some(())
                }
                "runner" => {
                    dump.runner = value.parse().ok()?;
                    Some(())
                }
                "sqlite" => {
                    dump.target = Some(value.to_owned());
                    Some(())
                }
                "hook" => {
                    dump.hooks.push(value.parse().ok()?);
                    Some(())
                }
                // The length stands before the names: SQL of a user may look like any line of ours.
                "table" => {
                    let (length, names) = value.split_once(' ')?;
                    let [name, row] = split(names, ' ')?;
                    let length: usize = length.parse().ok()?;
                    let ddl = rest.get(..length)?.to_owned();
                    rest = &rest[length..];
                    dump.tables.push(DumpedTable {
                        name,
                        row,
                        ddl,
                        fields: Vec::new(),
                    });
                    Some(())
                }
                "field" => {
                    let table = dump.tables.last_mut()?;
                    let (column, field) = field(value, &table.name)?;
                    table.fields.push((column, field));
                    Some(())
                }
                key => {
                    dump.hints.push(hint(key, value)?);
                    Some(())
                }
            });
        if understood.is_none() {
            return Err(DumpError::UnknownLine {
                schema: schema.to_owned(),
                line: line.to_owned(),
            });
        }
    }
    Ok(dump)
}

/// `posts.title=heading`, behind the table.
fn field(value: &str, table: &str) -> Option<(String, String)> {
    let raw = value.get(..value.len() - tail(value)?.len())?;
    let [of, column] = split(raw, '.')?;
    let [_, field] = split(value, '=')?;
    (of == table).then_some((column, field))
}

fn hint(key: &str, value: &str) -> Option<Hint> {
    let [what, to] = split(value, '=')?;
    let raw = value.get(..value.len() - tail(value)?.len())?;
    let place = split(raw, '.');
    Some(match (key, place) {
        ("rename", Some([table, from])) => Hint::RenameColumn { table, from, to },
        ("rename", None) => Hint::RenameTable { from: what, to },
        ("backfill", Some([table, column])) => Hint::Backfill {
            table,
            column,
            expression: to,
        },
        ("using", Some([table, column])) => Hint::Using {
            table,
            column,
            expression: to,
        },
        _ => return None,
    })
}

/// What stands from the first `=` on that is not escaped.
fn tail(value: &str) -> Option<&str> {
    position(value, '=').map(|at| &value[at..])
}

/// The two sides of a sign that is not escaped, each as it was.
fn split(text: &str, at: char) -> Option<[String; 2]> {
    let position = position(text, at)?;
    Some([
        unescaped(&text[..position]),
        unescaped(&text[position + at.len_utf8()..]),
    ])
}

fn position(text: &str, wanted: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, letter)| {
        let found = letter == wanted && !escaped;
        escaped = letter == '\\' && !escaped;
        found.then_some(at)
    })
}

fn unescaped(text: &str) -> String {
    let (mut plain, mut letters) = (String::new(), text.chars());
    while let Some(letter) = letters.next() {
        plain.push(match letter {
            '\\' => match letters.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some(other) => other,
                None => '\\',
            },
            letter => letter,
        });
    }
    plain
}
