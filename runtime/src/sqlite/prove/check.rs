use crate::schema::Schema;
use crate::sqlite::quoted;
use crate::sqlite::scratch::scratch;
use rusqlite::Connection;

/// Whether a database is whole: its foreign keys, its pages, and its full-text tables against the text they index.
/// Rows without a parent that were there before are not counted.
pub(crate) fn sound(db: &Connection, schema: &Schema, orphans: usize) -> Result<(), String> {
    let sqlite = |error: rusqlite::Error| error.to_string();
    let now = self::orphans(db).map_err(sqlite)?;
    if now > orphans {
        let row = db.query_row(
            "SELECT \"table\", parent FROM pragma_foreign_key_check LIMIT 1",
            (),
            |row| {
                Ok(format!(
                    "`{}` has rows without a parent in `{}`",
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(1)?
                ))
            },
        );
        return Err(row.map_err(sqlite)?);
    }
    let found = integrity(db).map_err(sqlite)?;
    if found != "ok" {
        // What no rows can mend is the schema's own fault: a full-text table over a column that is not there.
        let empty = scratch(schema, "the schema")
            .ok()
            .and_then(|it| integrity(&it).ok());
        if empty.as_ref() != Some(&found) {
            return Err(format!("integrity_check: {found}"));
        }
    }
    for fts in &schema.fts {
        let table = quoted(&fts.name);
        // Rank 1 compares with the text. See <https://www.sqlite.org/fts5.html#the_integrity_check_command>.
        let sql = format!("INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)");
        if let Err(error) = db.execute_batch(&sql) {
            // Text that cannot be read, not even to index it anew, is the schema's own fault, and as it was.
            let rebuild = format!("INSERT INTO {table} ({table}) VALUES ('rebuild')");
            if fts.contentless() || db.execute_batch(&rebuild).is_ok() {
                return Err(format!("fts `{}`: {error}", fts.name));
            }
        }
    }
    Ok(())
}

/// How many rows have no parent. A foreign key that leads nowhere cannot be checked, and is no finding of ours.
pub(crate) fn orphans(db: &Connection) -> rusqlite::Result<usize> {
    let mut statement = db.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query(())?;
    let mut count = 0;
    loop {
        match rows.next() {
            Ok(Some(_)) => count += 1,
            Ok(None) => return Ok(count),
            Err(error) if error.to_string().contains("foreign key mismatch") => return Ok(count),
            Err(error) => return Err(error),
        }
    }
}

fn integrity(db: &Connection) -> rusqlite::Result<String> {
    db.query_row("PRAGMA integrity_check", (), |row| row.get(0))
}
