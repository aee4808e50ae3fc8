use super::Changed;
use crate::plans::generate;
use crate::plans::model::{Id, Schema};
use crate::plans::random::Random;

pub(super) fn column(changed: &mut Changed, from: &Schema, random: &mut Random) -> bool {
    let Some((table, column)) = changed.any_column(random) else {
        return false;
    };
    let known = |name: &str| {
        from.table(table).is_some_and(|it| {
            it.columns
                .iter()
                .any(|it| it.name.eq_ignore_ascii_case(name))
        })
    };
    let mut new = generate::column_name(changed.to.table(table).unwrap(), random);
    if known(&new) {
        new = format!("{new}{}", 100 + random.below(900));
    }
    changed.to.table_mut(table).column_mut(column).name = new;
    true
}

fn respelled(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().map(|it| {
        if it.is_ascii_uppercase() {
            it.to_ascii_lowercase()
        } else {
            it.to_ascii_uppercase()
        }
    });
    first.into_iter().chain(chars).collect()
}

pub(super) fn respell_column(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some((table, column)) = changed.any_column(random) else {
        return false;
    };
    let column = changed.to.table_mut(table).column_mut(column);
    let new = respelled(&column.name);
    std::mem::replace(&mut column.name, new) != column.name
}

pub(super) fn respell_table(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some(table) = changed.any_table(random) else {
        return false;
    };
    let table = changed.to.table_mut(table);
    let new = respelled(&table.name);
    std::mem::replace(&mut table.name, new) != table.name
}

pub(super) fn swap_columns(changed: &mut Changed, from: &Schema, random: &mut Random) -> bool {
    let (Some((table, a)), Some((other, b))) =
        (changed.any_column(random), changed.any_column(random))
    else {
        return false;
    };
    let known = |id: Id| from.table(table).is_some_and(|it| it.column(id).is_some());
    if table != other || a == b || !known(a) || !known(b) {
        return false;
    }
    let table = changed.to.table_mut(table);
    let (first, second) = (
        table.column(a).unwrap().name.clone(),
        table.column(b).unwrap().name.clone(),
    );
    table.column_mut(a).name = second;
    table.column_mut(b).name = first;
    true
}

/// A column goes, and another gets its name.
pub(super) fn take_over(changed: &mut Changed, from: &Schema, random: &mut Random) -> bool {
    let (Some((table, a)), Some((other, b))) =
        (changed.any_column(random), changed.any_column(random))
    else {
        return false;
    };
    let known = |id: Id| from.table(table).is_some_and(|it| it.column(id).is_some());
    if table != other || a == b || !known(a) || !known(b) {
        return false;
    }
    let table = changed.to.table_mut(table);
    let name = table.column(a).unwrap().name.clone();
    table.columns.retain(|it| it.id != a);
    table.column_mut(b).name = name;
    true
}

pub(super) fn table(changed: &mut Changed, from: &Schema, random: &mut Random) -> bool {
    let Some(table) = changed.any_table(random) else {
        return false;
    };
    let mut new = generate::table_name(&changed.to, random);
    if from.taken().contains(&new.to_lowercase()) {
        new = format!("{new}{}", 100 + random.below(900));
    }
    changed.to.table_mut(table).name = new;
    true
}

pub(super) fn swap_tables(changed: &mut Changed, from: &Schema, random: &mut Random) -> bool {
    let (Some(a), Some(b)) = (changed.any_table(random), changed.any_table(random)) else {
        return false;
    };
    if a == b || from.table(a).is_none() || from.table(b).is_none() {
        return false;
    }
    let (first, second) = (
        changed.to.table(a).unwrap().name.clone(),
        changed.to.table(b).unwrap().name.clone(),
    );
    changed.to.table_mut(a).name = second;
    changed.to.table_mut(b).name = first;
    true
}
