use super::MigrateError;
use super::history::Row;
use crate::migrations::{Script, checksum, squashes};

/// The history as the files tell it: where all migrations that went into one have been applied, that one has been.
/// A database that stands among them can go neither way without the old files.
pub(super) fn collapse(
    history: Vec<Row>,
    scripts: &[Script<'_>],
) -> Result<Vec<Row>, MigrateError> {
    let mut history = history;
    for script in scripts {
        let parts = squashes(script.up);
        if parts.is_empty() {
            continue;
        }
        let found = checksum(script.up);
        let whole = |row: &Row| row.version == script.version && row.checksum == found;
        if history.iter().any(whole) {
            continue;
        }
        let of = |version: i64| history.iter().find(|row| row.version == version);
        let applied: Vec<&Row> = parts.iter().filter_map(|(part, _)| of(*part)).collect();
        let Some(newest) = applied.last() else {
            continue;
        };
        if applied.len() < parts.len() {
            return Err(MigrateError::PartlySquashed {
                stem: script.stem.to_owned(),
                version: newest.version,
            });
        }
        for (row, (_, recorded)) in applied.iter().zip(&parts) {
            if row.checksum != *recorded {
                return Err(MigrateError::Changed {
                    stem: format!("{:04}_{}", row.version, row.name),
                    version: row.version,
                    recorded: row.checksum.clone(),
                    found: (*recorded).to_owned(),
                });
            }
        }
        history.retain(|row| !parts.iter().any(|(part, _)| *part == row.version));
        history.push(Row {
            version: script.version,
            name: script.name.to_owned(),
            checksum: found,
        });
        history.sort_by_key(|row| row.version);
    }
    Ok(history)
}

#[cfg(test)]
mod tests {
    use super::super::states;
    use super::super::tests::migrate;
    use crate::migrations::{Script, checksum, squashed};
    use expect_test::{Expect, expect};
    use rusqlite::Connection;

    const FILES: [(&str, &str); 3] = [
        (
            "0001_create_posts",
            "CREATE TABLE posts (id INTEGER PRIMARY KEY)",
        ),
        ("0002_add_title", "ALTER TABLE posts ADD COLUMN title TEXT"),
        ("0003_create_tags", "CREATE TABLE tags (name TEXT)"),
    ];

    fn script<'a>(version: i64, stem: &'a str, up: &'a str) -> Script<'a> {
        let name = &stem[5..];
        Script {
            version,
            name,
            stem,
            up,
            down: None,
        }
    }

    /// A database that has had some of the files meets a program where the first two are one.
    fn check(applied: usize, expect: Expect) {
        let files: Vec<_> = (1..)
            .zip(FILES)
            .map(|(at, (stem, up))| script(at, stem, up))
            .collect();
        let mut db = Connection::open_in_memory().unwrap();
        migrate(&mut db, &files[..applied]).unwrap();
        let sums = files[..2]
            .iter()
            .map(|it| checksum(it.up))
            .collect::<Vec<_>>();
        let up = squashed(&[(1, &sums[0]), (2, &sums[1])])
            + "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)";
        let files = [script(2, "0002_squashed", &up), files[2]];
        let said = match migrate(&mut db, &files) {
            Err(error) => error.to_string(),
            Ok(done) => {
                let names = done.iter().map(|it| it.name.as_str()).collect::<Vec<_>>();
                let states = states(&db, &files).unwrap();
                let states = states
                    .iter()
                    .map(|it| format!("{}: {:?}", it.version, it.is));
                format!(
                    "applies {names:?}; {}",
                    states.collect::<Vec<_>>().join(", ")
                )
            }
        };
        expect.assert_eq(&said);
    }

    #[test]
    fn a_database_goes_on_from_before_and_after_and_says_where_it_stands_within() {
        check(
            0,
            expect![[r#"applies ["squashed", "create_tags"]; 2: Applied, 3: Applied"#]],
        );
        check(
            1,
            expect![
                "the database stands at 1, inside of what was made one migration in `0002_squashed`; migrate it first with a program from before that"
            ],
        );
        check(
            2,
            expect![[r#"applies ["create_tags"]; 2: Applied, 3: Applied"#]],
        );
        check(3, expect!["applies []; 2: Applied, 3: Applied"]);
    }
}
