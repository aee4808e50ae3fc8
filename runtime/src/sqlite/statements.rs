//! The statements of a table, written while compiling.

use super::ddl::{fts_name, literal, rowid};
use super::writer::Writer;
use crate::declare::{Default, Table, contains};

/// How an INSERT treats `NULL` for a NOT NULL column with a default.
#[derive(Clone, Copy, Debug)]
pub enum Nulls {
    /// No value can be NULL: the struct is the whole row.
    Never,
    /// It means the default.
    Default,
}

/// The INSERT statements for some columns of a table.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct InsertSql {
    /// `INSERT INTO … VALUES (?, …)`
    pub insert: &'static str,
    /// The same without the last parenthesis, to be followed by any number of [`values`](Self::values).
    pub into: &'static str,
    /// `(?, …)`
    pub values: &'static str,
    /// Does nothing where a unique key exists already.
    pub ignore: &'static str,
    /// Updates the row where the primary key exists already; empty when a key column is missing.
    pub upsert: &'static str,
    /// Returns the whole row.
    pub returning: &'static str,
    /// Returns the primary key; empty when the key is known without.
    pub returning_key: &'static str,
}

/// The statements over whole rows of a table.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TableSql {
    /// `SELECT …`, without what it selects from.
    pub columns: &'static str,
    /// `SELECT … FROM …`
    pub select: &'static str,
    /// One row, by primary key.
    pub get: &'static str,
    /// Whether there is one.
    pub exists: &'static str,
    /// Changes a row, by primary key. The parameters are those of the INSERT, then the key.
    pub update: &'static str,
    /// Removes a row, by primary key.
    pub delete: &'static str,
    /// The number of rows.
    pub count: &'static str,
    /// Full-text search, up to its WHERE clause; empty for tables without it.
    pub search: &'static str,
}

impl InsertSql {
    /// For a struct whose attributes are wrong.
    #[doc(hidden)]
    pub const NONE: Self = Self {
        insert: "",
        into: "",
        values: "",
        ignore: "",
        upsert: "",
        returning: "",
        returning_key: "",
    };

    #[doc(hidden)]
    pub const fn new<const N: usize>(w: &'static Writer<N>) -> Self {
        Self {
            insert: w.piece(0, 1),
            into: w.piece(0, 0),
            values: w.piece(1, 1),
            ignore: w.piece(2, 2),
            upsert: w.piece(3, 3),
            returning: w.piece(4, 4),
            returning_key: w.piece(5, 5),
        }
    }
}

impl TableSql {
    /// For a struct whose attributes are wrong.
    #[doc(hidden)]
    pub const NONE: Self = Self {
        columns: "",
        select: "",
        get: "",
        exists: "",
        update: "",
        delete: "",
        count: "",
        search: "",
    };

    #[doc(hidden)]
    pub const fn new<const N: usize>(w: &'static Writer<N>) -> Self {
        Self {
            columns: w.piece(0, 0),
            select: w.piece(0, 1),
            get: w.piece(2, 2),
            exists: w.piece(3, 3),
            update: w.piece(4, 4),
            delete: w.piece(5, 5),
            count: w.piece(6, 6),
            search: w.piece(7, 7),
        }
    }
}

#[doc(hidden)]
pub const fn insert_sql<const N: usize>(
    table: &Table,
    columns: &[usize],
    nulls: Nulls,
) -> Writer<N> {
    let mut w = Writer::new();
    insert_into(&mut w, table, columns);
    w.mark();
    values(&mut w, table, columns, nulls);
    w.mark();
    insert(&mut w, table, columns, nulls);
    w.push(" ON CONFLICT DO NOTHING");
    w.mark();
    if has_key(table, columns) {
        insert(&mut w, table, columns, nulls);
        on_conflict(&mut w, table, columns, table.primary_key);
    }
    w.mark();
    insert(&mut w, table, columns, nulls);
    w.push(" RETURNING ");
    select_list(&mut w, table, "");
    w.mark();
    if table.rowid_column().is_none()
        && !table.primary_key.is_empty()
        && !key_is_given(table, columns)
    {
        insert(&mut w, table, columns, nulls);
        returning_key(&mut w, table);
    }
    w.mark();
    w
}

/// An INSERT that updates the row which a unique key names, and returns the row's primary key.
#[doc(hidden)]
pub const fn upsert_sql<const N: usize>(
    table: &Table,
    columns: &[usize],
    nulls: Nulls,
    key: &[usize],
) -> Writer<N> {
    let mut w = Writer::new();
    insert(&mut w, table, columns, nulls);
    on_conflict(&mut w, table, columns, key);
    returning_key(&mut w, table);
    w.mark();
    w
}

