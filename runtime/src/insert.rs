mod binder;
mod bulk;

use crate::key::Key;
use crate::query::ReadError;
use crate::row::Values;
use crate::sqlite::statements;
use crate::sqlite::statements::InsertSql;
use crate::table::Table;
use crate::write::WriteError;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{CachedStatement, Connection};

pub use binder::Binder;
use bulk::insert_all;

/// A struct that can be inserted: a whole row, or some columns of one.
///
/// Every [`Table`] is one. For rows whose other columns the database fills, derive it:
///
/// ```
/// use tablature::{Insert, Table};
///
/// #[derive(Table, Debug)]
/// struct Post {
///     #[column(primary_key)]
///     id: i64,
///     title: String,
///     #[column(default = "draft")]
///     status: String,
/// }
///
/// #[derive(Insert)]
/// #[insert(into = Post)]
/// struct NewPost<'a> { title: &'a str }
///
/// # fn main() -> tablature::Result<()> {
/// # let db = tablature::Connection::open_in_memory()?;
/// # db.execute_batch(Post::DDL)?;
/// let id = NewPost { title: "Hello" }.insert(&db)?;
/// assert_eq!(Post::get(&db, id)?.unwrap().status, "draft");
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be inserted",
    note = "write `#[derive(Insert)]` on it, or `#[derive(Table)]` for a whole row"
)]
pub trait Insert: Sized {
    /// The table.
    type Into: Table;

    /// The columns, as positions among the table's, in the order of [`bind`](Self::bind).
    const GIVEN: &'static [usize];

    /// The statements.
    const INSERT: InsertSql = InsertSql::whole::<Self>();

    /// Binds the values.
    fn bind(&self, to: &mut Binder<'_, '_>) -> Result<(), WriteError>;

    /// Inserts the row and returns its primary key; the rowid, where the table has no primary key.
    fn insert(&self, db: &Connection) -> Result<<Self::Into as Table>::Key, WriteError> {
        let sql = if returns_key::<Self>() {
            Self::INSERT.returning_key
        } else {
            Self::INSERT.insert
        };
        insert_with(db, &mut prepare::<Self>(db, sql)?, self)
    }

    /// Inserts the row unless a unique key of it exists already. Returns the key of a new row, none otherwise.
    ///
    /// Any other constraint that the row breaks is an error, as with [`insert`](Self::insert).
    fn insert_or_ignore(
        &self,
        db: &Connection,
    ) -> Result<Option<<Self::Into as Table>::Key>, WriteError> {
        ignore_with(db, &mut prepare::<Self>(db, Self::INSERT.ignore)?, self)
    }

    /// Inserts the row, or updates the one that has its primary key: the columns of this struct, except the immutable ones.
    fn upsert(&self, db: &Connection) -> Result<(), WriteError> {
        upsert_with(db, &mut prepare::<Self>(db, upsert::<Self>()?)?, self)
    }

    /// Inserts the row, or updates the one that has its values in the columns of a unique key, which is named by its
    /// columns. Returns the primary key of the row.
    ///
    /// ```
    /// # use tablature::{Insert, Table};
    /// #[derive(Table)]
    /// #[table(unique(author, slug))]
    /// struct Post { #[column(primary_key)] id: Option<i64>, author: i64, slug: String, title: String }
    ///
    /// # fn main() -> tablature::Result<()> {
    /// # let db = tablature::Connection::open_in_memory()?;
    /// # db.execute_batch(Post::DDL)?;
    /// let post = Post { id: None, author: 1, slug: "hello".into(), title: "Hello".into() };
    /// let id = post.upsert_on(&db, &["author", "slug"])?;
    /// assert_eq!(post.upsert_on(&db, &["author", "slug"])?, id);
    /// # Ok(())
    /// # }
    /// ```
    fn upsert_on(
        &self,
        db: &Connection,
        key: &[&str],
    ) -> Result<<Self::Into as Table>::Key, WriteError> {
        let mut statement = prepare::<Self>(db, &upsert_on::<Self>(key)?)?;
        self.bind(&mut Binder::new::<Self>(&mut statement))?;
        returned_key::<Self::Into>(&mut statement).map_err(|error| failed(db, error, self))
    }

    /// Inserts the row and returns it as it is stored, with what the database filled in.
    ///
    /// SQLite's RETURNING costs about three times a plain insert.
    fn insert_returning(&self, db: &Connection) -> Result<Self::Into, crate::Error> {
        let mut statement = prepare::<Self>(db, Self::INSERT.returning)?;
        self.bind(&mut Binder::new::<Self>(&mut statement))?;
        returned::<Self::Into>(&mut statement)?.map_err(|error| failed(db, error, self).into())
    }

    /// Inserts many rows, all or none, and returns how many. Inside a transaction of yours it is a part of it.
    fn insert_all<R: std::borrow::Borrow<Self>>(
        db: &Connection,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<usize, WriteError> {
        insert_all::<Self, R>(db, rows)
    }
}

pub(crate) fn prepare<'c, I: Insert>(
    db: &'c Connection,
    sql: &str,
) -> Result<CachedStatement<'c>, WriteError> {
    db.prepare_cached(sql)
        .map_err(|error| WriteError::new(I::Into::TABLE, error))
}

