use super::column::{self, ColumnDraft};
use super::constraint::{conflict, deferrable, key_parts, names, references};
use super::{InspectError, Object};
use crate::schema::{
    Check, Column, Conflict, Expression, ForeignKey, PrimaryKey, Table, Unique, same_name,
};
use crate::sql::tokens::Tokens;
use rusqlite::Connection;

pub(super) fn read(db: &Connection, object: Object) -> Result<Table, InspectError> {
    let draft = parse(&object.sql).map_err(|reason| object.unreadable("table", reason))?;
    let columns = columns(db, &object.name)?;
    if columns.len() != draft.columns.len() {
        let reason = format!(
            "its statement reads as {} columns, and it has {}",
            draft.columns.len(),
            columns.len()
        );
        return Err(object.unreadable("table", reason));
    }
    let primary_key = draft.primary_key.map(|mut key| {
        key.rowid = is_rowid(&key, &columns, draft.without_rowid);
        key
    });
    let columns = columns.into_iter().zip(draft.columns);
    Ok(Table {
        columns: columns
            .map(|((name, declared_type), it)| Column {
                name,
                declared_type,
                not_null: it.not_null,
                default: it.default,
                collation: it.collation,
                generated: it.generated,
                definition: it.definition,
            })
            .collect(),
        primary_key,
        uniques: draft.uniques,
        checks: draft.checks,
        foreign_keys: draft.foreign_keys,
        strict: draft.strict,
        without_rowid: draft.without_rowid,
        name: object.name,
        sql: object.sql,
    })
}

/// Name and type of each column, as SQLite understands them.
fn columns(db: &Connection, table: &str) -> rusqlite::Result<Vec<(String, String)>> {
    let mut statement = db.prepare_cached(
        "SELECT name, type FROM pragma_table_xinfo(?1, 'main') WHERE hidden <> 1 ORDER BY cid",
    )?;
    statement
        .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// See <https://www.sqlite.org/lang_createtable.html#rowids_and_the_integer_primary_key>: `DESC` in the column's own
/// definition makes it an ordinary key; in a table's constraint it does not.
fn is_rowid(key: &PrimaryKey, columns: &[(String, String)], without_rowid: bool) -> bool {
    let [name] = key.columns.as_slice() else {
        return false;
    };
    let integer = columns
        .iter()
        .any(|(column, declared)| same_name(column, name) && same_name(declared, "integer"));
    integer && !without_rowid && !(key.rowid && key.descending[0])
}

/// What the statement says.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) columns: Vec<ColumnDraft>,
    primary_key: Option<PrimaryKey>,
    pub(super) uniques: Vec<Unique>,
    pub(super) checks: Vec<Check>,
    pub(super) foreign_keys: Vec<ForeignKey>,
    strict: bool,
    without_rowid: bool,
}

impl Draft {
    /// `rowid` says, until the types are known, whether the key stands in its column's definition.
    pub(super) fn primary_key(
        &mut self,
        columns: Vec<String>,
        descending: Vec<bool>,
        collations: Vec<Option<String>>,
        autoincrement: bool,
        conflict: Conflict,
    ) {
        self.primary_key = Some(PrimaryKey {
            columns,
            descending,
            collations,
            autoincrement,
            rowid: true,
            conflict,
        });
    }
}

/// `CREATE TABLE name (columns, constraints) options`. See <https://www.sqlite.org/lang_createtable.html>.
fn parse(sql: &str) -> Result<Draft, String> {
    let mut tokens = Tokens::new(sql);
    tokens.eat(&["create"]);
    let _ = tokens.eat(&["temp"]) || tokens.eat(&["temporary"]);
    tokens.eat(&["table"]);
    tokens.eat(&["if", "not", "exists"]);
    tokens.name().ok_or("its statement has no name")?;
    if tokens.eat(&["."]) {
        tokens.name();
    }
    let body = tokens
        .parenthesised()
        .ok_or("its statement has no list of columns")?;
    let mut draft = Draft::default();
    for item in body.list() {
        if is_constraint(&item) {
            constraints(item, &mut draft)?;
        } else {
            // A constraint may follow the last column without a comma.
            column::read(item, &mut draft)?;
        }
    }
    while let Some(word) = tokens.name() {
        match word.to_ascii_lowercase().as_str() {
            "strict" => draft.strict = true,
            "without" => draft.without_rowid = tokens.eat(&["rowid"]),
            _ => return Err(format!("option `{word}` is not understood")),
        }
        tokens.eat(&[","]);
    }
    Ok(draft)
}

