use super::{End, MigrateError, Work, exclusively, history, mark::Mark};
use crate::diff::{Change, diff};
use crate::migrations::{Runner, Script, checksum, without_histories};
use crate::sql::statements::statements;
use crate::sql::tokens::Tokens;
use crate::sqlite::inspect::inspect;
use crate::sqlite::run::replay;
use crate::sqlite::run::watch::written;
use rusqlite::Connection;
use std::time::Duration;

/// Who has migrated a database so far, and how far.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Foreign {
    /// `refinery`, `sqlx`, `rusqlite_migration`, `d1` or `diesel`.
    pub tool: &'static str,
    /// The newest of our migrations that it has applied under its number.
    pub version: i64,
    /// All that it has applied.
    versions: Vec<i64>,
}

impl Foreign {
    /// That it has left none out: what it has not run must not count as applied.
    fn has_all(&self, scripts: &[Script<'_>]) -> Result<(), MigrateError> {
        let mut until = scripts.iter().filter(|it| it.version <= self.version);
        match until.find(|it| !self.versions.contains(&it.version)) {
            None => Ok(()),
            Some(left_out) => Err(MigrateError::OutOfOrder {
                stem: left_out.stem.to_owned(),
                version: left_out.version,
                newest: self.version,
            }),
        }
    }
}

/// The history of another tool, by its table. `rusqlite_migration` counts in `user_version`, and is only asked for where
/// there is no other.
pub(crate) fn foreign(
    db: &Connection,
    scripts: &[Script<'_>],
) -> rusqlite::Result<Option<Foreign>> {
    const TOOLS: [(&str, &str, &str); 4] = [
        (
            "refinery",
            "refinery_schema_history",
            "SELECT version FROM refinery_schema_history",
        ),
        (
            "sqlx",
            "_sqlx_migrations",
            "SELECT version FROM _sqlx_migrations WHERE success",
        ),
        (
            "d1",
            "d1_migrations",
            "SELECT CAST(name AS INTEGER) FROM d1_migrations",
        ),
        (
            "diesel",
            "__diesel_schema_migrations",
            "SELECT CAST(replace(version, '-', '') AS INTEGER) FROM __diesel_schema_migrations",
        ),
    ];
    for (tool, table, versions) in TOOLS {
        if db.table_exists(Some("main"), table)? {
            let mut versions = db.prepare(versions)?;
            let versions = versions.query_map((), |row| row.get(0))?;
            let versions = versions.collect::<rusqlite::Result<Vec<i64>>>()?;
            return Ok(Some(Foreign {
                tool,
                version: versions.iter().copied().max().unwrap_or(0),
                versions,
            }));
        }
    }
    let count: i64 = db.query_row("PRAGMA user_version", (), |row| row.get(0))?;
    let counted = usize::try_from(count)
        .ok()
        .and_then(|count| scripts.get(..count));
    let versions: Vec<i64> = counted.into_iter().flatten().map(|it| it.version).collect();
    Ok(versions.last().copied().map(|version| Foreign {
        tool: "rusqlite_migration",
        version,
        versions,
    }))
}

/// Takes over what another tool has written.
pub(crate) fn adopt(db: &mut Connection, work: &Work<'_>) -> Result<Option<Foreign>, MigrateError> {
    let Some(foreign) = foreign(db, work.scripts)? else {
        return Ok(None);
    };
    foreign.has_all(work.scripts)?;
    baseline(db, work, foreign.version)?;
    Ok(Some(foreign))
}

/// Writes into the history that migrations have been applied, without running them. The database must be as they leave
/// it; what it has besides does not matter. Returns how many the history did not have.
pub(crate) fn baseline(
    db: &mut Connection,
    work: &Work<'_>,
    version: i64,
) -> Result<usize, MigrateError> {
    if !db.is_autocommit() {
        return Err(MigrateError::InTransaction);
    }
    work.knows(version)?;
    let scripts = work.scripts;
    let applied: Vec<&Script<'_>> = scripts.iter().filter(|it| it.version <= version).collect();
    let differences = differences(db, &applied)?;
    if let Some(change) = differences.first() {
        return Err(MigrateError::NotThere {
            version,
            difference: change.to_string(),
        });
    }
    exclusively(db, End::Commit, |db| {
        history::create(db)?;
        let known = history::read(db)?;
        let unknown = |script: &&Script<'_>| !known.iter().any(|row| row.version == script.version);
        let missing: Vec<_> = applied.iter().copied().filter(unknown).collect();
        let count = missing.len();
        history::write(db, work, missing.into_iter().map(|it| (it, Duration::ZERO)))?;
        // The mark says that nothing is pending, changed or unknown.
        let settled = super::pending_of(db, scripts).is_ok_and(|it| it.is_empty());
        if settled && work.options.user_version {
            Mark::of(scripts).write(db)?;
        }
        Ok(count)
    })
}

/// Whether the SQL of a migration writes rows, other than those that it copies as a whole.
pub(super) fn moves_rows(script: &Script<'_>) -> bool {
    statements(script.up).into_iter().any(|statement| {
        let tokens = Tokens::new(statement);
        let writes = ["INSERT", "UPDATE", "DELETE", "REPLACE", "WITH"];
        let copies = || matches!(written(statement), (Some(to), Some(from)) if to != from);
        writes.iter().any(|word| tokens.is(word)) && !copies() && !is_command(statement)
    })
}

/// `INSERT INTO posts_fts (posts_fts) VALUES ('rebuild')`, which makes an index anew.
fn is_command(statement: &str) -> bool {
    let mut tokens = Tokens::new(statement);
    if !tokens.eat(&["INSERT", "INTO"]) {
        return false;
    }
    let table = tokens.name();
    tokens.eat(&["("]) && table.is_some() && tokens.name() == table
}

/// Takes the files for what was applied: their checksums come into the history. Returns what was changed.
pub(crate) fn repair(
    db: &mut Connection,
    scripts: &[Script<'_>],
) -> Result<Vec<i64>, MigrateError> {
    if !db.is_autocommit() {
        return Err(MigrateError::InTransaction);
    }
    if !history::exists(db)? {
        return Ok(Vec::new());
    }
    exclusively(db, End::Commit, |db| {
        let mut repaired = Vec::new();
        for row in history::read(db)? {
            let script = scripts.iter().find(|it| it.version == row.version);
            let Some(script) = script else { continue };
            let (down, _) = history::down_of(db, row.version)?;
            // A way back that does not run is mended in its file.
            let other_down = script.down.is_some() && down.as_deref() != script.down;
            if other_down || checksum(script.up) != row.checksum {
                history::correct(db, script)?;
                repaired.push(row.version);
            }
        }
        Ok(repaired)
    })
}

/// From the database to what the migrations lead to, without what it has besides.
fn differences(db: &Connection, scripts: &[&Script<'_>]) -> Result<Vec<Change>, MigrateError> {
    let scratch = crate::plan::scratch()?;
    for script in scripts {
        replay(&scratch, Runner::Tablature, script.up).map_err(|error| error.of(script))?;
    }
    let read = |db| inspect(db).map(without_histories);
    let (found, wanted) = (read(db)?, read(&scratch)?);
    let mut changes = diff(&found, &wanted);
    changes.retain(|change| !matches!(change, Change::Drop(..)));
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::super::{MigrateError, pending_of, states};
    use super::foreign;
    use crate::migrations::Script;
    use expect_test::{Expect, expect};
    use rusqlite::Connection;

    const fn script(version: i64, stem: &'static str) -> Script<'static> {
        Script {
            version,
            name: stem.split_at(5).1,
            stem,
            up: "",
            down: None,
        }
    }

    const SCRIPTS: [Script<'static>; 3] = [
        script(1, "0001_create_posts"),
        script(2, "0002_fill_posts"),
        script(3, "0003_create_tags"),
    ];

    fn check(history: &str, expect: Expect) {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(history).unwrap();
        let found = foreign(&db, &SCRIPTS).unwrap().unwrap();
        let left_out = found.has_all(&SCRIPTS).err();
        let left_out = left_out.map_or_else(|| "all".to_owned(), |it| it.to_string());
        expect.assert_eq(&format!("{} {}: {left_out}", found.tool, found.version));
    }

    #[test]
    fn what_a_tool_has_not_run_is_not_taken_for_applied() {
        check(
            "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, success BOOLEAN);
             INSERT INTO _sqlx_migrations VALUES (1, 1), (3, 1)",
            expect![[
                "sqlx 3: migration `0002_fill_posts` comes before 3, which was applied already; give it a number after 3"
            ]],
        );
        check(
            "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, success BOOLEAN);
             INSERT INTO _sqlx_migrations VALUES (1, 1), (2, 1), (3, 0)",
            expect!["sqlx 2: all"],
        );
        check(
            "CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
             INSERT INTO d1_migrations (name) VALUES ('0001_create_posts.sql'), ('0002_fill_posts.sql')",
            expect!["d1 2: all"],
        );
        check(
            "PRAGMA user_version = 2",
            expect!["rusqlite_migration 2: all"],
        );
    }

    #[test]
    fn a_migration_that_writes_rows_says_more_than_the_schema() {
        let check = |up: &'static str, moves: bool| {
            assert_eq!(
                super::moves_rows(&Script { up, ..SCRIPTS[0] }),
                moves,
                "{up}"
            );
        };
        check(
            "CREATE TABLE a (b); CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; END",
            false,
        );
        check(
            "ALTER TABLE a RENAME TO a__old; INSERT INTO a (b) SELECT b FROM a__old; DROP TABLE a__old",
            false,
        );
        check("INSERT INTO a_fts (a_fts) VALUES ('rebuild')", false);
        check("CREATE TABLE a (b); INSERT INTO a VALUES (1)", true);
        check("UPDATE a SET b = 1", true);
        check("WITH n AS (SELECT 1) DELETE FROM a", true);
    }

    #[test]
    fn nothing_is_pending_where_another_tool_has_the_history() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE TABLE refinery_schema_history (version int4 PRIMARY KEY)")
            .unwrap();
        let refused = |error: MigrateError| matches!(error, MigrateError::Foreign { .. });
        assert!(states(&db, &SCRIPTS).is_err_and(refused));
        assert!(pending_of(&db, &SCRIPTS).is_err_and(refused));
    }
}