/// The same at run time, for an INSERT that is there already.
pub(crate) fn upsert_on(table: &Table, columns: &[usize], insert: &str, key: &[usize]) -> String {
    let name = |column: &usize| super::quoted(table.columns[*column].name);
    let mut set: Vec<&usize> = columns
        .iter()
        .filter(|column| changes_on_conflict(table, key, **column))
        .collect();
    if set.is_empty() {
        set.extend(&key[..1]);
    }
    let set: Vec<String> = set
        .into_iter()
        .map(|column| format!("{0} = excluded.{0}", name(column)))
        .collect();
    let names = |columns: &[usize]| columns.iter().map(name).collect::<Vec<_>>().join(", ");
    let returning = if table.primary_key.is_empty() {
        "rowid".to_owned()
    } else {
        names(table.primary_key)
    };
    format!(
        "{insert} ON CONFLICT ({}) DO UPDATE SET {} RETURNING {returning}",
        names(key),
        set.join(", ")
    )
}

/// An UPDATE of some columns, by primary key. The parameters are the columns' values, then the key.
#[doc(hidden)]
pub const fn update_sql<const N: usize>(
    table: &Table,
    columns: &[usize],
    nulls: Nulls,
) -> Writer<N> {
    let mut w = Writer::new();
    w.push("UPDATE ");
    w.name(table.name);
    w.push(" SET ");
    let mut i = 0;
    while i < columns.len() {
        w.push(if i == 0 { "" } else { ", " });
        w.name(table.columns[columns[i]].name);
        w.push(" = ");
        value(&mut w, table, columns[i], nulls);
        i += 1;
    }
    where_key(&mut w, table);
    w.mark();
    w
}

#[doc(hidden)]
pub const fn table_sql<const N: usize>(table: &Table, columns: &[usize]) -> Writer<N> {
    let mut w = Writer::new();
    w.push("SELECT ");
    select_list(&mut w, table, table.name);
    w.mark();
    w.push(" FROM ");
    w.name(table.name);
    w.mark();
    select(&mut w, table);
    where_key(&mut w, table);
    w.mark();
    w.push("SELECT EXISTS (SELECT 1 FROM ");
    w.name(table.name);
    where_key(&mut w, table);
    w.push(")");
    w.mark();
    whole_update(&mut w, table, columns);
    w.mark();
    w.push("DELETE FROM ");
    w.name(table.name);
    where_key(&mut w, table);
    w.mark();
    w.push("SELECT count(*) FROM ");
    w.name(table.name);
    w.mark();
    search(&mut w, table);
    w.mark();
    w
}

/// `SELECT … FROM …` for some columns of a table.
#[doc(hidden)]
pub const fn select_sql<const N: usize>(table: &Table, columns: &[usize]) -> Writer<N> {
    let mut w = Writer::new();
    w.push("SELECT ");
    let mut i = 0;
    while i < columns.len() {
        w.push(if i == 0 { "" } else { ", " });
        w.name(table.name);
        w.push(".");
        w.name(table.columns[columns[i]].name);
        i += 1;
    }
    w.push(" FROM ");
    w.name(table.name);
    w.mark();
    w
}

const fn insert<const N: usize>(w: &mut Writer<N>, table: &Table, columns: &[usize], nulls: Nulls) {
    insert_into(w, table, columns);
    values(w, table, columns, nulls);
}

const fn insert_into<const N: usize>(w: &mut Writer<N>, table: &Table, columns: &[usize]) {
    w.push("INSERT INTO ");
    w.name(table.name);
    if columns.is_empty() {
        w.push(" DEFAULT VALUES");
        return;
    }
    let mut i = 0;
    while i < columns.len() {
        w.push(if i == 0 { " (" } else { ", " });
        w.name(table.columns[columns[i]].name);
        i += 1;
    }
    w.push(") VALUES ");
}

const fn values<const N: usize>(w: &mut Writer<N>, table: &Table, columns: &[usize], nulls: Nulls) {
    let mut i = 0;
    while i < columns.len() {
        w.push(if i == 0 { "(" } else { ", " });
        value(w, table, columns[i], nulls);
        i += 1;
    }
    if i > 0 {
        w.push(")");
    }
}

const fn value<const N: usize>(w: &mut Writer<N>, table: &Table, column: usize, nulls: Nulls) {
    let column = &table.columns[column];
    match (column.default, nulls) {
        (Some(default), Nulls::Default) if !column.facts.nullable => {
            w.push("coalesce(?, ");
            match default {
                Default::Literal(value) => literal(w, value),
                Default::Sql(expression) => w.push(expression),
            }
            w.push(")");
        }
        _ => w.push("?"),
    }
}

/// An upsert changes the columns that it was given, but neither the key that was met nor what may never change.
const fn changes_on_conflict(table: &Table, key: &[usize], column: usize) -> bool {
    !contains(key, column) && !table.is_key(column) && !table.columns[column].immutable
}

const fn on_conflict<const N: usize>(
    w: &mut Writer<N>,
    table: &Table,
    columns: &[usize],
    key: &[usize],
) {
    w.push(" ON CONFLICT (");
    names(w, table, key, "");
    w.push(") DO UPDATE SET ");
    let (mut i, mut set) = (0, 0);
    while i < columns.len() {
        let column = columns[i];
        if changes_on_conflict(table, key, column) {
            assign_excluded(w, table, column, set);
            set += 1;
        }
        i += 1;
    }
    // DO NOTHING would return no row.
    if set == 0 {
        assign_excluded(w, table, key[0], 0);
    }
}

