use super::Changed;
use crate::plans::generate::{self, parts_of};
use crate::plans::model::{Key, Schema, Test, class};
use crate::plans::random::Random;

pub(super) fn add_check(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some(id) = changed.any_table(random) else {
        return false;
    };
    let table = changed.to.table_mut(id);
    let Some(test) = generate::test(table, random) else {
        return false;
    };
    super::add_check(table, random, test);
    true
}

pub(super) fn drop_check(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some(id) = changed.any_table(random) else {
        return false;
    };
    let checks = &mut changed.to.table_mut(id).checks;
    let at = random.below(checks.len());
    at < checks.len()
        && checks
            .remove(at)
            .test
            .columns()
            .iter()
            .all(|it| !changed.maps.iter().any(|map| map.1 == *it))
}

pub(super) fn change_check(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some(id) = changed.any_table(random) else {
        return false;
    };
    let checks = &mut changed.to.table_mut(id).checks;
    let at = random.below(checks.len());
    let Some(check) = checks.get_mut(at) else {
        return false;
    };
    match &mut check.test {
        Test::Enum(_, values) if values.len() > 1 && random.chance(50) => {
            values.remove(random.below(values.len()));
        }
        Test::Enum(_, values) => values.push(format!("new {}", random.below(100))),
        Test::Range(_, low, high) => {
            *low -= 1;
            *high += 50;
        }
        Test::Length(_, most) => *most += 10,
        _ if random.chance(50) => check.name = Some(format!("named_{}", random.below(100))),
        _ => check.name = None,
    }
    true
}

pub(super) fn rename_value(changed: &mut Changed, from: &Schema, random: &mut Random) -> bool {
    let Some(id) = changed.any_table(random) else {
        return false;
    };
    let known = |column| from.table(id).is_some_and(|it| it.column(column).is_some());
    for check in &mut changed.to.table_mut(id).checks {
        let Test::Enum(column, values) = &mut check.test else {
            continue;
        };
        if known(*column)
            && !changed.maps.iter().any(|it| it.1 == *column)
            && !changed.values.iter().any(|it| it.1 == *column)
        {
            let old = values[0].clone();
            values[0] = format!("{old}, renamed");
            changed.maps.push((id, *column, old, values[0].clone()));
            return true;
        }
    }
    false
}

pub(super) fn add_unique(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some(id) = changed.any_table(random) else {
        return false;
    };
    generate::unique(changed.to.table_mut(id), random)
}

pub(super) fn drop_unique(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some(id) = changed.any_table(random) else {
        return false;
    };
    changed.to.table_mut(id).uniques.pop().is_some()
}

pub(super) fn primary_key(changed: &mut Changed, from: &Schema, random: &mut Random) -> bool {
    let Some((table, column)) = changed.any_column(random) else {
        return false;
    };
    let conflict = generate::conflict(random);
    let known = from
        .table(table)
        .is_none_or(|it| it.column(column).is_some());
    let table = changed.to.table_mut(table);
    if !known || table.without_rowid || parts_of_others(table, column) {
        return false;
    }
    if random.chance(25) {
        return table.key.take().is_some();
    }
    let mut columns = vec![column];
    if random.chance(20) {
        columns.extend(
            table
                .columns
                .iter()
                .find(|it| it.id != column && it.generated.is_none() && class(it.kind) == "text")
                .map(|it| it.id),
        );
    }
    table.key = Some(Key {
        columns,
        autoincrement: random.chance(10),
        conflict,
    });
    true
}

/// Whether a column has constraints that a key would not go along with.
fn parts_of_others(table: &crate::plans::model::Table, column: u32) -> bool {
    table
        .checks
        .iter()
        .any(|it| it.test.columns().contains(&column))
        || table
            .foreign_keys
            .iter()
            .any(|it| it.from.contains(&column))
}

pub(super) fn autoincrement(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some(id) = changed.any_table(random) else {
        return false;
    };
    let table = changed.to.table_mut(id);
    let rowid = table.rowid();
    match &mut table.key {
        Some(key) if rowid.is_some() => {
            key.autoincrement ^= true;
            true
        }
        _ => false,
    }
}

