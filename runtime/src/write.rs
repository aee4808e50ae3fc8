use crate::declare::{ForeignKey, Table};
use crate::insert::Binder;
use crate::sqlite::obstacle::told;
use crate::value::ValueError;
use rusqlite::types::Value;
use rusqlite::{Connection, ffi};
use std::fmt::Write as _;

/// Why a row could not be inserted, updated or deleted.
///
/// ```
/// use tablature::{Table, WriteError};
///
/// #[derive(Table)]
/// #[table(unique(email))]
/// struct User { #[column(primary_key)] id: i64, email: String }
///
/// # fn main() -> tablature::Result<()> {
/// # let db = tablature::Connection::open_in_memory()?;
/// # db.execute_batch(User::DDL)?;
/// tablature::insert!(&db, User { email: "ann@example.org" })?;
/// let error = tablature::insert!(&db, User { email: "ann@example.org" }).unwrap_err();
/// assert_eq!(error.to_string(), "`user`: another row has this `email` (unique key `user_email_key`)");
/// assert!(matches!(error, WriteError::Unique { .. }));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A value that the column cannot hold.
    #[error("`{table}`.`{column}`: {source}")]
    Value {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// What does not fit.
        source: ValueError,
    },
    /// Another row has the same unique key or primary key.
    #[error("`{table}`: another row has this {} ({constraint})", quoted(.columns))]
    Unique {
        /// The table.
        table: String,
        /// The columns of the key; empty for an index over an expression.
        columns: Vec<String>,
        /// Which key: "primary key", or "unique key" and the index's name.
        constraint: String,
    },
    /// A column that must have a value has none.
    #[error("`{table}`.`{column}` is NOT NULL, and NULL was given")]
    NotNull {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A check says no.
    #[error("`{table}`: the row breaks the check `{constraint}`{}", condition(*.expression))]
    Check {
        /// The table.
        table: &'static str,
        /// The name of the check.
        constraint: String,
        /// Its condition, where the struct wrote it.
        expression: Option<&'static str>,
    },
    /// The row refers to another that is not there.
    #[error("`{table}`: {} refers to a row of `{target}` that does not exist", quoted(.columns))]
    ForeignKey {
        /// The table.
        table: &'static str,
        /// The columns that refer.
        columns: Vec<String>,
        /// The table that is referred to.
        target: &'static str,
    },
    /// Other rows refer to this one, or a statement broke a foreign key in a way that SQLite does not tell.
    #[error("`{table}`: {}", referenced(.by))]
    Referenced {
        /// The table.
        table: &'static str,
        /// The columns that refer to it, as `table.column`, with the number of rows.
        by: Vec<String>,
    },
    /// A STRICT table refused a value of another type.
    #[error("`{table}`: {message}")]
    Type {
        /// The table.
        table: &'static str,
        /// What SQLite says.
        message: String,
    },
    /// A trigger refused the statement.
    #[error("`{table}`: refused by a trigger: {message}")]
    Raised {
        /// The table.
        table: &'static str,
        /// The trigger's message.
        message: String,
    },
    /// An upsert of a struct that has not all columns of the primary key.
    #[error(
        "`{table}`: an upsert needs all columns of the primary key; add them to the struct, or use `upsert_on`"
    )]
    NoKey {
        /// The table.
        table: &'static str,
    },
    /// Columns that are no unique key of the table.
    #[error("`{table}` has no unique key of exactly the columns ({}); add `#[table(unique(…))]`", .columns.join(", "))]
    NotUnique {
        /// The table.
        table: &'static str,
        /// The columns.
        columns: Vec<String>,
    },
    /// The row has no key by which it could be got, and was not inserted.
    #[error("`{table}`: nothing was written, for the row's key cannot be read: {source}")]
    GivenKey {
        /// The table.
        table: &'static str,
        /// What does not fit.
        source: ValueError,
    },
    /// The row was inserted, but its key does not fit the key's type.
    #[error("`{table}`: the row was written, but its key does not fit the key's type: {source}")]
    Key {
        /// The table.
        table: &'static str,
        /// What does not fit.
        source: ValueError,
    },
    /// Any other refusal.
    #[error("`{table}`: {}", told(.source))]
    Sqlite {
        /// The table.
        table: &'static str,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

type Bind<'a> = &'a dyn Fn(&mut Binder<'_, '_>) -> Result<(), WriteError>;

impl WriteError {
    /// What SQLite says, in words of the table.
    pub(crate) fn new(table: &'static Table, source: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, Some(message)) = &source else {
            return Self::Sqlite {
                table: table.name,
                source,
            };
        };
        let about = message
            .split_once(" constraint failed: ")
            .map_or("", |(_, about)| about);
        match failure.extended_code {
            ffi::SQLITE_CONSTRAINT_UNIQUE
            | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_ROWID => unique(table, about),
            ffi::SQLITE_CONSTRAINT_NOTNULL => {
                let (table, column) = about.rsplit_once('.').unwrap_or((table.name, about));
                Self::NotNull {
                    table: table.to_owned(),
                    column: column.to_owned(),
                }
            }
            ffi::SQLITE_CONSTRAINT_CHECK => Self::Check {
                table: table.name,
                constraint: about.to_owned(),
                expression: check_expression(table, about),
            },
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Self::Referenced {
                table: table.name,
                by: Vec::new(),
            },
            ffi::SQLITE_CONSTRAINT_DATATYPE => Self::Type {
                table: table.name,
                message: message.clone(),
            },
            ffi::SQLITE_CONSTRAINT_TRIGGER => Self::Raised {
                table: table.name,
                message: message.clone(),
            },
            _ => Self::Sqlite {
                table: table.name,
                source,
            },
        }
    }

    /// The same for a statement that writes the values of `bind` to the columns `given`: SQLite does not tell which
    /// foreign key it was, so the keys are looked up one by one.
    #[cold]
    pub(crate) fn of_row(
        db: &Connection,
        table: &'static Table,
        given: &'static [usize],
        source: rusqlite::Error,
        bind: Bind<'_>,
    ) -> Self {
        match Self::new(table, source) {
            Self::Referenced { table: name, by } => match broken_key(db, table, given, bind) {
                Some(key) => Self::ForeignKey {
                    table: name,
                    columns: names(table, key.columns),
                    target: key.table,
                },
                None => Self::Referenced { table: name, by },
            },
            other => other,
        }
    }
}