const fn assign_excluded<const N: usize>(
    w: &mut Writer<N>,
    table: &Table,
    column: usize,
    position: usize,
) {
    let name = table.columns[column].name;
    w.push(if position == 0 { "" } else { ", " });
    w.name(name);
    w.push(" = excluded.");
    w.name(name);
}

const fn returning_key<const N: usize>(w: &mut Writer<N>, table: &Table) {
    w.push(" RETURNING ");
    if table.primary_key.is_empty() {
        w.push("rowid");
    }
    names(w, table, table.primary_key, "");
}

const fn whole_update<const N: usize>(w: &mut Writer<N>, table: &Table, columns: &[usize]) {
    w.push("UPDATE ");
    w.name(table.name);
    w.push(" SET ");
    let (mut i, mut set) = (0, 0);
    while i < columns.len() {
        if !table.is_key(columns[i]) || (set == 0 && i + 1 == columns.len()) {
            w.push(if set == 0 { "" } else { ", " });
            w.name(table.columns[columns[i]].name);
            w.push(" = ?");
            w.number(i as i64 + 1);
            set += 1;
        }
        i += 1;
    }
    w.push(" WHERE ");
    let mut key = 0;
    while key < table.primary_key.len() {
        w.push(if key == 0 { "" } else { " AND " });
        w.name(table.columns[table.primary_key[key]].name);
        w.push(" = ?");
        w.number((position(columns, table.primary_key[key]) + 1) as i64);
        key += 1;
    }
}

const fn position(columns: &[usize], column: usize) -> usize {
    let mut i = 0;
    while i < columns.len() && columns[i] != column {
        i += 1;
    }
    i
}

const fn where_key<const N: usize>(w: &mut Writer<N>, table: &Table) {
    let mut i = 0;
    while i < table.primary_key.len() {
        w.push(if i == 0 { " WHERE " } else { " AND " });
        w.name(table.columns[table.primary_key[i]].name);
        w.push(" = ?");
        i += 1;
    }
}

const fn select<const N: usize>(w: &mut Writer<N>, table: &Table) {
    w.push("SELECT ");
    select_list(w, table, table.name);
    w.push(" FROM ");
    w.name(table.name);
}

const fn select_list<const N: usize>(w: &mut Writer<N>, table: &Table, qualifier: &str) {
    let mut i = 0;
    while i < table.columns.len() {
        w.push(if i == 0 { "" } else { ", " });
        if !qualifier.is_empty() {
            w.name(qualifier);
            w.push(".");
        }
        w.name(table.columns[i].name);
        i += 1;
    }
}

const fn names<const N: usize>(w: &mut Writer<N>, table: &Table, columns: &[usize], prefix: &str) {
    let mut i = 0;
    while i < columns.len() {
        w.push(if i == 0 { "" } else { ", " });
        w.push(prefix);
        w.name(table.columns[columns[i]].name);
        i += 1;
    }
}

/// Up to the query, which follows as a parameter. `rank MATCH` sets the weights, and lets FTS5 sort by rank itself.
/// See <https://www.sqlite.org/fts5.html#sorting_by_auxiliary_function_results>.
const fn search<const N: usize>(w: &mut Writer<N>, table: &Table) {
    let Some(fts) = &table.fts else { return };
    w.push(" FROM ");
    fts_name(w, table, fts, "");
    w.push(" JOIN ");
    w.name(table.name);
    w.push(" ON ");
    w.name(table.name);
    w.push(".");
    w.name(rowid(table));
    w.push(" = ");
    fts_name(w, table, fts, "");
    w.push(".rowid WHERE ");
    if fts.has_weights() {
        fts_name(w, table, fts, "");
        w.push(".rank MATCH 'bm25(");
        let mut i = 0;
        while i < fts.columns.len() {
            w.push(if i == 0 { "" } else { ", " });
            w.push(fts.columns[i].weight);
            i += 1;
        }
        w.push(")' AND ");
    }
    fts_name(w, table, fts, "");
    w.push(" MATCH ");
}

const fn has_key(table: &Table, columns: &[usize]) -> bool {
    let mut i = 0;
    while i < table.primary_key.len() {
        if !contains(columns, table.primary_key[i]) {
            return false;
        }
        i += 1;
    }
    !table.primary_key.is_empty()
}

/// Whether the values that are bound tell the key: all of it is given, and none of it may be left to a default.
const fn key_is_given(table: &Table, columns: &[usize]) -> bool {
    let mut i = 0;
    while i < table.primary_key.len() {
        if table.columns[table.primary_key[i]].default.is_some() {
            return false;
        }
        i += 1;
    }
    has_key(table, columns)
}
