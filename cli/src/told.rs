use tablature::diff::{Change, Object};
use tablature::schema::{Schema, same_name};

/// The changes that a reader has to be told. What comes or goes with its table, or keeps a full-text table in step, goes
/// without saying.
pub(crate) fn told(changes: &[Change], from: &Schema, to: &Schema) -> Vec<Change> {
    let told = |change: &&Change| match change {
        Change::Create(object, name) => !implied(changes, to, *object, name, Change::Create),
        Change::Drop(object, name) => !implied(changes, from, *object, name, Change::Drop),
        Change::Replace(object, name) => !implied(changes, to, *object, name, Change::Replace),
        _ => true,
    };
    changes.iter().filter(told).cloned().collect()
}

fn implied(
    changes: &[Change],
    schema: &Schema,
    object: Object,
    name: &str,
    as_change: fn(Object, String) -> Change,
) -> bool {
    let too = |object: Object, name: &str| {
        changes
            .iter()
            .any(|it| match (it, as_change(object, name.to_owned())) {
                (Change::Create(a, x), Change::Create(b, y))
                | (Change::Drop(a, x), Change::Drop(b, y))
                | (Change::Replace(a, x), Change::Replace(b, y)) => *a == b && same_name(x, &y),
                _ => false,
            })
    };
    match object {
        Object::Index => schema
            .index(name)
            .is_some_and(|it| too(Object::Table, &it.table)),
        Object::Fts => schema
            .fts(name)
            .and_then(|it| it.content())
            .is_some_and(|table| too(Object::Table, table)),
        Object::Trigger => schema.trigger(name).is_some_and(|it| {
            let mut fts = schema.fts.iter();
            too(Object::Table, &it.table)
                || fts.any(|fts| it.sql.mentions(&fts.name) && too(Object::Fts, &fts.name))
        }),
        _ => false,
    }
}
