//! What can only be checked once types are known, checked while compiling.
//!
//! The derives call these from constants, spanned at the token at fault: a panic here is a compile error there.

use super::ident;
use super::statements::InsertSql;
use super::writer::Writer;
use crate::declare::{Action, Default, Domain, Facts, Literal, Table, Type, contains};
use crate::open::Entry;
use crate::sql::lexer::{Kind, Lexer};
use crate::sql::parameters;

/// Every placeholder has a column, and every column a placeholder.
#[track_caller]
pub const fn placeholders(sql: &InsertSql, columns: usize) {
    assert!(
        parameters::count(sql.insert) == columns,
        "an INSERT has one placeholder for each column"
    );
    assert!(
        parameters::count(sql.ignore) == columns,
        "an INSERT has one placeholder for each column"
    );
    assert!(
        parameters::count(sql.returning) == columns,
        "an INSERT has one placeholder for each column"
    );
}

/// An INSERT of these columns gives every column that must have a value.
#[track_caller]
pub const fn complete(table: &Table, given: &[usize]) {
    let mut message = Message::new();
    message.say(&["`", table.name, "`: "]);
    let (mut i, mut missing) = (0, 0);
    while i < table.columns.len() {
        if !contains(given, i) && !table.may_omit(i) {
            message.say(&[
                if missing == 0 { "" } else { ", " },
                "`",
                table.columns[i].field,
                "`",
            ]);
            missing += 1;
        }
        i += 1;
    }
    message.say(&[if missing == 1 {
        " is NOT NULL without a default, and has no value here"
    } else {
        " are NOT NULL without a default, and have no value here"
    }]);
    if missing > 0 {
        message.panic();
    }
}

/// The column can be written.
#[track_caller]
pub const fn writable(table: &Table, column: usize) {
    let declared = &table.columns[column];
    if declared.generated.is_some() {
        fail(&[
            "`",
            table.name,
            ".",
            declared.name,
            "` is generated: the database computes it",
        ]);
    }
}

/// `None`, or an `Option`, is given for a column that can do without a value.
#[track_caller]
pub const fn optional(table: &Table, column: usize) {
    if !table.may_omit(column) {
        fail(&[
            "`",
            table.columns[column].field,
            "` is NOT NULL without a default, and cannot be `None`",
        ]);
    }
}

/// The same for a field, which is an `Option` or not.
#[track_caller]
pub const fn optional_field(table: &Table, column: usize, is_option: bool) {
    if is_option && !table.may_omit(column) {
        fail(&[
            "`",
            table.columns[column].field,
            "` is NOT NULL without a default; take the `Option` away",
        ]);
    }
}

/// An upsert meets a row by a unique key of the table, whose values it gives.
#[track_caller]
pub const fn unique_key(table: &Table, columns: &[usize], given: &[usize]) {
    if table.unchecked {
        return;
    }
    if !table.is_unique(columns) {
        fail(&[
            "`",
            table.name,
            "` has no unique key of exactly these columns; write `#[table(unique(…))]` on `",
            table.row,
            "`",
        ]);
    }
    let mut i = 0;
    while i < columns.len() {
        let column = &table.columns[columns[i]];
        if !contains(given, columns[i]) && column.default.is_none() {
            fail(&[
                "an upsert on a key needs its values; give `",
                column.field,
                "`",
            ]);
        }
        i += 1;
    }
}

/// An upsert by primary key gives the whole key.
#[track_caller]
pub const fn gives_key(table: &Table, given: &[usize]) {
    if table.unchecked {
        return;
    }
    if table.primary_key.is_empty() {
        fail(&[
            "`",
            table.name,
            "` has no primary key; name a unique key: `upsert!(… on (…))`",
        ]);
    }
    let mut i = 0;
    while i < table.primary_key.len() {
        if !contains(given, table.primary_key[i]) {
            let field = table.columns[table.primary_key[i]].field;
            fail(&[
                "an upsert by primary key needs `",
                field,
                "`; give it, or name a unique key: `upsert!(… on (…))`",
            ]);
        }
        i += 1;
    }
}

/// A row is named by its primary key.
#[track_caller]
pub const fn has_key(table: &Table) {
    if !table.unchecked && table.primary_key.is_empty() {
        fail(&[
            "the table of `",
            table.row,
            "` has no primary key that says which row is meant; write `#[column(primary_key)]` on a field",
        ]);
    }
}

/// An UPDATE by primary key does not change the key.
#[track_caller]
pub const fn not_key(table: &Table, column: usize) {
    if table.is_key(column) {
        fail(&[
            "`",
            table.name,
            ".",
            table.columns[column].name,
            "` is part of the primary key, which says which row is meant; it cannot change",
        ]);
    }
}

