//! What the macros name. Not part of the interface: it changes without notice, together with the macros.

pub use crate::check::migrations::Failure;
#[cfg(feature = "checked")]
pub use crate::checked::{
    As, Execute, Fetch, Fields, Known, NULL, Other, Probe, Reads, ResultColumn, Shape, Statement,
    Unknown, fields, refused, refused_rows,
};
pub use crate::column::{Column, Takes, Unchecked, UncheckedKey, read};
#[cfg(feature = "serde_json")]
pub use crate::column_type::Json;
pub use crate::column_type::option::NotNull;
pub use crate::column_type::{Codec, ColumnType, Nullable, Plain, Text};
pub use crate::declare::{
    Action, Check, Column as ColumnData, Conflict, Content, Detail, Domain, Event, Facts,
    ForeignKey, Fts, FtsColumn, Index, Literal, Part, Table as TableData, Timing, Trigger, Type,
    Unique,
};
pub use crate::insert::{Binder, Insert};
pub use crate::migrations::layout::{FileName, Script, Source, SqlFile, count, names, scripts};
pub use crate::migrations::recorded::Gate;
pub use crate::migrations::{Runner, dump};
pub use crate::open::{Entry, Listed, Schema};
pub use crate::query::ReadError;
pub use crate::relation::{ChildOf, Related, Relation};
pub use crate::row::{Kinds, Mapped, Row, Values};
pub use crate::sqlite::run::Hook;
pub use crate::sqlite::statements::{InsertSql, Nulls, TableSql};
pub use crate::sqlite::text::{HasText, Text as SqlText, insert_text, select_of, text};
pub use crate::sqlite::verify;
pub use crate::sqlite::writer::Written;
pub use crate::statement::{insert, insert_returning, update, upsert};
pub use crate::stored::{ANY, BLOB, INTEGER, REAL, Stored, TEXT};
pub use crate::table::{Keyed, Searchable, Table};
pub use crate::value::{Parameter, ValueError, from_sql, to_sql};
pub use crate::write::WriteError;
pub use rusqlite::types::{
    FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Value, ValueRef,
};
pub use rusqlite::{Connection, Result as SqlResult, Transaction};
pub use std::convert::Into;
pub use std::option::Option::{self, None, Some};
pub use std::primitive::{bool, i64, str, usize};
pub use std::result::Result::{self, Err, Ok};
pub use std::{cfg, include_str, option_env};
#[cfg(feature = "checked")]
pub use tablature_macros::sql_checked;
pub use tablature_macros::{
    insert_into, insert_returning_into, schema_static, update_of, upsert_into,
};

/// A statement of its own type, which the compiler writes where it is run.
#[doc(hidden)]
#[macro_export]
macro_rules! __text {
    ($function:ident($text:expr)) => {{
        enum Statement {}
        impl $crate::__private::HasText for Statement {
            const TEXT: $crate::__private::SqlText = $text;
        }
        $crate::__private::$function::<Statement>()
    }};
}

/// Ends the compilation with the schema as its message, where that is asked for.
#[doc(hidden)]
#[macro_export]
macro_rules! __dump {
    ($asked:expr, $source:expr, $tables:expr) => {
        const _: () = if $asked {
            const BODY_LENGTH: $crate::__private::usize =
                $crate::__private::dump::body::<0>($asked, $source, $tables).length();
            const BODY: &$crate::__private::str = $crate::__private::Written::<BODY_LENGTH>::text(
                const { &$crate::__private::dump::body($asked, $source, $tables) },
            );
            const LENGTH: $crate::__private::usize =
                $crate::__private::dump::frame::<0>($asked, $source, BODY).length();
            const FRAME: &$crate::__private::Written<LENGTH> =
                &$crate::__private::dump::frame($asked, $source, BODY);
            $crate::__private::verify::dump(FRAME.text())
        };
    };
}