fn unique(table: &'static Table, about: &str) -> WriteError {
    let said = |columns: &[usize]| {
        let columns: Vec<_> = columns
            .iter()
            .map(|column| format!("{}.{}", table.name, table.columns[*column].name))
            .collect();
        columns.join(", ")
    };
    if about == said(table.primary_key) {
        let columns = names(table, table.primary_key);
        return WriteError::Unique {
            table: table.name.to_owned(),
            columns,
            constraint: "primary key".to_owned(),
        };
    }
    let made =
        |columns: &[usize]| format!("{}_{}_key", table.name, names(table, columns).join("_"));
    let unique = table
        .uniques
        .iter()
        .map(|unique| (unique.name, unique.columns.to_vec()));
    let indexes = table.indexes.iter().filter(|index| index.unique);
    let indexes = indexes.filter_map(|index| {
        Some((
            index.name,
            index
                .parts
                .iter()
                .map(|part| part.column)
                .collect::<Option<Vec<_>>>()?,
        ))
    });
    for (name, columns) in unique.chain(indexes) {
        if about == said(&columns) {
            let name = name.map_or_else(|| made(&columns), str::to_owned);
            let constraint = format!("unique key `{name}`");
            return WriteError::Unique {
                table: table.name.to_owned(),
                columns: names(table, &columns),
                constraint,
            };
        }
    }
    // An index over an expression, or another table that a trigger writes to.
    let constraint = about.strip_prefix("index ").map_or_else(
        || about.to_owned(),
        |name| format!("unique key {}", name.replace('\'', "`")),
    );
    WriteError::Unique {
        table: table.name.to_owned(),
        columns: Vec::new(),
        constraint,
    }
}

