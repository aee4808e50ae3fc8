use crate::failure::Failure;
use tablature::plan::{Hints, Target, renamed};
use tablature::schema::{Schema, same_name};

/// The structs' schema, and with it what the user's own SQL has made: all that is there and that the structs never said.
pub(super) fn keep(
    from: &Schema,
    structs: Schema,
    recorded: Option<&str>,
    hints: &Hints,
    target: Target,
) -> Result<Schema, Failure> {
    let said = said(recorded)?;
    let renames = !hints.renamed_tables().is_empty() || !hints.renamed_columns().is_empty();
    let now = if renames {
        renamed(from, &structs, hints, target)?
    } else {
        from.clone()
    };
    let old_name = |name: &str| {
        let renamed = hints
            .renamed_tables()
            .iter()
            .find(|(_, new)| same_name(new, name));
        renamed.map_or_else(|| name.to_owned(), |(old, _)| old.clone())
    };
    let mut to = structs;
    for table in &now.tables {
        if said.table(&old_name(&table.name)).is_none() && to.table(&table.name).is_none() {
            to.tables.push(table.clone());
        }
    }
    for fts in &now.fts {
        if said.fts(&fts.name).is_none() && to.fts(&fts.name).is_none() {
            to.fts.push(fts.clone());
        }
    }
    let virtuals = now.virtuals.iter().filter(|it| {
        !to.virtuals
            .iter()
            .any(|said| same_name(&said.name, &it.name))
    });
    let virtuals: Vec<_> = virtuals.cloned().collect();
    to.virtuals.extend(virtuals);
    for view in &now.views {
        if said.view(&view.name).is_none() && to.view(&view.name).is_none() {
            to.views.push(view.clone());
        }
    }
    for index in &now.indexes {
        if said.index(&index.name).is_none()
            && to.index(&index.name).is_none()
            && to.table(&index.table).is_some()
        {
            to.indexes.push(index.clone());
        }
    }
    for trigger in &now.triggers {
        let stands = to.table(&trigger.table).is_some() || to.view(&trigger.table).is_some();
        if said.trigger(&trigger.name).is_none() && to.trigger(&trigger.name).is_none() && stands {
            to.triggers.push(trigger.clone());
        }
    }
    Ok(to)
}

/// What the structs said when `schema.sql` was written.
fn said(recorded: Option<&str>) -> Result<Schema, Failure> {
    let db = tablature::plan::scratch().map_err(Failure::error)?;
    if let Some(text) = recorded {
        db.execute_batch(text).map_err(|error| {
            Failure::Error(format!(
                "schema.sql does not run: {error}; restore it, or delete it and generate anew"
            ))
        })?;
    }
    tablature::inspect(&db).map_err(Failure::error)
}
