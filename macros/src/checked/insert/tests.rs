use super::{miscount, missing};
use crate::checked::lexer::tokens;
use crate::checked::random::Random;
use rusqlite::Connection;

const TABLE: &str = "CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  stars INTEGER NOT NULL DEFAULT 0,
  note TEXT,
  twice INTEGER GENERATED ALWAYS AS (stars * 2),
  \"a, (b\" TEXT NOT NULL
) STRICT";

/// Each column in several spellings.
const COLUMNS: &[&[&str]] = &[
    &["id", "[id]", "ID"],
    &["title", "\"title\"", "/* , ( */ title"],
    &["stars", "`stars`", "stars -- )\n"],
    &["note", "'note'"],
    &["\"a, (b\"", "[a, (b]"],
];

/// Values that go into every column.
const VALUES: &[&str] = &[
    "1",
    "(2)",
    "abs(-3)",
    "/* ? */ 4",
    "(SELECT max(5, 6))",
    "iif(1, 7, '8,(')",
    "CAST('9' AS INTEGER)",
];

fn insert(random: &mut Random) -> String {
    let chosen: Vec<&str> = COLUMNS
        .iter()
        .map(|spellings| (random.below(5), random.of(spellings)))
        .filter(|(left_out, _)| *left_out > 0)
        .map(|(_, spelling)| spelling)
        .collect();
    let lists = random.below(6) > 0 && !chosen.is_empty();
    let columns = if lists {
        format!(" ({})", chosen.join(", "))
    } else {
        String::new()
    };
    let into = random.of(&[
        "INSERT INTO posts",
        "insert into \"posts\"",
        "INSERT INTO posts AS p",
        "WITH x(y) AS (SELECT 'INTO') INSERT INTO posts",
    ]);
    let width = if lists { chosen.len() } else { COLUMNS.len() };
    let row = |random: &mut Random| {
        let width = (width + usize::from(random.below(12) == 0))
            .saturating_sub(usize::from(random.below(12) == 0))
            .max(1);
        let values: Vec<&str> = (0..width).map(|_| random.of(VALUES)).collect();
        values.join(", ")
    };
    match random.below(8) {
        0 if !lists => format!("{into} DEFAULT VALUES"),
        1 => format!("{into}{columns} SELECT {}", row(random)),
        2 => format!(
            "{into}{columns} VALUES ({}), ({})",
            row(random),
            row(random)
        ),
        3 => format!(
            "{into}{columns} VALUES ({}) RETURNING id, title",
            row(random)
        ),
        4 => format!(
            "{into}{columns} VALUES ({}) ON CONFLICT (id) DO UPDATE SET note = 'x, ('",
            row(random)
        ),
        _ => format!("{into}{columns}\nVALUES ({});", row(random)),
    }
}

/// Our verdict is SQLite's: on the number of the values, when it prepares, and on what is left out, when it runs.
#[test]
fn the_verdict_is_that_of_sqlite() {
    let (mut counts, mut nulls, mut good) = (0, 0, 0);
    for seed in 1..=4000 {
        let sql = insert(&mut Random::new(seed));
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(TABLE).unwrap();
        let tokens = tokens(&sql);
        let (prepared, is_values) = (db.prepare(&sql).map(drop), sql.contains("VALUES"));
        let Ok(()) = prepared else {
            counts += 1;
            assert_eq!(
                miscount(&db, &sql, &tokens).is_some(),
                is_values,
                "seed {seed}: {sql}"
            );
            continue;
        };
        assert!(miscount(&db, &sql, &tokens).is_none(), "seed {seed}: {sql}");
        let ran = db.execute_batch(&sql);
        let says_null = ran
            .as_ref()
            .is_err_and(|error| error.to_string().contains("NOT NULL"));
        assert_eq!(
            missing(&db, &sql, &tokens).is_some(),
            says_null,
            "seed {seed}: {sql}: {ran:?}"
        );
        if says_null {
            nulls += 1;
        } else {
            good += 1;
        }
    }
    assert!(
        counts > 200 && nulls > 400 && good > 400,
        "{counts} {nulls} {good}"
    );
}