/// The condition of a check that the struct names; the made names tell enough by themselves.
fn check_expression(table: &'static Table, name: &str) -> Option<&'static str> {
    let columns = table.columns.iter().map(|it| (it.name, it.checks));
    let mut owners = std::iter::once(("row", table.checks)).chain(columns);
    owners.find_map(|(owner, checks)| {
        // As the DDL names those that have no name of their own.
        let is_named = |position: usize, given: Option<&str>| match (given, position) {
            (Some(given), _) => given == name,
            (None, 0) => name == format!("{owner}_check"),
            (None, _) => name == format!("{owner}_check_{}", position + 1),
        };
        let mut checks = checks.iter().enumerate();
        let found = checks.find(|(position, check)| is_named(*position, check.name));
        found.map(|(_, check)| check.expression)
    })
}

fn names(table: &Table, columns: &[usize]) -> Vec<String> {
    columns
        .iter()
        .map(|column| table.columns[*column].name.to_owned())
        .collect()
}

fn broken_key(
    db: &Connection,
    table: &'static Table,
    given: &'static [usize],
    bind: Bind<'_>,
) -> Option<ForeignKey> {
    let values = bound_values(db, table, given, bind)?;
    let keys = table
        .columns
        .iter()
        .filter_map(|column| column.references)
        .chain(table.foreign_keys.iter().copied());
    keys.into_iter().find(|key| {
        let parts: Option<Vec<&Value>> = key
            .columns
            .iter()
            .map(|column| values.get(given.iter().position(|c| c == column)?))
            .collect();
        parts.is_some_and(|parts| {
            !parts.contains(&&Value::Null) && is_missing(db, key, &parts).unwrap_or(false)
        })
    })
}

/// The values as SQLite gets them, by selecting them.
fn bound_values(
    db: &Connection,
    table: &'static Table,
    given: &'static [usize],
    bind: Bind<'_>,
) -> Option<Vec<Value>> {
    let mut statement = db
        .prepare(&format!("SELECT {}", vec!["?"; given.len()].join(", ")))
        .ok()?;
    bind(&mut Binder::over(&mut statement, table, given, false)).ok()?;
    let mut rows = statement.raw_query();
    let row = rows.next().ok()??;
    (0..given.len()).map(|i| row.get(i).ok()).collect()
}

fn is_missing(db: &Connection, key: &ForeignKey, parts: &[&Value]) -> rusqlite::Result<bool> {
    let mut sql = format!(
        "SELECT NOT EXISTS (SELECT 1 FROM {} WHERE ",
        crate::sqlite::quoted(key.table)
    );
    for (i, column) in key.target.iter().enumerate() {
        let _ = write!(
            sql,
            "{}{} = ?",
            if i == 0 { "" } else { " AND " },
            crate::sqlite::quoted(column)
        );
    }
    sql.push(')');
    db.query_row(&sql, rusqlite::params_from_iter(parts), |row| row.get(0))
}

fn quoted(columns: &[String]) -> String {
    match columns {
        [] => "key".to_owned(),
        columns => columns
            .iter()
            .map(|column| format!("`{column}`"))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

fn condition(expression: Option<&str>) -> String {
    expression.map_or_else(String::new, |expression| format!(": {expression}"))
}

fn referenced(by: &[String]) -> String {
    match by {
        [] => "a foreign key does not hold: the row refers to one that is not there, or others refer to it".to_owned(),
        by => format!("other rows refer to this one: {}; delete them first, or give the foreign key `on_delete`", by.join(", ")),
    }
}