/// A default is of the column's type, and legal.
#[track_caller]
pub const fn default(table: &Table, column: usize) {
    let declared = &table.columns[column];
    let Some(Default::Literal(literal)) = declared.default else {
        return;
    };
    let fits = matches!(
        (declared.facts.ty, literal),
        (Type::Integer, Literal::Integer(_))
            | (Type::Real, Literal::Real(_) | Literal::Integer(_))
            | (Type::Text, Literal::Text(_))
            | (Type::Blob, Literal::Blob(_))
            | (Type::Any, _)
    );
    if !fits {
        let kind = match literal {
            Literal::Integer(_) => "an integer",
            Literal::Real(_) => "a number",
            Literal::Text(_) => "a text",
            Literal::Blob(_) => "a blob",
        };
        fail(&[
            "`",
            declared.field,
            "` is ",
            declared.facts.ty.name(),
            ", and its default is ",
            kind,
        ]);
    }
    let legal = match (declared.facts.domain, literal) {
        (Domain::Texts(texts), Literal::Text(text)) => holds_text(texts, text),
        (Domain::Integers(integers), Literal::Integer(number)) => holds_integer(integers, number),
        (Domain::Length(bytes), Literal::Blob(blob)) => blob.len() == bytes,
        _ => true,
    };
    if !legal {
        fail(&[
            "the default is not one of the values that the type of `",
            declared.field,
            "` allows",
        ]);
    }
}

/// The type of the column has a form for the present moment. `key` takes the expression where it has none.
#[track_caller]
pub const fn has_now(facts: &Facts, field: &str, key: &str) {
    if facts.now.is_none() {
        fail(&[
            "the type of `",
            field,
            "` has no present moment; write the expression: `",
            key,
            " = \"…\"`",
        ]);
    }
}

/// A primary key is never NULL; only the column that is the rowid may be an `Option`, which the database fills.
#[track_caller]
pub const fn primary_key(table: &Table, part: usize) {
    let column = &table.columns[table.primary_key[part]];
    if column.facts.nullable && table.rowid_column().is_none() {
        fail(&[
            "`",
            column.field,
            "` is part of the primary key, which is never NULL; take the `Option` away",
        ]);
    }
}

/// See <https://www.sqlite.org/autoinc.html>.
#[track_caller]
pub const fn autoincrement(table: &Table) {
    if table.rowid_column().is_none() {
        fail(&["`autoincrement` needs a primary key of one integer column"]);
    }
}

/// See <https://www.sqlite.org/lang_vacuum.html>: VACUUM may renumber the rowids of a table without such a key, and the
/// index would then find other rows.
#[track_caller]
pub const fn fts(table: &Table) {
    if table.rowid_column().is_none() {
        fail(&[
            "full-text search on `",
            table.name,
            "` needs a primary key of one integer column: without it, VACUUM may renumber the rows under the index",
        ]);
    }
}

/// A foreign key refers to columns of the same types that identify one row.
#[track_caller]
pub const fn foreign_key(table: &Table, columns: &[usize], target: &Table, keys: &[usize]) {
    if table.unchecked || target.unchecked {
        return;
    }
    if keys.is_empty() {
        fail(&[
            "`",
            target.row,
            "` has no primary key to refer to; name a unique column: `references(",
            target.row,
            "(…))`",
        ]);
    }
    if columns.len() != keys.len() {
        fail(&[
            "the key of `",
            target.row,
            "` has another number of columns; name them all: `#[table(foreign_key(a, b, references(",
            target.row,
            "(x, y))))]`",
        ]);
    }
    if !target.is_unique(keys) {
        fail(&[
            "a foreign key refers to the primary key or to a unique key of `",
            target.row,
            "`; make the column unique there: `#[column(unique)]`",
        ]);
    }
    let mut i = 0;
    while i < columns.len() {
        let (from, to) = (&table.columns[columns[i]], &target.columns[keys[i]]);
        if !matches!(
            (from.facts.ty, to.facts.ty),
            (Type::Integer, Type::Integer)
                | (Type::Real, Type::Real)
                | (Type::Text, Type::Text)
                | (Type::Blob, Type::Blob)
                | (Type::Any, _)
                | (_, Type::Any)
        ) {
            fail(&[
                "`",
                table.name,
                ".",
                from.name,
                "` is ",
                from.facts.ty.name(),
                " and refers to `",
                target.name,
                ".",
                to.name,
                "`, which is ",
                to.facts.ty.name(),
                "; give both the same type",
            ]);
        }
        i += 1;
    }
}

/// The action of a foreign key is possible.
#[track_caller]
pub const fn action(table: &Table, columns: &[usize], action: Action) {
    let mut i = 0;
    while i < columns.len() {
        let column = &table.columns[columns[i]];
        if matches!(action, Action::SetNull)
            && (!column.facts.nullable || table.is_key(columns[i]))
        {
            fail(&[
                "`",
                column.field,
                "` is NOT NULL; make it an `Option`, or write another action",
            ]);
        }
        if matches!(action, Action::SetDefault)
            && column.default.is_none()
            && !column.facts.nullable
        {
            fail(&[
                "`",
                column.field,
                "` has no default; write `#[column(default = …)]`, or another action",
            ]);
        }
        i += 1;
    }
}

