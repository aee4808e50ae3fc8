use super::Changed;
use crate::plans::generate::{self, parts_of};
use crate::plans::model::{Id, Schema, affinity, class, sql};
use crate::plans::random::Random;

fn insert(
    changed: &mut Changed,
    table: Id,
    column: crate::plans::model::Column,
    random: &mut Random,
) {
    let columns = &mut changed.to.table_mut(table).columns;
    let at = if random.chance(70) {
        columns.len()
    } else {
        random.below(columns.len() + 1)
    };
    columns.insert(at, column);
}

fn new(changed: &mut Changed, random: &mut Random) -> Option<(Id, crate::plans::model::Column)> {
    let id = changed.any_table(random)?;
    let table = changed.to.table(id)?.clone();
    let mut column = generate::column(&mut changed.to, &table, random);
    // A name that was there before would be that column, and not a new one.
    column.name = format!("{}{}", column.name, 100 + random.below(900));
    Some((id, column))
}

pub(super) fn add_nullable(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some((table, mut column)) = new(changed, random) else {
        return false;
    };
    (column.not_null, column.null_conflict) = (false, "");
    insert(changed, table, column, random);
    true
}

pub(super) fn add_default(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some((table, mut column)) = new(changed, random) else {
        return false;
    };
    if column.generated.is_none() {
        column.default = Some(generate::default(column.kind, random)).filter(|it| it != "NULL");
        column.not_null = column.default.is_some() && random.chance(60);
    }
    insert(changed, table, column, random);
    true
}

pub(super) fn add_required(changed: &mut Changed, from: &Schema, random: &mut Random) -> bool {
    let Some((table, mut column)) = new(changed, random) else {
        return false;
    };
    if column.generated.is_some() {
        return false;
    }
    (column.not_null, column.default) = (true, None);
    if random.chance(4) {
        changed.asks |= from.table(table).is_some();
    } else if let Some(value) = value(from, table, column.kind, random) {
        changed.values.push((table, column.id, value));
    }
    insert(changed, table, column, random);
    true
}

/// An expression for a type, over the columns as they were.
fn value(
    from: &Schema,
    table: Id,
    kind: &str,
    random: &mut Random,
) -> Option<crate::plans::model::Sql> {
    let table = from.table(table)?;
    let column = random.one(&table.columns)?;
    Some(match class(kind) {
        "integer" => {
            [sql("0", &[]), sql("length(coalesce({}, ''))", &[column.id])][random.below(2)].clone()
        }
        "text" => [
            sql("'old'", &[]),
            sql("'v' || coalesce({}, 'none')", &[column.id]),
        ][random.below(2)]
        .clone(),
        "real" => sql("0.5", &[]),
        _ if kind == "BLOB" => sql("x'01'", &[]),
        _ => sql("'?'", &[]),
    })
}

pub(super) fn drop(changed: &mut Changed, from: &Schema, random: &mut Random) -> bool {
    let Some(table) = changed
        .any_table(random)
        .and_then(|it| changed.to.table(it))
    else {
        return false;
    };
    let Some(column) = random.one(&table.columns) else {
        return false;
    };
    let kept = table.columns.iter().filter(|it| {
        it.id != column.id
            && it.generated.is_none()
            && from
                .table(table.id)
                .is_some_and(|from| from.column(it.id).is_some())
    });
    if kept.count() == 0 {
        return false;
    }
    let id = table.id;
    changed
        .to
        .table_mut(id)
        .columns
        .retain(|it| it.id != column.id);
    true
}

pub(super) fn retype(changed: &mut Changed, from: &Schema, random: &mut Random) -> bool {
    let Some((table, column)) = changed.any_column(random) else {
        return false;
    };
    let strict = changed.to.table(table).unwrap().strict;
    let kind = generate::kind(strict, random);
    let said = from.table(table).and_then(|it| it.column(column)).is_some() && random.chance(30);
    let table_to = changed.to.table_mut(table);
    let refers = table_to
        .foreign_keys
        .iter()
        .any(|it| it.from.contains(&column));
    let computed_from = table_to.columns.iter().any(|it| {
        it.generated
            .as_ref()
            .is_some_and(|(sql, _)| crate::plans::model::mentions(sql, column))
    });
    // What was said of it may not fit another type.
    let valued = changed.values.iter().any(|it| it.1 == column);
    if valued
        || table_to.in_key(column)
        || refers
        || computed_from
        || table_to.column(column).unwrap().kind == kind
    {
        return false;
    }
    let change = table_to.column_mut(column);
    let same = class(change.kind) == class(kind);
    change.kind = kind;
    if !same || strict {
        change.default = Some(generate::default(kind, random)).filter(|_| change.default.is_some());
        // NULL is no value for a column that must have one.
        change.not_null &= change.default.as_deref() != Some("NULL");
        table_to
            .checks
            .retain(|it| !it.test.columns().contains(&column));
        changed.maps.retain(|it| it.1 != column);
    }
    if said && ["integer", "text", "real"].contains(&affinity(kind, strict)) {
        changed.values.retain(|it| it.1 != column);
        changed.values.push((
            table,
            column,
            sql(
                &format!("CAST({{}} AS {})", affinity(kind, strict).to_uppercase()),
                &[column],
            ),
        ));
    }
    true
}

