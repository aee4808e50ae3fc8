use super::{assert_clean, database};
use crate::inspect;
use crate::sqlite::quoted;
use crate::sqlite::witness::fill;
use crate::sqlite::witness::random::Random;
use std::fmt::Write as _;

#[test]
fn random_schemas_are_filled() {
    for seed in 0..150 {
        let ddl = schema(&mut Random::new(seed));
        let db = database(&ddl);
        let schema = inspect(&db).unwrap();
        let unfilled = fill(&db, &schema, 5, seed).unwrap();
        assert!(unfilled.is_empty(), "seed {seed}: {unfilled:?}\n{ddl}");
        assert_clean(&db);
        for table in &schema.tables {
            let sql = format!("SELECT count(*) FROM {}", quoted(&table.name));
            let rows: i64 = db.query_row(&sql, (), |row| row.get(0)).unwrap();
            assert!(rows > 0, "seed {seed}: no rows of {}\n{ddl}", table.name);
        }
    }
}

fn schema(random: &mut Random) -> String {
    let tables = 1 + random.below(8);
    let without_rowid: Vec<bool> = (0..tables).map(|_| random.once_in(4)).collect();
    let mut ddl = String::new();
    for at in 0..tables {
        let strict = random.once_in(2);
        let types: &[&str] = if strict {
            &["INTEGER", "REAL", "TEXT", "BLOB", "ANY", "INT"]
        } else {
            &[
                "INTEGER",
                "VARCHAR(10)",
                "",
                "DATETIME",
                "BOOLEAN",
                "DOUBLE",
                "NUMERIC",
                "BLOB",
            ]
        };
        let mut parts = vec![
            format!("id {}", key(random, without_rowid[at])),
            "tag TEXT NOT NULL".to_owned(),
        ];
        for column in 0..random.below(9) {
            let name = format!("c{column}");
            parts.push(format!("{name} {}", definition(random, &name, types)));
        }
        let mut keys = vec!["UNIQUE (id, tag)".to_owned()];
        for key in 0..random.below(4) {
            let null = if random.once_in(3) { "" } else { "NOT NULL" };
            let parent = random.below(tables);
            let ty = if without_rowid[parent] {
                "TEXT"
            } else {
                "INTEGER"
            };
            parts.push(format!("f{key} {ty} {null}"));
            keys.push(match random.below(3) {
                // They share a column with the table itself, or with one another.
                0 => format!("FOREIGN KEY (f{key}, tag) REFERENCES t{parent} (id, tag)"),
                _ => format!("FOREIGN KEY (f{key}) REFERENCES t{parent} (id)"),
            });
        }
        let options = match (strict, without_rowid[at]) {
            (true, true) => "STRICT, WITHOUT ROWID",
            (true, false) => "STRICT",
            (false, true) => "WITHOUT ROWID",
            (false, false) => "",
        };
        let parts = parts.into_iter().chain(keys).collect::<Vec<_>>().join(", ");
        let _ = writeln!(ddl, "CREATE TABLE t{at} ({parts}) {options};");
        if random.once_in(3) {
            let _ = writeln!(ddl, "CREATE UNIQUE INDEX i{at} ON t{at} (id) WHERE id > 1;");
        }
    }
    ddl
}

fn key(random: &mut Random, without_rowid: bool) -> &'static str {
    if without_rowid {
        return "TEXT NOT NULL PRIMARY KEY";
    }
    let keys = [
        "INTEGER PRIMARY KEY",
        "INTEGER PRIMARY KEY AUTOINCREMENT",
        "INTEGER NOT NULL UNIQUE",
    ];
    random.pick(&keys).copied().unwrap_or_default()
}

fn definition(random: &mut Random, name: &str, types: &[&str]) -> String {
    let checked = [
        "INTEGER NOT NULL CHECK (id <> -5)",
        "TEXT NOT NULL CHECK (length(@) BETWEEN 2 AND 30)",
        "TEXT CHECK (@ IN ('a', 'b', 'c'))",
        "INTEGER NOT NULL DEFAULT 5 CHECK (@ > 3 AND @ <> 7)",
        "TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(@))",
        "INTEGER UNIQUE CHECK (@ >= id)",
        "TEXT UNIQUE",
        "INTEGER AS (id + 1)",
        "TEXT AS (id || 'x') STORED",
    ];
    if random.once_in(2) {
        let checked = random.pick(&checked).copied().unwrap_or_default();
        return checked.replace('@', name);
    }
    let ty = random.pick(types).copied().unwrap_or_default();
    let rest = ["", "NOT NULL", "DEFAULT 1", "NOT NULL DEFAULT 0", "UNIQUE"];
    format!("{ty} {}", random.pick(&rest).copied().unwrap_or_default())
}
