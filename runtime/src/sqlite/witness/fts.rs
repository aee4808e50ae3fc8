use super::Unfilled;
use super::class::Class;
use crate::schema::{Fts, Schema};
use crate::sqlite::quoted;
use rusqlite::{Connection, params_from_iter};

const ROWS: usize = 3;

/// Gives the full-text tables rows, where no trigger does.
pub(super) fn fill(
    db: &Connection,
    schema: &Schema,
    bypassed: &[bool],
    unfilled: &mut Vec<Unfilled>,
) -> Result<(), rusqlite::Error> {
    for fts in &schema.fts {
        let mut triggers = schema.triggers.iter();
        let has_triggers = triggers.any(|it| it.sql.mentions(&fts.name));
        let mut tables = schema.tables.iter().zip(bypassed);
        let bypassed = tables.any(|(table, &bypassed)| {
            let mut triggers = schema.triggers_of(&table.name);
            bypassed && triggers.any(|it| it.sql.mentions(&fts.name))
        });
        let done = match fts.content() {
            Some(_) if has_triggers && !bypassed => continue,
            Some(_) => rebuild(db, fts),
            None if has_triggers => continue,
            None => insert(db, fts),
        };
        if let Err(error) = done {
            let refusal = super::refusal::Refusal::of(error)?;
            unfilled.push(Unfilled {
                table: fts.name.clone(),
                reason: refusal.reason(&[]),
            });
        }
    }
    Ok(())
}

/// See <https://www.sqlite.org/fts5.html#the_rebuild_command>.
fn rebuild(db: &Connection, fts: &Fts) -> Result<(), rusqlite::Error> {
    let name = quoted(&fts.name);
    let sql = format!("INSERT INTO main.{name}({name}) VALUES ('rebuild')");
    db.execute(&sql, ()).map(drop)
}

fn insert(db: &Connection, fts: &Fts) -> Result<(), rusqlite::Error> {
    let name = quoted(&fts.name);
    let any = format!("SELECT 1 FROM main.{name}");
    if db.prepare(&any)?.exists(())? {
        return Ok(());
    }
    let columns: Vec<String> = fts.columns.iter().map(|it| quoted(&it.name)).collect();
    let marks = vec!["?"; columns.len()].join(", ");
    let columns = columns.join(", ");
    let sql = format!("INSERT INTO main.{name} (rowid, {columns}) VALUES (?, {marks})");
    let mut statement = db.prepare(&sql)?;
    for row in 0..ROWS {
        let texts = (0..fts.columns.len()).map(|column| Class::Text.value(column + row * 2));
        let values = std::iter::once(Class::Id.value(row)).chain(texts);
        statement.execute(params_from_iter(values))?;
    }
    Ok(())
}
