mod cursor;

use crate::column::Column;
use crate::filter::{Filter, list};
use crate::params::Params;
use crate::query::ReadError;
use crate::row::Values;
use crate::sqlite::quoted;
use crate::table::Table;
use rusqlite::Connection;
use rusqlite::types::Value;
use std::marker::PhantomData;

pub use cursor::{Cursor, InvalidCursor};

/// Which page of a table: in what order, how long, after which row.
///
/// The order is that of one column, and of the primary key among equals, so no row is shown twice or left out when rows
/// are added or removed between two pages. An index that begins with the column makes every page equally fast.
///
/// See [`Table::page`] for an example.
#[derive(Debug)]
pub struct Page<T> {
    column: usize,
    descending: bool,
    limit: usize,
    filter: Filter,
    after: Option<Cursor>,
    of: PhantomData<fn() -> T>,
}

/// One page.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Paged<T> {
    /// The rows, in order.
    pub rows: Vec<T>,
    /// Where the next page begins; none on the last one.
    pub next: Option<Cursor>,
}

impl<T> Clone for Page<T> {
    fn clone(&self) -> Self {
        Self {
            filter: self.filter.clone(),
            after: self.after.clone(),
            ..*self
        }
    }
}

impl<T: Table> Page<T> {
    /// The first 50 rows in the order of a column, smallest first.
    pub const fn by<C, K>(column: Column<T, C, K>) -> Self {
        let filter = Filter::new();
        Self {
            column: column.position(),
            descending: false,
            limit: 50,
            filter,
            after: None,
            of: PhantomData,
        }
    }

    /// Largest first.
    #[must_use]
    pub const fn descending(mut self) -> Self {
        self.descending = true;
        self
    }

    /// At most this many rows.
    #[must_use]
    pub const fn limit(mut self, rows: usize) -> Self {
        self.limit = rows;
        self
    }

    /// Only rows that fulfil a condition, with `?` for its values.
    #[must_use]
    pub fn filter(mut self, condition: &str, params: impl Params) -> Self {
        self.filter.add(condition, params);
        self
    }

    /// The page that begins behind the last row of another.
    #[must_use]
    pub fn after(mut self, cursor: Cursor) -> Self {
        self.after = Some(cursor);
        self
    }

    /// The number of rows on all pages together.
    ///
    /// ```
    /// use tablature::Page;
    /// # use tablature::Table;
    /// # #[derive(Table)]
    /// # struct Post { #[column(primary_key)] id: i64, author: i64, title: String }
    /// # fn main() -> tablature::Result<()> {
    /// # let db = tablature::Connection::open_in_memory()?;
    /// # db.execute_batch(Post::DDL)?;
    /// # for id in 1..=5 { tablature::insert!(&db, Post { id, author: id % 2, title: "x" })?; }
    /// let newest = Page::by(Post::COLUMNS.title).limit(2).filter("author = ?", [1]);
    /// assert_eq!(newest.total(&db)?, 3);
    /// assert_eq!(Post::page(&db, &newest)?.rows.len(), 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn total(&self, db: &Connection) -> Result<u64, ReadError> {
        let condition = self.filter.conditions().join(" AND ");
        let sql = match condition.as_str() {
            "" => T::SQL.count.to_owned(),
            condition => format!("{} WHERE {condition}", T::SQL.count),
        };
        let values = self.filter.values()?;
        let mut statement = db.prepare_cached(&sql)?;
        crate::params::bind(&mut statement, &sql, values.as_slice())?;
        total(&mut statement.raw_query())
    }

    /// The columns that make the order total.
    fn order(&self) -> Vec<usize> {
        let key = T::TABLE
            .primary_key
            .iter()
            .copied()
            .filter(|column| *column != self.column);
        std::iter::once(self.column).chain(key).collect()
    }

    fn sql(&self, values: &mut Vec<Value>) -> Result<String, ReadError> {
        let order = self.order();
        let mut conditions = self.filter.conditions().to_vec();
        if let Some(cursor) = &self.after {
            if cursor.values.len() != order.len() {
                return Err(ReadError::Cursor { table: T::NAME });
            }
            conditions.push(self.behind(&order, &cursor.values));
            values.extend(
                cursor
                    .values
                    .iter()
                    .filter(|value| **value != Value::Null)
                    .cloned(),
            );
        }
        let condition = if conditions.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", conditions.join(" AND "))
        };
        let direction = if self.descending { " DESC" } else { "" };
        let order: Vec<String> = order
            .iter()
            .map(|column| format!("{}{direction}", name::<T>(*column)))
            .collect();
        Ok(format!(
            "{}{condition} ORDER BY {} LIMIT {}",
            T::SQL.select,
            order.join(", "),
            self.limit + 1
        ))
    }

    /// Everything behind a row. SQLite sorts NULL before everything else, and compares it with nothing.
    fn behind(&self, order: &[usize], values: &[Value]) -> String {
        let than = if self.descending { "<" } else { ">" };
        let first = name::<T>(self.column);
        let all: Vec<&str> = order
            .iter()
            .map(|column| T::TABLE.columns[*column].name)
            .collect();
        let placeholders = vec!["?"; all.len()].join(", ");
        if !T::TABLE.columns[self.column].facts.nullable {
            return format!("({}) {than} ({placeholders})", list(&all));
        }
        let key = format!(
            "({}) {than} ({})",
            list(&all[1..]),
            vec!["?"; all.len() - 1].join(", ")
        );
        match (&values[0], self.descending) {
            (Value::Null, false) => format!("({first} IS NOT NULL OR {key})"),
            (Value::Null, true) => format!("({first} IS NULL AND {key})"),
            (_, descending) => {
                let null = if descending {
                    format!(" OR {first} IS NULL")
                } else {
                    String::new()
                };
                format!("(({}) {than} ({placeholders}){null})", list(&all))
            }
        }
    }
}

fn name<T: Table>(column: usize) -> String {
    quoted(T::TABLE.columns[column].name)
}

/// The one number of a statement that counts.
pub(crate) fn total(rows: &mut rusqlite::Rows<'_>) -> Result<u64, ReadError> {
    let count: i64 = match rows.next()? {
        Some(row) => row.get(0)?,
        None => 0,
    };
    Ok(count.unsigned_abs())
}

pub(crate) fn fetch<T: Table>(db: &Connection, page: &Page<T>) -> Result<Paged<T>, ReadError> {
    let mut values = page.filter.values()?;
    let sql = page.sql(&mut values)?;
    let order = page.order();
    let mut statement = db.prepare_cached(&sql)?;
    crate::params::bind(&mut statement, &sql, values.as_slice())?;
    let mut found = statement.raw_query();
    let (mut rows, mut last, mut next) = (Vec::new(), None, None);
    while let Some(row) = found.next()? {
        if rows.len() == page.limit {
            next = last;
            break;
        }
        rows.push(T::read(&Values::new::<T>(row))?);
        if rows.len() == page.limit {
            let values: rusqlite::Result<Vec<Value>> =
                order.iter().map(|column| row.get(*column)).collect();
            last = Some(Cursor { values: values? });
        }
    }
    Ok(Paged { rows, next })
}
