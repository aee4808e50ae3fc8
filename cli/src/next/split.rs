use super::Way;
use crate::arguments::HintArguments;
use tablature::diff::diff;
use tablature::plan::Hints;
use tablature::schema::{Schema, same_name};

/// One way for each table that changes, in the order of the list, then those that go; what belongs to no table is last.
pub(super) fn split(way: Way) -> Vec<Way> {
    let mut hints = Hints::default();
    if way.hints.read(&mut hints).is_err() {
        return vec![way];
    }
    let old_name = |name: &str| {
        let renamed = hints
            .renamed_tables()
            .iter()
            .find(|(_, new)| same_name(new, name));
        renamed.map_or_else(|| name.to_owned(), |(old, _)| old.clone())
    };
    let kept = way
        .to
        .tables
        .iter()
        .map(|it| (old_name(&it.name), it.name.clone()));
    let stays = |name: &str| {
        way.to.table(name).is_some()
            || hints
                .renamed_tables()
                .iter()
                .any(|(old, _)| same_name(old, name))
    };
    let gone = way
        .from
        .tables
        .iter()
        .filter(|it| !stays(&it.name))
        .map(|it| (it.name.clone(), it.name.clone()));
    let mut ways = Vec::new();
    let mut now = way.from.clone();
    for (old, new) in kept.chain(gone) {
        let mut next = now.clone();
        remove(&mut next, &old);
        add(&mut next, &way.to, &new);
        if !diff(&now, &next).is_empty() {
            let hints = of_table(&way.hints, &old, &new);
            ways.push(Way {
                from: now,
                to: next.clone(),
                target: way.target,
                hints,
            });
        }
        now = next;
    }
    if !diff(&now, &way.to).is_empty() {
        ways.push(Way {
            from: now,
            to: way.to,
            target: way.target,
            hints: HintArguments::default(),
        });
    }
    ways
}

fn remove(schema: &mut Schema, table: &str) {
    schema.triggers.retain(|it| !same_name(&it.table, table));
    schema.indexes.retain(|it| !same_name(&it.table, table));
    schema.fts.retain(|it| {
        !it.content()
            .is_some_and(|content| same_name(content, table))
    });
    schema.tables.retain(|it| !same_name(&it.name, table));
}

fn add(schema: &mut Schema, to: &Schema, table: &str) {
    schema.tables.extend(to.table(table).cloned());
    schema.indexes.extend(to.indexes_of(table).cloned());
    schema.triggers.extend(to.triggers_of(table).cloned());
    let fts = to.fts.iter().filter(|it| {
        it.content()
            .is_some_and(|content| same_name(content, table))
    });
    schema.fts.extend(fts.cloned());
}

/// The hints that speak of a table.
fn of_table(hints: &HintArguments, old: &str, new: &str) -> HintArguments {
    let speaks = |hint: &String| {
        let place = hint
            .trim_start_matches("drop:")
            .trim_start_matches("discard:")
            .trim_start_matches("convert:");
        let table = place.split(['.', '=', ':']).next().unwrap_or(place).trim();
        same_name(table, old) || same_name(table, new) || hint == "all"
    };
    let of = |list: &Vec<String>| list.iter().filter(|it| speaks(it)).cloned().collect();
    HintArguments {
        rename: of(&hints.rename),
        backfill: of(&hints.backfill),
        using: of(&hints.using),
        map: of(&hints.map),
        allow: of(&hints.allow),
        orphans: hints.orphans,
    }
}
