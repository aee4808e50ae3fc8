use super::Insert;
use crate::declare::Table;
use crate::params::bind_value;
use crate::value::ValueError;
use crate::write::WriteError;
use rusqlite::Statement;
use rusqlite::types::{ToSqlOutput, Value};

/// Binds the values of a row, one after the other, to the parameters of a statement.
#[derive(Debug)]
pub struct Binder<'s, 'c> {
    statement: &'s mut Statement<'c>,
    table: &'static Table,
    columns: &'static [usize],
    bound: usize,
    /// The primary key as it was given, for tables where it is not the rowid.
    key: Vec<Value>,
    keeps_key: bool,
}

impl<'s, 'c> Binder<'s, 'c> {
    #[inline]
    pub(crate) fn new<I: Insert>(statement: &'s mut Statement<'c>) -> Self {
        let table = <I::Into as crate::Table>::TABLE;
        let keeps_key = const { super::keeps_key(<I::Into as crate::Table>::TABLE) };
        Self::over(statement, table, I::GIVEN, keeps_key)
    }

    /// For rows of which nobody asks the key.
    #[inline]
    pub(crate) fn keyless<I: Insert>(statement: &'s mut Statement<'c>) -> Self {
        Self::over(statement, <I::Into as crate::Table>::TABLE, I::GIVEN, false)
    }

    #[doc(hidden)]
    #[inline]
    pub fn over(
        statement: &'s mut Statement<'c>,
        table: &'static Table,
        columns: &'static [usize],
        keeps_key: bool,
    ) -> Self {
        Self {
            statement,
            table,
            columns,
            bound: 0,
            key: Vec::new(),
            keeps_key,
        }
    }

    /// The value of the next column.
    #[inline(always)]
    pub fn bind(&mut self, value: Result<ToSqlOutput<'_>, ValueError>) -> Result<(), WriteError> {
        match value {
            Ok(value) => {
                if self.keeps_key {
                    self.keep_key(&value);
                }
                self.bound += 1;
                bind_value(self.statement, self.bound, value).map_err(|error| self.refused(error))
            }
            Err(error) => Err(self.unfit(error)),
        }
    }

    /// The key's parts stand in the table's order of the key, whatever the order of the fields.
    #[cold]
    fn keep_key(&mut self, value: &ToSqlOutput<'_>) {
        let Some(part) = self
            .table
            .primary_key
            .iter()
            .position(|column| *column == self.column())
        else {
            return;
        };
        let owned = match value {
            ToSqlOutput::Borrowed(value) => Value::try_from(*value).unwrap_or(Value::Null),
            ToSqlOutput::Owned(value) => value.clone(),
            _ => Value::Null,
        };
        if self.key.len() <= part {
            self.key.resize(part + 1, Value::Null);
        }
        self.key[part] = owned;
    }

    pub(crate) fn into_key(self) -> Vec<Value> {
        self.key
    }

    fn column(&self) -> usize {
        self.columns[self.bound % self.columns.len()]
    }

    #[cold]
    fn unfit(&self, source: ValueError) -> WriteError {
        WriteError::Value {
            table: self.table.name,
            column: self.table.columns[self.column()].name,
            source,
        }
    }

    #[cold]
    fn refused(&self, source: rusqlite::Error) -> WriteError {
        WriteError::Sqlite {
            table: self.table.name,
            source,
        }
    }
}
