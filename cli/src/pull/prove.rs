//! What a struct would make is compared with what is there; what it cannot say stays SQL.

use super::build;
use super::declared;
use super::model::Struct;
use super::rows::Held;
use super::style::Style;
use crate::failure::Failure;
use std::collections::BTreeSet;
use tablature::diff::{Change, Object, diff};
use tablature::inspect;
use tablature::schema::{Schema, same_name};

/// Structs that make what is there, and what they leave.
#[derive(Debug, Default)]
pub(super) struct Pulled {
    pub(super) structs: Vec<Struct>,
    pub(super) kept: Vec<Kept>,
}

/// Something that stays SQL.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) object: &'static str,
    pub(super) name: String,
    pub(super) why: String,
}

impl Kept {
    pub(super) fn new(object: Object, name: &str, why: impl Into<String>) -> Self {
        Self {
            object: object.word(),
            name: name.to_owned(),
            why: why.into(),
        }
    }
}

/// A table that is kept as SQL has no struct that others could refer to, so those are asked again.
pub(super) fn pull(schema: &Schema, held: &Held) -> Result<Pulled, Failure> {
    let mut as_sql: Vec<Kept> = Vec::new();
    loop {
        let mut alone = build::structs(schema, held);
        alone.retain(|it| !as_sql.iter().any(|kept| same_name(&kept.name, &it.table)));
        let mut pulled = Pulled::default();
        let before = as_sql.len();
        for it in &alone {
            match table(schema, it, &alone)? {
                Ok((found, kept)) => {
                    pulled.structs.push(found);
                    pulled.kept.extend(kept);
                }
                Err(why) => as_sql.push(Kept::new(Object::Table, &it.table, why)),
            }
        }
        if as_sql.len() == before {
            as_sql.append(&mut pulled.kept);
            pulled.kept = as_sql;
            others(schema, &mut pulled);
            return Ok(pulled);
        }
    }
}

type Found = Result<(Struct, Vec<Kept>), String>;

/// The shortest struct that makes this table and what stands on it.
fn table(schema: &Schema, alone: &Struct, all: &[Struct]) -> Result<Found, Failure> {
    let Some(table) = schema.table(&alone.table) else {
        return Ok(Err("it is gone".to_owned()));
    };
    let mut bare = alone.clone();
    bare.add_foreign_keys(schema, table, all);
    if let Some(why) = refused(&bare) {
        return Ok(Err(why));
    }
    let mut best: Option<(Struct, Vec<Kept>)> = None;
    let mut refused = String::new();
    for style in Style::all() {
        let (found, left) = match settled(schema, &bare, style)? {
            Ok(settled) => settled,
            // The last style says everything by its name, so what is wrong then is the table.
            Err(why) => {
                refused = why;
                continue;
            }
        };
        let done = left.is_empty();
        if best
            .as_ref()
            .is_none_or(|(_, least)| left.len() < least.len())
        {
            best = Some((found, left));
        }
        if done {
            break;
        }
    }
    Ok(best.ok_or(refused))
}

/// The struct in this style, without what it cannot say of what stands on the table.
fn settled(schema: &Schema, bare: &Struct, style: Style) -> Result<Found, Failure> {
    let mut left: Vec<Kept> = Vec::new();
    loop {
        let mut it = bare.clone();
        it.add_objects(schema, style, |name| {
            !left.iter().any(|kept| same_name(&kept.name, name))
        });
        if it.fts.is_some() && !has_rowid(&it) {
            let fts = schema.fts.iter().find(|fts| is_fts_of(&it, &fts.name));
            left.extend(fts.map(|fts| {
                let why = "full-text search needs a primary key of one integer column";
                Kept::new(Object::Fts, &fts.name, why)
            }));
            continue;
        }
        let changes = changes(schema, &it, &left)?;
        if changes.is_empty() {
            return Ok(Ok((it.in_order(), left)));
        }
        let before = left.len();
        for change in &changes {
            match change {
                Change::Drop(object, name) | Change::Replace(object, name)
                    if !matches!(object, Object::Table)
                        && !left.iter().any(|kept| same_name(&kept.name, name)) =>
                {
                    left.push(Kept::new(*object, name, unsayable(schema, *object, name)));
                }
                _ => {}
            }
        }
        let more = changes.iter().any(|it| matches!(it, Change::Create(..)));
        if more || left.len() == before {
            let why: Vec<String> = changes.iter().map(ToString::to_string).collect();
            let why = format!("a struct would make another table: {}", why.join("; "));
            return Ok(Err(why));
        }
    }
}

