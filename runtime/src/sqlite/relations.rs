//! The statements that follow foreign keys.

use crate::declare::{Table, Type};
use crate::sqlite::quoted;

/// The table and the columns that a value comes from, or is looked for in.
type Place<'a> = (&'a Table, &'a [usize]);

/// The rest of a SELECT: the rows whose columns are the parameters, as the foreign key compares them.
pub(crate) fn by_key(rows: Place<'_>, parent: Place<'_>) -> String {
    let equal = rows.1.iter().enumerate().map(|(at, column)| {
        let name = quoted(rows.0.columns[*column].name);
        format!("{name} = ?{}{}", at + 1, collation(rows, parent, at))
    });
    let equal: Vec<String> = equal.collect();
    format!(
        "WHERE {} ORDER BY {}",
        equal.join(" AND "),
        order(rows.0, "")
    )
}

/// The rows whose columns are one of many keys, and the number of the key. The parameter is an array of arrays.
pub(crate) fn by_keys(rows: Place<'_>, parent: Place<'_>) -> String {
    let equal = rows.1.iter().enumerate().map(|(at, column)| {
        let name = quoted(rows.0.columns[*column].name);
        let value = value(&format!("json_extract(keys.value, '$[{at}]')"), parent, at);
        format!("it.{name} = {value}{}", collation(rows, parent, at))
    });
    let equal: Vec<String> = equal.collect();
    let columns = rows.0.columns.iter();
    let columns: Vec<String> = columns
        .map(|it| format!("it.{}", quoted(it.name)))
        .collect();
    // CROSS keeps the order: each key is looked up, https://www.sqlite.org/optoverview.html#crossjoin.
    format!(
        "SELECT {}, keys.key FROM json_each(?1) AS keys CROSS JOIN {} AS it ON {} ORDER BY keys.key, {}",
        columns.join(", "),
        quoted(rows.0.name),
        equal.join(" AND "),
        order(rows.0, "it.")
    )
}

/// A foreign key compares as its parent's column does: <https://www.sqlite.org/foreignkeys.html#fk_basics>.
fn collation(rows: Place<'_>, parent: Place<'_>, at: usize) -> String {
    let of = |(table, columns): Place<'_>| table.columns[columns[at]].collate;
    match (of(rows), of(parent)) {
        (own, wanted)
            if own
                .unwrap_or("BINARY")
                .eq_ignore_ascii_case(wanted.unwrap_or("BINARY")) =>
        {
            String::new()
        }
        (_, wanted) => format!(" COLLATE {}", quoted(wanted.unwrap_or("BINARY"))),
    }
}

/// What a part of a key was, before it became JSON: a text is `t` and hexadecimal digits, a blob `b` and the same.
fn value(json: &str, (table, columns): Place<'_>, at: usize) -> String {
    let bytes = format!("unhex(substr({json}, 2))");
    match table.columns[columns[at]].facts.ty {
        Type::Integer | Type::Real => json.to_owned(),
        Type::Text => format!("CAST({bytes} AS TEXT)"),
        Type::Blob => bytes,
        Type::Any => format!(
            "CASE substr({json}, 1, 1) WHEN 't' THEN CAST({bytes} AS TEXT) WHEN 'b' THEN {bytes} ELSE {json} END"
        ),
    }
}

/// The order of the primary key, or of the rowid.
fn order(table: &Table, of: &str) -> String {
    let names = table.primary_key.iter();
    let names: Vec<String> = names
        .map(|it| format!("{of}{}", quoted(table.columns[*it].name)))
        .collect();
    match names.as_slice() {
        [] => format!("{of}rowid"),
        names => names.join(", "),
    }
}
