//! Which files are run, and in which order. That their names are right, `schema!` asserts; here they only have to be
//! understood.

use crate::folder::Folder;
use rusqlite::{Connection, Error, config::DbConfig, limits::Limit};
use std::fs;

/// The database after the last migration.
pub(super) fn replay(folder: &Folder, runner: &str) -> Result<Connection, String> {
    let mut ups = Vec::new();
    for file in &folder.files {
        if let Some(version) = version(runner, &file.name, file.down)? {
            ups.push((version, file));
        }
    }
    ups.sort_by_key(|(version, _)| *version);
    let open = || {
        let db = Connection::open_in_memory()?;
        // A migration makes nothing outside of its database: compiling writes no file.
        db.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
        db.pragma_update(None, "foreign_keys", runner != "tablature")?;
        Ok(db)
    };
    let db = open().map_err(|error: rusqlite::Error| error.to_string())?;
    for (_, file) in ups {
        let run = || {
            let sql = fs::read_to_string(&file.path).map_err(|error| error.to_string())?;
            let run = || {
                let transaction = db.unchecked_transaction()?;
                transaction.execute_batch(&sql)?;
                transaction.commit()
            };
            run().map_err(|error| match error {
                // Without the whole text of the file.
                Error::SqlInputError { msg, .. } => msg,
                other => other.to_string(),
            })
        };
        run().map_err(|error| format!("the migration `{}` fails: {error}", file.name))?;
    }
    // As in what `open` opens: `"titel"` is a column that is not there, not a text.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, runner != "tablature")
        .map_err(|error| error.to_string())?;
    // An index for one statement would hide which table a cursor is on.
    db.pragma_update(None, "automatic_index", false)
        .map_err(|error| error.to_string())?;
    Ok(db)
}

/// The number of a migration, none where the file is a way back.
fn version(runner: &str, name: &str, is_beside: bool) -> Result<Option<u64>, String> {
    let stem = name.strip_suffix(".sql").unwrap_or(name);
    let folder = stem.strip_suffix("/up").or(stem.strip_suffix("/down"));
    let has_folders = matches!(runner, "diesel" | "rusqlite_migration");
    let up = match runner {
        // What another runner would take.
        _ if folder.is_some() && !has_folders => None,
        "diesel" | "rusqlite_migration" if is_beside || stem.ends_with("/down") => None,
        "diesel" | "rusqlite_migration" => folder.or(Some("")),
        "tablature" | "sqlx" if is_beside || stem.strip_suffix(".down").is_some() => None,
        "tablature" => Some(stem.strip_suffix(".up").unwrap_or_default()),
        "sqlx" => Some(stem.strip_suffix(".up").unwrap_or(stem)),
        "refinery" | "d1" if is_beside => None,
        "refinery" => Some(stem.strip_prefix(['V', 'U']).unwrap_or_default()),
        "d1" => Some(stem),
        _ => {
            return Err(format!(
                "unknown runner `{runner}` in `Cargo.toml`; expected one of `tablature`, `refinery`, `sqlx`, `d1`, `diesel`, `rusqlite_migration`"
            ));
        }
    };
    let Some(up) = up else {
        return Ok(None);
    };
    // diesel writes a moment with hyphens; `rusqlite_migration` ends its number with one.
    let end = if runner == "rusqlite_migration" {
        '-'
    } else {
        '_'
    };
    let number = up.split(end).next().unwrap_or_default();
    let number = match runner {
        "diesel" => number.replace('-', ""),
        _ => number.to_owned(),
    };
    number.parse().map(Some).map_err(|_| {
        format!(
            "`{name}` is not what {runner} calls a migration; another runner is named in `Cargo.toml`, in `[package.metadata.tablature]`: `runner = \"sqlx\"`"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn each_runner_numbers_its_files() {
        for (runner, name, is_beside, expect) in [
            ("tablature", "0012_create_posts.up.sql", false, Ok(Some(12))),
            ("tablature", "0012_create_posts.down.sql", false, Ok(None)),
            (
                "sqlx",
                "20250108000000_create_posts.sql",
                false,
                Ok(Some(20_250_108_000_000)),
            ),
            (
                "sqlx",
                "20250108000000_create_posts.down.sql",
                false,
                Ok(None),
            ),
            ("refinery", "V3__create_posts.sql", false, Ok(Some(3))),
            ("refinery", "V3__create_posts.sql", true, Ok(None)),
            ("d1", "0001_create_posts.sql", false, Ok(Some(1))),
            ("d1", "0001_create_posts.sql", true, Ok(None)),
            (
                "diesel",
                "2025-01-08-000000_create_posts/up.sql",
                false,
                Ok(Some(20_250_108_000_000)),
            ),
            (
                "diesel",
                "2025-01-08-000000_create_posts/down.sql",
                false,
                Ok(None),
            ),
            (
                "rusqlite_migration",
                "02-create_posts/up.sql",
                false,
                Ok(Some(2)),
            ),
            (
                "rusqlite_migration",
                "02-create_posts/down.sql",
                false,
                Ok(None),
            ),
            ("tablature", "02-create_posts/up.sql", false, Ok(None)),
            ("tablature", "posts.sql", false, Err(())),
            ("diesel", "0001_create_posts.sql", false, Err(())),
        ] {
            let found = version(runner, name, is_beside).map_err(|_| ());
            assert_eq!(found, expect, "{runner}: {name}");
        }
    }
}