pub(super) fn default(changed: &mut Changed, from: &Schema, random: &mut Random) -> bool {
    let Some((table, column)) = changed.any_column(random) else {
        return false;
    };
    if from
        .table(table)
        .is_some_and(|it| it.column(column).is_none())
    {
        return false;
    }
    let table = changed.to.table_mut(table);
    if table.rowid() == Some(column)
        || table
            .checks
            .iter()
            .any(|it| it.test.columns().contains(&column))
    {
        return false;
    }
    let column = table.column_mut(column);
    column.default = if random.chance(25) {
        None
    } else {
        Some(generate::default(column.kind, random))
    };
    true
}

pub(super) fn require(changed: &mut Changed, from: &Schema, random: &mut Random) -> bool {
    let Some((table, column)) = changed.any_column(random) else {
        return false;
    };
    let known = from.table(table).and_then(|it| it.column(column)).is_some();
    let Some(kind) = changed
        .to
        .table(table)
        .and_then(|it| it.column(column))
        .filter(|it| !it.not_null)
        .map(|it| it.kind)
    else {
        return false;
    };
    if !known || parts_of(&changed.to, column) {
        return false;
    }
    if random.chance(50)
        && let Some(other) = value(from, table, kind, random)
    {
        let mut filled = sql("coalesce({}, ", &[column]);
        filled.extend(other);
        filled.extend(sql(")", &[]));
        changed.values.retain(|it| it.1 != column);
        changed.values.push((table, column, filled));
        changed.maps.retain(|it| it.1 != column);
    }
    let column = changed.to.table_mut(table).column_mut(column);
    column.not_null = true;
    column.null_conflict = generate::conflict(random);
    true
}

pub(super) fn release(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some((table, column)) = changed.any_column(random) else {
        return false;
    };
    let column = changed.to.table_mut(table).column_mut(column);
    std::mem::take(&mut column.not_null)
}

pub(super) fn collation(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some((table, column)) = changed.any_column(random) else {
        return false;
    };
    if parts_of(&changed.to, column) {
        return false;
    }
    let column = changed.to.table_mut(table).column_mut(column);
    let new = [None, Some("NOCASE"), Some("RTRIM")][random.below(3)];
    let other = new.is_some() != column.collation.is_some();
    column.collation = new;
    other && class(column.kind) == "text"
}

pub(super) fn generated(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some(id) = changed.any_table(random) else {
        return false;
    };
    let table = changed.to.table(id).unwrap().clone();
    let sources: Vec<_> = table
        .columns
        .iter()
        .filter(|it| it.generated.is_none() && ["text", "integer"].contains(&class(it.kind)))
        .cloned()
        .collect();
    let Some(source) = random.one(&sources) else {
        return false;
    };
    let old: Vec<Id> = table
        .columns
        .iter()
        .filter(|it| it.generated.is_some())
        .map(|it| it.id)
        .collect();
    match random.one(&old).filter(|_| random.chance(70)) {
        Some(old) => {
            let column = changed.to.table_mut(id).column_mut(old);
            match random.below(3) {
                0 => column.generated.as_mut().unwrap().1 ^= true,
                1 if !table.strict || column.kind == "TEXT" || column.kind == "INTEGER" => {
                    column.generated = None
                }
                _ => generate::generate(column, &source, random),
            }
        }
        None => {
            let Some((of, mut column)) = new(changed, random).filter(|it| it.0 == id) else {
                return false;
            };
            generate::generate(&mut column, &source, random);
            insert(changed, of, column, random);
        }
    }
    true
}

pub(super) fn order(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some(table) = changed.any_table(random) else {
        return false;
    };
    random.shuffle(&mut changed.to.table_mut(table).columns);
    true
}
