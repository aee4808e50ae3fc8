mod keys;

use crate::query::{ReadError, Select};
use crate::row::Values;
use crate::sqlite::relations as sql;
use crate::{Connection, Table};
use keys::{Keys, key_of};
use std::fmt;
use std::marker::PhantomData;

/// A foreign key from the rows of `C` to those of `P`, under the name of its field.
///
/// Where one foreign key leads from a table to another, [`Table::parent`] and [`Table::children`] need no name. Where several
/// do, the relation is named:
///
/// ```
/// use tablature::{Insert, Related, Table};
///
/// #[derive(Table)]
/// struct User { #[column(primary_key)] id: i64, name: String }
///
/// #[derive(Table)]
/// struct Message {
///     #[column(primary_key)]
///     id: i64,
///     #[column(references(User))]
///     sender: i64,
///     #[column(references(User))]
///     recipient: i64,
/// }
///
/// tablature::schema! { static MAIL = [User, Message]; }
///
/// # fn main() -> tablature::Result<()> {
/// let db = MAIL.open_in_memory()?;
/// let ann = User { id: 1, name: "Ann".into() };
/// let bob = User { id: 2, name: "Bob".into() };
/// let message = Message { id: 1, sender: 1, recipient: 2 };
/// # ann.insert(&db)?;
/// # bob.insert(&db)?;
/// # message.insert(&db)?;
/// let to = message.parent_by(&db, Message::RELATIONS.recipient)?;
/// assert_eq!(to.unwrap().name, "Bob");
/// assert_eq!(ann.children_by(&db, Message::RELATIONS.sender)?.len(), 1);
/// assert!(ann.children_by(&db, Message::RELATIONS.recipient)?.is_empty());
/// # Ok(())
/// # }
/// ```
pub struct Relation<C, P> {
    /// The columns that refer.
    columns: &'static [usize],
    /// The columns that they refer to.
    target: &'static [usize],
    between: PhantomData<fn() -> (C, P)>,
}

/// A table that refers to `P` by one foreign key. The derive implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not refer to `{P}` by one foreign key",
    note = "a column refers to another table with `#[column(references({P}))]`",
    note = "where several do, name one, as in `parent_by(&db, {Self}::RELATIONS.author)`"
)]
pub trait ChildOf<P>: Table {
    /// The foreign key.
    const RELATION: Relation<Self, P>;
}

/// A table that refers to others. The derive implements it.
pub trait Related: Table {
    /// The struct of [`RELATIONS`](Self::RELATIONS).
    type Relations: 'static;

    /// A handle of each foreign key, under the name of its field, or of its fields with `_` between them.
    const RELATIONS: Self::Relations;
}

impl<C, P> Relation<C, P> {
    #[doc(hidden)]
    pub const fn new(columns: &'static [usize], target: &'static [usize]) -> Self {
        Self {
            columns,
            target,
            between: PhantomData,
        }
    }
}

impl<C, P> Clone for Relation<C, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C, P> Copy for Relation<C, P> {}

impl<C: Table, P: Table> fmt::Debug for Relation<C, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |table: &crate::declare::Table, columns: &[usize]| {
            let names: Vec<&str> = columns.iter().map(|it| table.columns[*it].name).collect();
            format!("{} ({})", table.name, names.join(", "))
        };
        let (child, parent) = (names(C::TABLE, self.columns), names(P::TABLE, self.target));
        write!(f, "{child} references {parent}")
    }
}

impl<C: Table, P: Table> Relation<C, P> {
    pub(crate) fn parent(self, db: &Connection, child: &C) -> Result<Option<P>, ReadError> {
        let Some(key) = key_of(child, self.columns)? else {
            return Ok(None);
        };
        let sql = sql::by_key((P::TABLE, self.target), (P::TABLE, self.target));
        Select::new(db, &sql)?.first(|statement| keys::bind(statement, &key))
    }

    pub(crate) fn children(self, db: &Connection, parent: &P) -> Result<Vec<C>, ReadError> {
        let Some(key) = key_of(parent, self.target)? else {
            return Ok(Vec::new());
        };
        let sql = sql::by_key((C::TABLE, self.columns), (P::TABLE, self.target));
        Select::new(db, &sql)?.every(|statement| keys::bind(statement, &key))
    }

    pub(crate) fn parents_of(
        self,
        db: &Connection,
        children: &[C],
    ) -> Result<Vec<Option<P>>, ReadError> {
        let mut found: Vec<Option<P>> = children.iter().map(|_| None).collect();
        let keys = Keys::of(children, self.columns)?;
        let sql = sql::by_keys((P::TABLE, self.target), (P::TABLE, self.target));
        grouped(db, &sql, &keys, |number, parent| {
            if let Some(place) = found.get_mut(number) {
                *place = Some(parent);
            }
        })?;
        Ok(found)
    }

    pub(crate) fn children_of(
        self,
        db: &Connection,
        parents: &[P],
    ) -> Result<Vec<Vec<C>>, ReadError> {
        let mut found: Vec<Vec<C>> = parents.iter().map(|_| Vec::new()).collect();
        let keys = Keys::of(parents, self.target)?;
        let sql = sql::by_keys((C::TABLE, self.columns), (P::TABLE, self.target));
        grouped(db, &sql, &keys, |number, child| {
            if let Some(place) = found.get_mut(number) {
                place.push(child);
            }
        })?;
        Ok(found)
    }
}

/// Each row with the number of the key that it was found by.
fn grouped<R: Table>(
    db: &Connection,
    sql: &str,
    keys: &Keys,
    mut put: impl FnMut(usize, R),
) -> Result<(), ReadError> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([keys.json()])?;
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(R::NAMES.len())?;
        let row = R::read(&Values::new::<R>(row))?;
        put(usize::try_from(number).unwrap_or(usize::MAX), row);
    }
    Ok(())
}
