use super::class::Class;
use super::slot::Slot;
use super::{json, samples};
use crate::column_type::Restore;
use crate::declare::{self, Domain, Type};
use crate::schema::{Table, same_name};
use crate::sqlite::quoted;
use rusqlite::Connection;
use rusqlite::types::{Value, ValueRef};
use std::collections::HashSet;

/// Values beyond those of one for each row.
const MORE: usize = 64;
/// Values of a struct that is stored as JSON.
const STRUCTS: usize = 12;
/// Rows that are there already from which examples are taken.
const EXAMPLES: usize = 64;

/// The structs that are to read the rows; none where only SQL says what a row is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Structs<'a>(pub(super) &'a [&'static declare::Table]);

/// A column that a struct reads.
pub(super) struct Field {
    pub(super) row: &'static str,
    column: &'static declare::Column,
    restore: Restore,
}

impl Structs<'_> {
    /// The field of a column, where the database has the column with its type: an earlier one may not.
    pub(super) fn field(&self, table: &Table, column: &str) -> Option<Field> {
        let mut structs = self.0.iter();
        let declared = structs.find(|it| same_name(it.name, &table.name))?;
        let mut columns = declared.columns.iter();
        let field = columns.find(|it| same_name(it.name, column))?;
        let words = field.sql_type.unwrap_or(field.facts.ty.name());
        let found = &table.column(column)?.declared_type;
        same_words(words, found).then_some(Field {
            row: declared.row,
            column: field,
            restore: field.restore?,
        })
    }

    /// The fields of a table, each with the name of its column.
    pub(super) fn fields<'t>(&self, table: &'t Table) -> Vec<(&'t str, Field)> {
        let names = table.columns.iter().map(|it| it.name.as_str());
        names
            .filter_map(|it| Some((it, self.field(table, it)?)))
            .collect()
    }

    /// Whether these values can be read from these columns.
    pub(super) fn read(&self, table: &Table, columns: &[String], values: &[Value]) -> bool {
        columns.iter().zip(values).all(|(column, value)| {
            let field = self.field(table, column);
            field.is_none_or(|it| it.reads(value.into()))
        })
    }
}

impl Field {
    pub(super) fn reads(&self, value: ValueRef<'_>) -> bool {
        self.restore.value(value).is_ok()
    }

    /// Tells a slot what the field reads, unless it reads all that such a column holds.
    pub(super) fn teach(&self, db: &Connection, table: &Table, rows: usize, slot: &mut Slot<'_>) {
        slot.nullable &= self.reads(ValueRef::Null);
        let wanted = rows + MORE;
        slot.differ(wanted);
        let mut ordinary = (0..slot.class.first()).map(|n| slot.class.value(n));
        if ordinary.all(|it| {
            self.restore
                .value((&it).into())
                .is_ok_and(|read| read == it)
        }) {
            return;
        }
        let mut values = Values {
            restore: self.restore,
            found: Vec::new(),
            known: HashSet::new(),
        };
        let mut keys = table.foreign_keys.iter().flat_map(|it| &it.from);
        let is_id = slot.class == Class::Id || keys.any(|it| same_name(it, slot.name));
        self.search(&mut values, wanted, is_id);
        self.structs(&mut values);
        // An example from the database helps where nothing else is known.
        let column = quoted(slot.name);
        let examples = format!(
            "SELECT DISTINCT {column} FROM main.{} LIMIT {EXAMPLES}",
            quoted(&table.name)
        );
        values.ask(db, &examples);
        if values.found.is_empty()
            && let Some(default) = table.column(slot.name).and_then(|it| it.default.as_ref())
        {
            values.ask(db, &format!("SELECT ({default})"));
        }
        slot.read_by(self.restore, values.found);
    }

    fn search(&self, values: &mut Values, wanted: usize, is_id: bool) {
        let ty = self.column.facts.ty;
        for n in 0..wanted * 4 + 512 {
            let tried = match self.column.domain {
                Domain::Texts(texts) => {
                    Vec::from_iter(texts.get(n).map(|&it| Value::Text(it.to_owned())))
                }
                Domain::Integers(integers) => {
                    Vec::from_iter(integers.get(n).map(|&it| Value::Integer(it)))
                }
                Domain::Length(bytes) => vec![Value::Blob(samples::bytes(bytes, n))],
                Domain::All | Domain::Json if is_id && ty == Type::Integer => vec![samples::id(n)],
                Domain::All | Domain::Json => samples::nth(ty, n),
            };
            if tried.is_empty() || values.found.len() >= wanted {
                break;
            }
            for value in tried {
                values.take(value);
            }
        }
    }

    /// Of a struct, as JSON.
    fn structs(&self, values: &mut Values) {
        if matches!(self.column.domain, Domain::Json) && values.found.len() < STRUCTS {
            for n in 0..STRUCTS {
                if let Some(value) = json::fields(n, self.restore) {
                    values.take(value);
                }
            }
        }
    }

    /// Why a row is not kept.
    pub(super) fn unreadable(&self) -> String {
        format!(
            "`{}` cannot read what the table stores for `{}`",
            self.row, self.column.field
        )
    }

    /// Why a table has no rows.
    pub(super) fn unknown(&self) -> String {
        format!(
            "no value is known that `{}` reads into `{}`; insert a row, and its value serves as an example",
            self.row, self.column.field
        )
    }
}

/// What a field reads, as it stores it.
struct Values {
    restore: Restore,
    found: Vec<Value>,
    /// A value has no hash of its own.
    known: HashSet<String>,
}

impl Values {
    fn take(&mut self, value: Value) {
        if let Ok(value) = self.restore.value((&value).into())
            && value != Value::Null
            && self.known.insert(format!("{value:?}"))
        {
            self.found.push(value);
        }
    }

    /// Takes the results of a query, if it has any.
    fn ask(&mut self, db: &Connection, sql: &str) {
        let results = db.prepare(sql).and_then(|mut statement| {
            let results = statement.query_map((), |row| row.get(0))?;
            results.collect::<rusqlite::Result<Vec<Value>>>()
        });
        for value in results.unwrap_or_default() {
            self.take(value);
        }
    }
}

/// Whether two types are written in the same words.
fn same_words(a: &str, b: &str) -> bool {
    let letters = |it: &str| {
        it.split_whitespace()
            .collect::<String>()
            .to_ascii_lowercase()
    };
    letters(a) == letters(b)
}
