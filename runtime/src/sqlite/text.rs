//! Texts that are constants, and are written only where one is used.
//!
//! A constant that a generic item names is evaluated for the types that the item is compiled for, and for no others. So a
//! table whose rows nobody updates has no UPDATE, and a crate that is only checked has no statements at all.

use super::ddl::ddl;
use super::statements::{
    InsertSql, Nulls, TableSql, insert_sql, select_sql, table_sql, update_sql, upsert_sql,
};
use super::verify;
use super::writer::{Pieces, Writer, Written};
use crate::declare;
use crate::insert::Insert;
use crate::table::Table;
use std::marker::PhantomData;

/// What there is to write.
#[derive(Clone, Copy, Debug)]
pub enum Text {
    /// Everything that creates the table.
    Ddl(&'static declare::Table),
    /// The statements over whole rows, whose columns are bound in this order.
    Rows(&'static declare::Table, &'static [usize]),
    /// The INSERT statements for some columns.
    Insert(&'static declare::Table, &'static [usize], Nulls),
    /// An INSERT for some columns that meets a row by a key.
    Upsert(
        &'static declare::Table,
        &'static [usize],
        Nulls,
        &'static [usize],
    ),
    /// A SELECT of some columns.
    Select(&'static declare::Table, &'static [usize]),
    /// An UPDATE of some columns, by primary key.
    Update(&'static declare::Table, &'static [usize], Nulls),
}

/// A type that stands for a text.
pub trait HasText {
    /// What is to be written.
    const TEXT: Text;
}

const fn write<const N: usize>(text: &Text) -> Written<N> {
    let mut bytes = [0; N];
    let mut w = Writer::new(&mut bytes);
    match *text {
        Text::Ddl(table) => ddl(&mut w, table),
        Text::Rows(table, columns) => table_sql(&mut w, table, columns),
        Text::Insert(table, columns, nulls) => insert_sql(&mut w, table, columns, nulls),
        Text::Upsert(table, columns, nulls, key) => upsert_sql(&mut w, table, columns, nulls, key),
        Text::Select(table, columns) => select_sql(&mut w, table, columns),
        Text::Update(table, columns, nulls) => update_sql(&mut w, table, columns, nulls),
    }
    Written::new(w.end(), bytes)
}

/// Most texts are shorter, and are written once.
const SHORT: usize = 4096;

struct First<W>(PhantomData<W>);

impl<W: HasText> First<W> {
    const WRITTEN: Written<SHORT> = write(&W::TEXT);
}

/// One function for each length, of which the compiler evaluates the one that is called.
macro_rules! by_length {
    ($text:ty, $length:expr, $unit:literal, $longer:expr) => {
        by_length!(@ $text, $length, $unit, $longer;
            1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32
            33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64)
    };
    (@ $text:ty, $length:expr, $unit:literal, $longer:expr; $($units:literal)*) => {
        match $length.div_ceil($unit) {
            $($units => within::<$text, { $units * $unit }>(),)*
            _ => $longer,
        }
    };
}

/// The text, in a constant that may be a little longer: a constant of the text's own length has a type that only writing
/// the text tells, and the compiler would write it to know the type.
const fn pieces<W: HasText>() -> Pieces {
    by_length!(W, First::<W>::WRITTEN.length(), 64, long::<W>())
}

const fn long<W: HasText>() -> Pieces {
    let length = First::<W>::WRITTEN.length();
    by_length!(
        W,
        length,
        1024,
        by_length!(
            W,
            length,
            65_536,
            panic!("a text of more than four megabytes")
        )
    )
}

const fn within<W: HasText, const N: usize>() -> Pieces {
    const {
        &if N <= SHORT {
            First::<W>::WRITTEN.cut::<N>()
        } else {
            write(&W::TEXT)
        }
    }
    .pieces()
}

struct Ddl<T>(PhantomData<T>);
struct Rows<T>(PhantomData<T>);
struct Whole<I>(PhantomData<I>);
struct Some<I>(PhantomData<I>);

impl<T: Table> HasText for Ddl<T> {
    const TEXT: Text = Text::Ddl(T::TABLE);
}

impl<T: Table> HasText for Rows<T> {
    const TEXT: Text = Text::Rows(T::TABLE, T::GIVEN);
}

impl<I: Insert> HasText for Whole<I> {
    const TEXT: Text = Text::Insert(I::Into::TABLE, I::GIVEN, Nulls::Never);
}

impl<I: Insert> HasText for Some<I> {
    const TEXT: Text = Text::Insert(I::Into::TABLE, I::GIVEN, Nulls::Default);
}

pub(crate) const fn ddl_of<T: Table>() -> &'static str {
    pieces::<Ddl<T>>().text()
}

/// What a table's rows are read with. The macros call it: a constant that they named would be evaluated.
#[doc(hidden)]
pub const fn select_of<T: Table>() -> &'static str {
    T::SQL.select
}

impl TableSql {
    pub(crate) const fn of<T: Table>() -> Self {
        Self::new(&pieces::<Rows<T>>())
    }
}

impl InsertSql {
    /// For a struct that is the whole row.
    pub(crate) const fn whole<I: Insert>() -> Self {
        insert_of::<Whole<I>>()
    }

    /// For a struct of some columns.
    #[doc(hidden)]
    pub const fn some<I: Insert>() -> Self {
        insert_of::<Some<I>>()
    }
}

/// Every placeholder has a column, and every column a placeholder.
const fn insert_of<W: HasText>() -> InsertSql {
    let sql = InsertSql::new(&pieces::<W>());
    if let Text::Insert(_, columns, _) = W::TEXT {
        verify::placeholders(&sql, columns.len());
    }
    sql
}

/// The statements of an `insert!`.
#[doc(hidden)]
#[inline]
pub const fn insert_text<W: HasText>() -> &'static InsertSql {
    const { &insert_of::<W>() }
}

/// Any other statement.
#[doc(hidden)]
#[inline]
pub const fn text<W: HasText>() -> &'static str {
    const { pieces::<W>().text() }
}

#[cfg(test)]
mod tests {
    use super::{HasText, Text, text};
    use crate::declare::{Column, Facts, Table, Type};

    struct Named<const LENGTH: usize>;

    impl<const LENGTH: usize> Named<LENGTH> {
        const NAME: &'static str = match str::from_utf8(&[b'n'; LENGTH]) {
            Ok(name) => name,
            Err(_) => "",
        };
        const TABLE: Table = Table::new(
            Self::NAME,
            "Row",
            &[Column::new("a", "a", Facts::new(Type::Any))],
        );
    }

    impl<const LENGTH: usize> HasText for Named<LENGTH> {
        const TEXT: Text = Text::Select(&Self::TABLE, &[0]);
    }

    fn check<const LENGTH: usize>() {
        let name = "n".repeat(LENGTH);
        assert_eq!(
            text::<Named<LENGTH>>(),
            format!("SELECT {name}.a FROM {name}")
        );
    }

    #[test]
    fn a_text_may_have_any_length() {
        check::<1>();
        check::<23>();
        check::<24>();
        check::<2040>();
        check::<2041>();
        check::<2050>();
        check::<32_700>();
        check::<40_000>();
    }
}