/// A piece of SQL that can stand in parentheses: whole tokens, balanced, and no comment that would swallow what follows.
#[track_caller]
pub const fn expression(sql: &str) {
    let mut lexer = Lexer::new(sql);
    let (mut depth, mut tokens) = (0_usize, 0);
    while let Some(token) = lexer.next() {
        match token.kind {
            Kind::Space => continue,
            Kind::Comment => {
                panic!("a comment in an expression; write it in the struct's documentation")
            }
            Kind::Semicolon => panic!("`;` in an expression; take it away"),
            Kind::Unknown => {
                panic!("this is not SQL: a quote that does not end, or a character without meaning")
            }
            Kind::Parameter => {
                panic!("a parameter in an expression that is part of the schema; write the value")
            }
            Kind::Open => depth += 1,
            Kind::Close if depth == 0 => panic!("`)` without `(`"),
            Kind::Close => depth -= 1,
            _ => {}
        }
        tokens += 1;
    }
    assert!(depth == 0, "`(` without `)`");
    assert!(
        tokens > 0,
        "an empty expression; write one, or take the key away"
    );
}

/// The body of a trigger: whole tokens, balanced, without comments.
#[track_caller]
pub const fn statements(sql: &str) {
    let mut lexer = Lexer::new(sql);
    let (mut depth, mut tokens) = (0_usize, 0);
    while let Some(token) = lexer.next() {
        match token.kind {
            Kind::Space => continue,
            Kind::Comment => {
                panic!("a comment in a trigger; write it in the struct's documentation")
            }
            Kind::Unknown => {
                panic!("this is not SQL: a quote that does not end, or a character without meaning")
            }
            Kind::Parameter => panic!("a parameter in a trigger; write the value"),
            Kind::Open => depth += 1,
            Kind::Close if depth == 0 => panic!("`)` without `(`"),
            Kind::Close => depth -= 1,
            _ => {}
        }
        tokens += 1;
    }
    assert!(depth == 0, "`(` without `)`");
    assert!(
        tokens > 0,
        "a trigger without statements; write what it does: `body = \"INSERT …;\"`"
    );
}

const fn holds_text(texts: &[&str], text: &str) -> bool {
    let mut i = 0;
    while i < texts.len() {
        if equal(texts[i].as_bytes(), text.as_bytes()) {
            return true;
        }
        i += 1;
    }
    false
}

const fn equal(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

const fn holds_integer(integers: &[i64], number: i64) -> bool {
    let mut i = 0;
    while i < integers.len() {
        if integers[i] == number {
            return true;
        }
        i += 1;
    }
    false
}

#[track_caller]
const fn fail(parts: &[&str]) -> ! {
    let mut message = Message::new();
    message.say(parts);
    message.panic()
}

/// A compile error in the making. What does not fit is left out.
struct Message(Writer<1024>);

impl Message {
    const fn new() -> Self {
        Self(Writer::new())
    }

    const fn say(&mut self, parts: &[&str]) {
        let mut i = 0;
        while i < parts.len() {
            if self.0.length() + parts[i].len() <= 1024 {
                self.0.push(parts[i]);
            }
            i += 1;
        }
    }

    #[track_caller]
    const fn panic(&self) -> ! {
        panic!("{}", self.0.text().split_at(self.0.length()).0)
    }
}

/// Tables of one schema: each once, under names of their own, and every foreign key leads to one of them.
#[track_caller]
pub const fn schema(tables: &[Entry]) {
    let mut i = 0;
    while i < tables.len() {
        let table = tables[i].table;
        let mut earlier = 0;
        while earlier < i {
            let other = tables[earlier].table;
            if ident::same(table.name.as_bytes(), other.name.as_bytes()) {
                if equal(table.row.as_bytes(), other.row.as_bytes()) {
                    fail(&["`", table.row, "` is listed twice"]);
                }
                fail(&[
                    "`",
                    other.row,
                    "` and `",
                    table.row,
                    "` are both the table `",
                    table.name,
                    "`; give one `#[table(name = \"…\")]`",
                ]);
            }
            earlier += 1;
        }
        let mut column = 0;
        while column < table.columns.len() {
            if let Some(key) = &table.columns[column].references {
                listed(tables, table, key.table);
            }
            column += 1;
        }
        let mut key = 0;
        while key < table.foreign_keys.len() {
            listed(tables, table, table.foreign_keys[key].table);
            key += 1;
        }
        i += 1;
    }
}

#[track_caller]
const fn listed(tables: &[Entry], table: &Table, target: &str) {
    let mut i = 0;
    while i < tables.len() {
        if ident::same(tables[i].table.name.as_bytes(), target.as_bytes()) {
            return;
        }
        i += 1;
    }
    fail(&[
        "`",
        table.row,
        "` refers to the table `",
        target,
        "`, which is not listed; add its struct",
    ]);
}
