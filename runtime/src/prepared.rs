use crate::insert::{self, Insert};
use crate::key::KeyValue;
use crate::query::{ReadError, Select};
use crate::table::{self, Keyed, Table};
use crate::write::WriteError;
use rusqlite::{CachedStatement, Connection};

/// The statements of a struct, each prepared when it is first used and kept until this goes away.
///
/// The methods of [`Insert`] and [`Table`] find their statements in the connection's cache each time, which is a few
/// tenths of a microsecond. In a loop of thousands this saves them.
pub struct Prepared<'c, I: Insert> {
    db: &'c Connection,
    insert: Option<CachedStatement<'c>>,
    ignore: Option<CachedStatement<'c>>,
    upsert: Option<CachedStatement<'c>>,
    update: Option<CachedStatement<'c>>,
    delete: Option<CachedStatement<'c>>,
    get: Option<Select<'c, I::Into>>,
}

impl<'c, I: Insert> Prepared<'c, I> {
    /// For a struct of some columns; for a whole row there is [`Table::prepared`].
    ///
    /// ```
    /// use tablature::{Insert, Prepared, Table};
    ///
    /// #[derive(Table)]
    /// struct Post { #[column(primary_key)] id: i64, title: String }
    ///
    /// #[derive(Insert)]
    /// #[insert(into = Post)]
    /// struct NewPost<'a> { title: &'a str }
    ///
    /// # fn main() -> tablature::Result<()> {
    /// # let db = tablature::Connection::open_in_memory()?;
    /// # db.execute_batch(Post::DDL)?;
    /// let mut posts = Prepared::new(&db);
    /// for title in ["one", "two"] {
    ///     posts.insert(&NewPost { title })?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn new(db: &'c Connection) -> Self {
        Self {
            db,
            insert: None,
            ignore: None,
            upsert: None,
            update: None,
            delete: None,
            get: None,
        }
    }

    /// [`Insert::insert`].
    #[inline]
    pub fn insert(&mut self, row: &I) -> Result<<I::Into as Table>::Key, WriteError> {
        let sql = || {
            Ok(if I::INSERT.returning_key.is_empty() {
                I::INSERT.insert
            } else {
                I::INSERT.returning_key
            })
        };
        insert::insert_with(self.db, held::<I>(self.db, &mut self.insert, sql)?, row)
    }

    /// [`Insert::insert_or_ignore`].
    pub fn insert_or_ignore(
        &mut self,
        row: &I,
    ) -> Result<Option<<I::Into as Table>::Key>, WriteError> {
        insert::ignore_with(
            self.db,
            held::<I>(self.db, &mut self.ignore, || Ok(I::INSERT.ignore))?,
            row,
        )
    }

    /// [`Insert::upsert`].
    #[inline]
    pub fn upsert(&mut self, row: &I) -> Result<(), WriteError> {
        insert::upsert_with(
            self.db,
            held::<I>(self.db, &mut self.upsert, insert::upsert::<I>)?,
            row,
        )
    }

    /// [`Table::get`].
    #[inline]
    pub fn get(
        &mut self,
        key: impl KeyValue<<I::Into as Table>::Key>,
    ) -> Result<Option<I::Into>, ReadError>
    where
        I::Into: Keyed,
    {
        let select = match &mut self.get {
            Some(select) => select,
            none => none.insert(Select::prepared(self.db, I::Into::SQL.get)?),
        };
        table::get_with(select, &key)
    }

    /// [`Table::update`].
    pub fn update(&mut self, row: &I::Into) -> Result<bool, WriteError>
    where
        I::Into: Keyed,
    {
        table::update_with(
            self.db,
            held::<I>(self.db, &mut self.update, || Ok(I::Into::SQL.update))?,
            row,
        )
    }

    /// [`Table::delete`].
    pub fn delete(
        &mut self,
        key: impl KeyValue<<I::Into as Table>::Key>,
    ) -> Result<bool, WriteError>
    where
        I::Into: Keyed,
    {
        table::delete_with::<I::Into>(
            self.db,
            held::<I>(self.db, &mut self.delete, || Ok(I::Into::SQL.delete))?,
            &key,
        )
    }
}

#[inline]
fn held<'s, 'c, I: Insert>(
    db: &'c Connection,
    slot: &'s mut Option<CachedStatement<'c>>,
    sql: impl FnOnce() -> Result<&'static str, WriteError>,
) -> Result<&'s mut CachedStatement<'c>, WriteError> {
    match slot {
        Some(statement) => Ok(statement),
        none => Ok(none.insert(insert::prepare::<I>(db, sql()?)?)),
    }
}