pub(super) fn strict(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some(id) = changed.any_table(random) else {
        return false;
    };
    let table = changed.to.table_mut(id);
    table.strict ^= true;
    for column in &mut table.columns {
        if table.strict && !["INTEGER", "INT", "TEXT", "REAL", "BLOB", "ANY"].contains(&column.kind)
        {
            column.kind = match class(column.kind) {
                "integer" => "INTEGER",
                "text" => "TEXT",
                "real" => "REAL",
                _ => "ANY",
            };
        }
    }
    let strict = table.strict;
    let retyped: Vec<u32> = table.columns.iter().map(|it| it.id).collect();
    // The types of keys must go on matching.
    !strict || !retyped.iter().any(|it| parts_of(&changed.to, *it))
}

pub(super) fn without_rowid(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some(id) = changed.any_table(random) else {
        return false;
    };
    let table = changed.to.table_mut(id);
    table.without_rowid ^= true;
    table.key.as_ref().is_some_and(|it| !it.autoincrement)
}

pub(super) fn add_foreign_key(changed: &mut Changed, from: &Schema, random: &mut Random) -> bool {
    let Some(id) = changed.any_table(random) else {
        return false;
    };
    if !generate::foreign_key(&mut changed.to, random, id) {
        return false;
    }
    let table = changed.to.table_mut(id);
    let key = table.foreign_keys.last().unwrap().clone();
    for column in &key.from {
        let column = table.column_mut(*column);
        column.name = format!("{}{}", column.name, 100 + random.below(900));
        column.not_null &= from.table(id).is_none();
    }
    true
}

pub(super) fn drop_foreign_key(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some(id) = changed.any_table(random) else {
        return false;
    };
    changed.to.table_mut(id).foreign_keys.pop().is_some()
}

pub(super) fn change_foreign_key(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some(id) = changed.any_table(random) else {
        return false;
    };
    let keys = &mut changed.to.table_mut(id).foreign_keys;
    let at = random.below(keys.len());
    let Some(key) = keys.get_mut(at) else {
        return false;
    };
    match random.below(4) {
        0 => key.on_update = generate::action(random),
        1 => key.deferred ^= true,
        2 => {
            key.name = key
                .name
                .is_none()
                .then(|| format!("fk_named_{}", random.below(100)))
        }
        _ => key.on_delete = generate::action(random),
    }
    true
}

pub(super) fn add(changed: &mut Changed, from: &Schema, random: &mut Random) -> bool {
    let mut table = generate::table(&mut changed.to, random);
    if from.taken().contains(&table.name.to_lowercase()) {
        table.name = format!("{}{}", table.name, 100 + random.below(900));
    }
    changed.to.tables.push(table);
    true
}

/// A new table, and a foreign key to it.
pub(super) fn add_parent(changed: &mut Changed, from: &Schema, random: &mut Random) -> bool {
    let Some(child) = changed.any_table(random) else {
        return false;
    };
    let mut table = generate::table(&mut changed.to, random);
    if from.taken().contains(&table.name.to_lowercase()) {
        table.name = format!("{}{}", table.name, 100 + random.below(900));
    }
    let Some(target) = random.one(&changed.to.targets(&table)) else {
        return false;
    };
    let parent = table.id;
    changed.to.tables.push(table);
    // Any table may be drawn as the parent; only the new one is wanted.
    let others: Vec<_> = changed.to.tables.clone();
    changed
        .to
        .tables
        .retain(|it| it.id == parent || it.id == child);
    let made = generate::foreign_key(&mut changed.to, random, child);
    let with_key = changed.to.table(child).unwrap().clone();
    changed.to.tables = others;
    let key = with_key.foreign_keys.last().cloned();
    let fits = made && key.is_some_and(|it| it.parent == parent && it.to.len() == target.len());
    if fits {
        *changed.to.table_mut(child) = with_key;
        let key = changed
            .to
            .table(child)
            .unwrap()
            .foreign_keys
            .last()
            .unwrap()
            .clone();
        for column in key.from {
            let column = changed.to.table_mut(child).column_mut(column);
            column.name = format!("{}{}", column.name, 100 + random.below(900));
            column.not_null = false;
        }
    }
    true
}

pub(super) fn drop(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some(id) = changed.any_table(random) else {
        return false;
    };
    changed.to.tables.retain(|it| it.id != id);
    true
}