/// What differs from the whole schema, if this struct makes its table and what is not left stands on it.
fn changes(schema: &Schema, it: &Struct, left: &[Kept]) -> Result<Vec<Change>, Failure> {
    let db = tablature::plan::scratch().map_err(Failure::error)?;
    if let Err(error) = db.execute_batch(&declared::ddl(it)) {
        let words = error.to_string();
        let words = words.split(" in CREATE").next().unwrap_or_default();
        return Ok(vec![Change::AddConstraint(
            it.table.clone(),
            words.to_owned(),
        )]);
    }
    let mut to = inspect(&db).map_err(Failure::error)?;
    let is_left = |name: &str| left.iter().any(|kept| same_name(&kept.name, name));
    to.take_over(schema, |object, name| match object {
        Object::Table => !same_name(name, &it.table),
        Object::Index => {
            let mine = schema
                .index(name)
                .is_some_and(|index| same_name(&index.table, &it.table));
            !mine || is_left(name)
        }
        Object::Trigger => {
            let mine = schema
                .trigger(name)
                .is_some_and(|on| same_name(&on.table, &it.table));
            !mine || is_left(name)
        }
        // A full-text table that no struct says is looked at when all tables are done.
        Object::Fts => it.fts.is_none() || is_left(name) || !is_fts_of(it, name),
        _ => true,
    });
    Ok(diff(schema, &to))
}

fn is_fts_of(it: &Struct, name: &str) -> bool {
    let made = format!("{}_fts", it.table);
    let own = it
        .fts
        .as_ref()
        .map(|fts| fts.name.as_ref().unwrap_or(&made));
    own.is_some_and(|own| same_name(own, name))
}

/// Why the derive would refuse the struct, though the database takes the table.
fn refused(it: &Struct) -> Option<String> {
    let mut names = BTreeSet::new();
    let checks = it.fields.iter().flat_map(|it| &it.checks).chain(&it.checks);
    for name in checks.filter_map(|it| it.name.as_ref()) {
        if !names.insert(name.to_ascii_lowercase()) {
            return Some(format!("it has two checks of the name `{name}`"));
        }
    }
    if it.table.is_empty() || it.fields.iter().any(|it| it.column.is_empty()) {
        return Some("a name is empty".to_owned());
    }
    if it.autoincrement && !has_rowid(it) {
        return Some("its AUTOINCREMENT is not on an integer".to_owned());
    }
    None
}

/// Whether a column is the rowid.
fn has_rowid(it: &Struct) -> bool {
    match it.primary_key.as_slice() {
        [key] => {
            let field = &it.fields[*key];
            let declared = field.sql_type.as_deref().unwrap_or("INTEGER");
            !it.without_rowid && field.ty.is_integer() && declared.eq_ignore_ascii_case("integer")
        }
        _ => false,
    }
}

fn unsayable(schema: &Schema, object: Object, name: &str) -> String {
    match object {
        Object::Trigger => "its statement is not understood".to_owned(),
        Object::Index => "it names a column twice".to_owned(),
        Object::Fts => {
            let content = schema.fts(name).and_then(|it| it.content());
            match content.filter(|it| schema.table(it).is_none()) {
                Some(view) => format!("its text is in `{view}`, which is no table"),
                None => "a struct would make it with other options or columns".to_owned(),
            }
        }
        _ => "a struct would make it in another way".to_owned(),
    }
}

/// What stands on no struct.
fn others(schema: &Schema, pulled: &mut Pulled) {
    let known =
        |pulled: &Pulled, name: &str| pulled.kept.iter().any(|it| same_name(&it.name, name));
    for fts in &schema.fts {
        let said = pulled
            .structs
            .iter()
            .any(|it| it.fts.is_some() && is_fts_of(it, &fts.name));
        if !said && !known(pulled, &fts.name) {
            let why = match fts.content() {
                Some(content) if schema.table(content).is_none() => {
                    format!("its text is in `{content}`, which is no table")
                }
                _ => "a struct says it only where it follows the columns of a table".to_owned(),
            };
            pulled.kept.push(Kept::new(Object::Fts, &fts.name, why));
        }
    }
    for it in &schema.virtuals {
        let why = format!("it is a virtual table of the module `{}`", it.module);
        pulled.kept.push(Kept::new(Object::Virtual, &it.name, why));
    }
    for it in &schema.views {
        pulled
            .kept
            .push(Kept::new(Object::View, &it.name, "no struct says a view"));
    }
    for it in &schema.indexes {
        let said = pulled
            .structs
            .iter()
            .any(|table| same_name(&table.table, &it.table));
        if !said {
            pulled.kept.push(Kept::new(
                Object::Index,
                &it.name,
                format!("`{}` has no struct", it.table),
            ));
        }
    }
    for it in &schema.triggers {
        let said = pulled
            .structs
            .iter()
            .any(|table| same_name(&table.table, &it.table));
        if !said {
            pulled.kept.push(Kept::new(
                Object::Trigger,
                &it.name,
                format!("`{}` has no struct", it.table),
            ));
        }
    }
}
