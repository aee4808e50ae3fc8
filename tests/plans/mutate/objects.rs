use super::Changed;
use crate::plans::generate;
use crate::plans::model::Schema;
use crate::plans::random::Random;

pub(super) fn add_index(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some(table) = changed.any_table(random) else {
        return false;
    };
    generate::add_index(&mut changed.to, random, table)
}

pub(super) fn change_index(changed: &mut Changed, from: &Schema, random: &mut Random) -> bool {
    let at = random.below(changed.to.indexes.len());
    let Some(old) = changed.to.indexes.get(at).cloned() else {
        return false;
    };
    add_index(changed, from, random);
    let mut new = changed.to.indexes.pop().unwrap();
    new.name = old.name;
    changed.to.indexes[at] = new;
    true
}

pub(super) fn drop_index(changed: &mut Changed, _: &Schema, _: &mut Random) -> bool {
    changed.to.indexes.pop().is_some()
}

pub(super) fn add_view(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    generate::add_view(&mut changed.to, random)
}

pub(super) fn change_view(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some(old) = changed.to.views.pop() else {
        return false;
    };
    generate::add_view(&mut changed.to, random) && {
        let new = changed.to.views.last_mut().unwrap();
        new.name = old.name;
        true
    }
}

pub(super) fn drop_view(changed: &mut Changed, _: &Schema, _: &mut Random) -> bool {
    changed.to.views.pop().is_some()
}

pub(super) fn add_trigger(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    generate::add_trigger(&mut changed.to, random)
}

pub(super) fn change_trigger(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some(old) = changed.to.triggers.pop() else {
        return false;
    };
    generate::add_trigger(&mut changed.to, random) && {
        let new = changed.to.triggers.last_mut().unwrap();
        new.name = old.name;
        true
    }
}

pub(super) fn drop_trigger(changed: &mut Changed, _: &Schema, _: &mut Random) -> bool {
    changed.to.triggers.pop().is_some()
}

pub(super) fn add_fts(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    changed.to.fts.len() < 2 && generate::add_fts(&mut changed.to, random)
}

pub(super) fn change_fts(changed: &mut Changed, _: &Schema, random: &mut Random) -> bool {
    let Some(fts) = changed.to.fts.last_mut() else {
        return false;
    };
    let table = changed
        .to
        .tables
        .iter()
        .find(|it| it.id == fts.table)
        .unwrap();
    if random.chance(50) {
        fts.options = generate::fts_options(random);
    } else {
        let mut columns = generate::fts_columns(table);
        random.shuffle(&mut columns);
        columns.truncate(1 + random.below(3));
        fts.columns = columns;
    }
    true
}

pub(super) fn drop_fts(changed: &mut Changed, _: &Schema, _: &mut Random) -> bool {
    changed.to.fts.pop().is_some()
}
