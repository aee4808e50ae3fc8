//! The same as constant data, so that the writer of DDL can say what the compiler would.

use super::model::{self, Content, Default, PartOf, Struct, Target, Type};
use tablature::__private as declare;
use tablature::__private::{ColumnData, Domain, Facts, Literal, TableData};
use tablature::declare::{Conflict, Detail, Type as Declared};

/// The DDL of the struct that this is to be.
pub(super) fn ddl(table: &Struct) -> String {
    data(table).ddl()
}

/// Declarations are constants, which live as long as the program; this one reads a schema and ends.
fn leak<T: Clone>(items: &[T]) -> &'static [T] {
    Box::leak(items.to_vec().into_boxed_slice())
}

fn text(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn list<T, D: Clone>(items: &[T], of: impl Fn(&T) -> D) -> &'static [D] {
    leak(&items.iter().map(of).collect::<Vec<_>>())
}

fn texts(items: &[String]) -> &'static [&'static str] {
    list(items, |it| text(it))
}

fn data(table: &Struct) -> TableData {
    let columns: Vec<ColumnData> = table
        .fields
        .iter()
        .enumerate()
        .map(|(position, field)| {
            let mut column = column(field);
            if table.autoincrement && table.primary_key == [position] {
                column = column.autoincrement();
            }
            match table.key_of_field(position) {
                Some(at) => column.references(foreign_key(&table.foreign_keys[at])),
                None => column,
            }
        })
        .collect();
    let keys_of_table: Vec<&model::ForeignKey> = table.keys_of_table().collect();
    let mut data = TableData::new(text(&table.table), text(&table.ident), leak(&columns))
        .primary_key(leak(&table.primary_key))
        .key_conflict(conflict(table.key_conflict))
        .uniques(list(&table.uniques, unique))
        .indexes(list(&table.indexes, index))
        .checks(list(&table.checks, check))
        .foreign_keys(list(&keys_of_table, |it| foreign_key(it)))
        .triggers(list(&table.triggers, trigger));
    if let Some(it) = &table.fts {
        data = data.fts(fts(it));
    }
    if !table.strict {
        data = data.lax();
    }
    if table.without_rowid {
        data = data.without_rowid();
    }
    if !table.index_foreign_keys {
        data = data.no_foreign_key_indexes();
    }
    data
}

fn column(field: &model::Field) -> ColumnData {
    let facts = match &field.ty {
        Type::Integer => Facts::new(Declared::Integer),
        Type::Bool => Facts::new(Declared::Integer).domain(Domain::Integers(&[0, 1])),
        Type::Real => Facts::new(Declared::Real),
        Type::Text => Facts::new(Declared::Text),
        Type::Blob => Facts::new(Declared::Blob),
        Type::Bytes(length) => Facts::new(Declared::Blob).domain(Domain::Length(*length)),
        Type::Value => Facts::new(Declared::Any).nullable(),
        Type::Enum(it) => Facts::new(Declared::Text)
            .domain(Domain::Texts(list(&it.variants, |(_, value)| text(value)))),
    };
    let facts = if field.optional {
        facts.nullable()
    } else {
        facts
    };
    let mut column = ColumnData::new(text(&field.column), text(&field.ident), facts);
    if let Some(words) = &field.sql_type {
        column = column.sql_type(text(words));
    }
    if field.not_null {
        column = column.not_null();
    }
    if !field.own_check {
        column = column.no_check();
    }
    column = match &field.default {
        None => column,
        Some(Default::Integer(number)) => column.default(Literal::Integer(*number)),
        Some(Default::Bool(value)) => column.default(Literal::Integer(i64::from(*value))),
        Some(Default::Real(number)) => column.default(Literal::Real(text(number))),
        Some(Default::Text(value)) => column.default(Literal::Text(text(value))),
        Some(Default::Sql(expression)) => column.default_sql(text(expression)),
    };
    column = column.checks(list(&field.checks, check));
    if let Some(sequence) = &field.collate {
        column = column.collate(text(sequence));
    }
    if let Some((expression, stored)) = &field.generated {
        column = column.generated(text(expression), *stored);
    }
    if let Some(expression) = &field.touch {
        column = column.touch(Some(text(expression)));
    }
    if field.immutable {
        column = column.immutable();
    }
    column
}