fn is_constraint(item: &Tokens<'_>) -> bool {
    ["constraint", "primary", "unique", "check", "foreign"]
        .iter()
        .any(|word| item.is(word))
}

/// Constraints of the table; a comma between two of them may be left out.
fn constraints(mut tokens: Tokens<'_>, table: &mut Draft) -> Result<(), String> {
    let mut name = None;
    while !tokens.is_empty() {
        if tokens.eat(&["constraint"]) {
            name = tokens.name();
            continue;
        }
        let name = name.take();
        if tokens.eat(&["primary", "key"]) {
            primary_key(&mut tokens, table)?;
        } else if tokens.eat(&["unique"]) {
            let parts = tokens.parenthesised().ok_or("a UNIQUE has no columns")?;
            let parts = key_parts(&parts);
            table.uniques.push(Unique {
                columns: parts
                    .iter()
                    .map(|it| it.expression.tokens().concat())
                    .collect(),
                collations: parts.iter().map(|it| it.collation.clone()).collect(),
                descending: parts.iter().map(|it| it.descending).collect(),
                conflict: conflict(&mut tokens),
            });
        } else if tokens.eat(&["check"]) {
            let inner = tokens.parenthesised().ok_or("a CHECK has no parentheses")?;
            conflict(&mut tokens);
            table.checks.push(Check {
                name,
                expression: Expression::new(inner.rest()),
                column: None,
            });
        } else if tokens.eat(&["foreign", "key"]) {
            let from = tokens
                .parenthesised()
                .ok_or("a FOREIGN KEY has no columns")?;
            tokens.eat(&["references"]);
            let key = references(&mut tokens, name, names(&from));
            table
                .foreign_keys
                .push(key.ok_or("a FOREIGN KEY names no table")?);
        } else {
            let deferred = table
                .foreign_keys
                .last_mut()
                .is_some_and(|key| deferrable(&mut tokens, key));
            if !deferred {
                let word = tokens.peek().map_or("", |token| tokens.text(token));
                return Err(format!("`{word}` is not understood"));
            }
        }
    }
    Ok(())
}

fn primary_key(tokens: &mut Tokens<'_>, table: &mut Draft) -> Result<(), String> {
    let list = tokens
        .parenthesised()
        .ok_or("a PRIMARY KEY has no columns")?;
    let mut parts = list.list();
    let mut autoincrement = false;
    if let Some(last) = parts.last_mut() {
        // `PRIMARY KEY (id AUTOINCREMENT)`.
        let mut walk = last.clone();
        while !walk.is_empty() && !walk.is("autoincrement") {
            walk.next();
        }
        autoincrement = walk.eat(&["autoincrement"]) && walk.is_empty();
    }
    let parts: Vec<_> = parts
        .into_iter()
        .map(|it| {
            let mut part = super::index::part(it.clone());
            if autoincrement {
                let mut name = it;
                part.expression = Expression::new(name.name().unwrap_or_default());
            }
            part
        })
        .collect();
    let columns = parts
        .iter()
        .map(|it| crate::schema::unquoted(it.expression.text()))
        .collect();
    let descending = parts.iter().map(|it| it.descending).collect();
    let collations = parts.iter().map(|it| it.collation.clone()).collect();
    let conflict = conflict(tokens);
    table.primary_key(columns, descending, collations, autoincrement, conflict);
    if let Some(key) = &mut table.primary_key {
        key.rowid = false;
    }
    Ok(())
}