/// Runs a statement of [`InsertSql::insert`], or of `returning_key` where only the database knows the key.
#[inline]
pub(crate) fn insert_with<I: Insert>(
    db: &Connection,
    statement: &mut CachedStatement<'_>,
    row: &I,
) -> Result<<I::Into as Table>::Key, WriteError> {
    let mut binder = Binder::new::<I>(statement);
    row.bind(&mut binder)?;
    if const { returns_key::<I>() } {
        return returned_key::<I::Into>(statement).map_err(|error| failed(db, error, row));
    }
    let key = given_key::<I::Into>(&binder.into_key())?;
    statement
        .raw_execute()
        .map_err(|error| failed(db, error, row))?;
    key.map_or_else(|| rowid::<I::Into>(db), Ok)
}

/// Runs a statement of [`InsertSql::ignore`].
pub(crate) fn ignore_with<I: Insert>(
    db: &Connection,
    statement: &mut CachedStatement<'_>,
    row: &I,
) -> Result<Option<<I::Into as Table>::Key>, WriteError> {
    let mut binder = Binder::new::<I>(statement);
    row.bind(&mut binder)?;
    let key = given_key::<I::Into>(&binder.into_key())?;
    match statement.raw_execute() {
        Ok(0) => Ok(None),
        Ok(_) => key.map_or_else(|| rowid::<I::Into>(db), Ok).map(Some),
        Err(error) => Err(failed(db, error, row)),
    }
}

/// Runs a statement of [`InsertSql::upsert`].
#[inline]
pub(crate) fn upsert_with<I: Insert>(
    db: &Connection,
    statement: &mut CachedStatement<'_>,
    row: &I,
) -> Result<(), WriteError> {
    row.bind(&mut Binder::keyless::<I>(statement))?;
    statement
        .raw_execute()
        .map(drop)
        .map_err(|error| failed(db, error, row))
}

/// The upsert by primary key, if the struct has the primary key.
pub(crate) fn upsert<I: Insert>() -> Result<&'static str, WriteError> {
    match I::INSERT.upsert {
        "" => Err(WriteError::NoKey {
            table: I::Into::NAME,
        }),
        sql => Ok(sql),
    }
}

fn upsert_on<I: Insert>(key: &[&str]) -> Result<String, WriteError> {
    let table = I::Into::TABLE;
    let position = |name: &&str| table.columns.iter().position(|column| column.name == *name);
    let columns: Option<Vec<usize>> = key.iter().map(position).collect();
    match columns {
        Some(columns) if table.is_unique(&columns) => Ok(statements::upsert_on(
            table,
            I::GIVEN,
            I::INSERT.insert,
            &columns,
        )),
        _ => Err(WriteError::NotUnique {
            table: table.name,
            columns: key.iter().map(ToString::to_string).collect(),
        }),
    }
}

#[cold]
pub(crate) fn failed<I: Insert>(db: &Connection, error: rusqlite::Error, row: &I) -> WriteError {
    WriteError::of_row(db, I::Into::TABLE, I::GIVEN, error, &|binder| {
        row.bind(binder)
    })
}

/// Whether only the database knows the key: it is not the rowid, and some of it may come from a default.
const fn returns_key<I: Insert>() -> bool {
    !I::INSERT.returning_key.is_empty()
}

/// Whether the key is among the values that are bound, rather than the rowid.
pub(crate) const fn keeps_key(table: &crate::declare::Table) -> bool {
    table.rowid_column().is_none() && !table.primary_key.is_empty()
}

/// The key of the row that was inserted last, where it is the rowid.
#[inline]
pub(crate) fn rowid<T: Table>(db: &Connection) -> Result<T::Key, WriteError> {
    let rowid = ValueRef::Integer(db.last_insert_rowid());
    T::Key::read(&|_| rowid).map_err(|source| WriteError::Key {
        table: T::NAME,
        source,
    })
}

/// The key that is given, where it is not the rowid. It is read before the row is written: a table that is not STRICT
/// would take NULL for a key, and nobody could get that row.
#[inline]
pub(crate) fn given_key<T: Table>(given: &[Value]) -> Result<Option<T::Key>, WriteError> {
    if !const { keeps_key(T::TABLE) } {
        return Ok(None);
    }
    T::Key::read(&|part| given.get(part).map_or(ValueRef::Null, Into::into))
        .map(Some)
        .map_err(|source| WriteError::GivenKey {
            table: T::NAME,
            source,
        })
}

/// Runs a bound statement that returns the key. RETURNING gives its row before the statement has ended, so it is asked
/// once more: <https://www.sqlite.org/lang_returning.html>.
pub(crate) fn returned_key<T: Table>(
    statement: &mut CachedStatement<'_>,
) -> rusqlite::Result<T::Key> {
    let mut rows = statement.raw_query();
    let mut key = None;
    while let Some(row) = rows.next()? {
        let read = T::Key::read(&|part| row.get_ref(part).unwrap_or(ValueRef::Null));
        key = Some(read.map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Null, error.into())
        })?);
    }
    key.ok_or(rusqlite::Error::QueryReturnedNoRows)
}

/// Runs a bound statement that returns the whole row.
pub(crate) fn returned<T: Table>(
    statement: &mut CachedStatement<'_>,
) -> Result<rusqlite::Result<T>, ReadError> {
    let mut rows = statement.raw_query();
    let mut returned = None;
    loop {
        match rows.next() {
            Ok(Some(row)) => returned = Some(T::read(&Values::new::<T>(row))?),
            Ok(None) => return Ok(returned.ok_or(rusqlite::Error::QueryReturnedNoRows)),
            Err(error) => return Ok(Err(error)),
        }
    }
}