fn conflict(conflict: model::Conflict) -> Conflict {
    match conflict {
        model::Conflict::Rollback => Conflict::Rollback,
        model::Conflict::Fail => Conflict::Fail,
        model::Conflict::Ignore => Conflict::Ignore,
        model::Conflict::Replace => Conflict::Replace,
        _ => Conflict::Abort,
    }
}

fn name(name: Option<&String>) -> Option<&'static str> {
    name.map(|it| text(it))
}

fn check(check: &model::Check) -> declare::Check {
    declare::Check::new(name(check.name.as_ref()), text(&check.expression))
}

fn unique(unique: &model::Unique) -> declare::Unique {
    let data = declare::Unique::new(name(unique.name.as_ref()), leak(&unique.columns));
    match unique.constraint {
        Some(it) => data.constraint(conflict(it)),
        None => data,
    }
}

fn index(index: &model::Index) -> declare::Index {
    let mut data = declare::Index::new(list(&index.parts, part));
    if let Some(name) = name(index.name.as_ref()) {
        data = data.name(name);
    }
    if index.unique {
        data = data.unique();
    }
    if let Some(filter) = &index.filter {
        data = data.filter(text(filter));
    }
    data
}

fn part(part: &model::Part) -> declare::Part {
    let mut data = match &part.of {
        PartOf::Column(column) => declare::Part::column(*column),
        PartOf::Expression(expression) => declare::Part::expression(text(expression)),
    };
    if let Some(sequence) = &part.collate {
        data = data.collate(text(sequence));
    }
    if part.descending {
        data = data.descending();
    }
    data
}

fn foreign_key(key: &model::ForeignKey) -> declare::ForeignKey {
    let (Target::Struct { table, columns, .. } | Target::Name { table, columns }) = &key.target;
    let mut data = declare::ForeignKey::new(leak(&key.columns), text(table), texts(columns))
        .on_delete(action(key.on_delete))
        .on_update(action(key.on_update));
    if let Some(name) = name(key.name.as_ref()) {
        data = data.name(name);
    }
    if key.deferrable {
        data = data.deferrable();
    }
    data
}

fn action(action: model::Action) -> declare::Action {
    match action {
        model::Action::Restrict => declare::Action::Restrict,
        model::Action::SetNull => declare::Action::SetNull,
        model::Action::SetDefault => declare::Action::SetDefault,
        model::Action::Cascade => declare::Action::Cascade,
        _ => declare::Action::NoAction,
    }
}

fn trigger(trigger: &model::Trigger) -> declare::Trigger {
    let timing = if trigger.before {
        declare::Timing::Before
    } else {
        declare::Timing::After
    };
    let event = match trigger.event {
        "insert" => declare::Event::Insert,
        "delete" => declare::Event::Delete,
        _ => declare::Event::Update,
    };
    let data = declare::Trigger::new(text(&trigger.name), timing, event, text(&trigger.body))
        .of(leak(&trigger.of));
    match &trigger.when {
        Some(condition) => data.when(text(condition)),
        None => data,
    }
}

fn fts(fts: &model::Fts) -> declare::Fts {
    let columns = list(&fts.columns, |(column, unindexed)| {
        declare::FtsColumn::new(*column, "1.0", *unindexed)
    });
    let mut data = declare::Fts::new(columns).content(match fts.content {
        Content::External => declare::Content::External,
        Content::None => declare::Content::Contentless,
        Content::Own => declare::Content::Own,
    });
    if let Some(name) = name(fts.name.as_ref()) {
        data = data.name(name);
    }
    if let Some(tokenize) = &fts.tokenize {
        data = data.tokenize(text(tokenize));
    }
    if let Some(prefix) = &fts.prefix {
        data = data.prefix(text(prefix));
    }
    match fts.detail.as_deref() {
        Some("column") => data = data.detail(Detail::Column),
        Some("none") => data = data.detail(Detail::None),
        _ => {}
    }
    if !fts.columnsize {
        data = data.no_columnsize();
    }
    if !fts.triggers {
        data = data.no_triggers();
    }
    data
}
