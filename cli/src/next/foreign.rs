use crate::failure::Failure;
use crate::source::explained;
use crate::source::quoted;
use tablature::diff::Object;
use tablature::plan::{Hints, Target, renamed};
use tablature::schema::{Schema, same_name};

/// The structs' schema, and with it what the user's own SQL has made: all that is there and that the structs never said.
pub(crate) fn keep(
    from: &Schema,
    structs: Schema,
    said: &Schema,
    hints: &Hints,
    target: Target,
) -> Result<Schema, Failure> {
    let renames = !hints.renamed_tables().is_empty() || !hints.renamed_columns().is_empty();
    let now = if renames {
        renamed(from, &structs, hints, target)?
    } else {
        from.clone()
    };
    let old_name = |name: &str| {
        let before = hints
            .renamed_tables()
            .iter()
            .find(|(_, new)| same_name(new, name));
        before.map_or_else(|| name.to_owned(), |(old, _)| old.clone())
    };
    let mut to = structs;
    to.take_over(&now, |object, name| match object {
        Object::Table => !has(said, object, &old_name(name)),
        _ => !has(said, object, name),
    });
    still_work(from, &to)?;
    Ok(to)
}

/// What the structs said when `schema.sql` was written.
pub(crate) fn said(recorded: Option<&str>) -> Result<Schema, Failure> {
    let db = tablature::plan::scratch().map_err(Failure::error)?;
    if let Some(text) = recorded {
        db.execute_batch(text).map_err(|error| {
            Failure::Error(format!(
                "schema.sql does not run: {}; restore it, or delete it and generate anew",
                explained(text, &error)
            ))
        })?;
    }
    tablature::inspect(&db).map_err(Failure::error)
}

/// Whether a schema has what structs can say under a name.
pub(crate) fn has(schema: &Schema, object: Object, name: &str) -> bool {
    match object {
        Object::Table => schema.table(name).is_some(),
        Object::Fts => schema.fts(name).is_some(),
        Object::View => schema.view(name).is_some(),
        Object::Index => schema.index(name).is_some(),
        Object::Trigger => schema.trigger(name).is_some(),
        _ => false,
    }
}

/// A view of the user's own that can no longer be read is not put back in silence.
fn still_work(from: &Schema, to: &Schema) -> Result<(), Failure> {
    let reads = |schema: &Schema, view: &str| -> Result<Option<String>, Failure> {
        let db = tablature::plan::scratch().map_err(Failure::error)?;
        for statement in schema.statements() {
            // What cannot even be made is told by the plan.
            let _ = db.execute_batch(statement);
        }
        let sql = format!("SELECT * FROM {}", quoted(view));
        Ok(db.prepare(&sql).err().map(|error| error.to_string()))
    };
    for view in &to.views {
        let ours = from.view(&view.name).is_some();
        if let Some(reason) = reads(to, &view.name)?.filter(|_| ours)
            && reads(from, &view.name)?.is_none()
        {
            let reason = reason.split(" in SELECT").next().unwrap_or(&reason);
            return Err(Failure::Refused(format!(
                "the view `{}`, which a migration has made, would no longer work: {reason}; write a migration that drops or changes it first",
                view.name
            )));
        }
    }
    Ok(())
}
