//! INSERTs of every form: what we count is what SQLite counts, and what we refuse is what it refuses.

#![expect(
    clippy::format_push_string,
    clippy::print_stdout,
    reason = "statements are put together from pieces, and a failure is repeated by its seed"
)]

use super::blog;
use crate::check::names::Names;
use crate::check::{StatementError, complaints, insert, statement};
use crate::sql::insert::{Insert, Source};
use crate::sql::parameters::parameters;

/// See <https://prng.di.unimi.it/splitmix64.c>.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        usize::try_from(z % end as u64).unwrap()
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

const TABLES: &[(&str, &[&str])] = &[
    ("authors", &["id", "email", "name"]),
    ("posts", &["id", "author_id", "slug", "title", "status"]),
    ("posts_fts", &["title"]),
    (
        "odd ? table",
        &["a?b", "c,d", "e)f", "select", "x'y", "-- z", "it[s"],
    ),
];

const ODD: &str =
    r#"CREATE TABLE "odd ? table" ("a?b", "c,d", "e)f", "select", "x'y", "-- z", "it[s" UNIQUE)"#;

fn quoted(random: &mut Random, name: &str) -> String {
    let is_plain = name.bytes().all(|it| it.is_ascii_lowercase() || it == b'_') && name != "select";
    match random.below(5) {
        0 | 1 if is_plain => name.to_owned(),
        2 => format!("`{name}`"),
        3 => format!("[{name}]"),
        4 if !name.contains('\'') => format!("'{name}'"),
        _ => format!("\"{name}\""),
    }
}

fn space(random: &mut Random) -> &'static str {
    random.pick(&[
        " ",
        " ",
        " ",
        "\n",
        " -- a ? here, '\n",
        " /* ?, :b ) ' */ ",
        "\t ",
    ])
}

fn parameter(random: &mut Random) -> String {
    match random.below(7) {
        0..3 => "?".to_owned(),
        3 => format!("?{}", 1 + random.below(12)),
        4 => format!("?00{}", 1 + random.below(12)),
        _ => random
            .pick(&[
                ":a",
                ":b",
                "@a",
                "$a",
                "$a::b(c,d)",
                ":ünder_1",
                ":1",
                "@select",
            ])
            .to_owned(),
    }
}

fn value(random: &mut Random, depth: usize) -> String {
    match random.below(if depth > 2 { 7 } else { 12 }) {
        0..4 => parameter(random),
        4 => random
            .pick(&["'?'", "'it''s ?, (:a)'", "x'0f'", "'-- ?'"])
            .to_owned(),
        5 => random
            .pick(&["1", "NULL", "-1.5e3", "CURRENT_TIMESTAMP", "0xff"])
            .to_owned(),
        6 => "\"a text?\"".to_owned(),
        7 => format!("({})", value(random, depth + 1)),
        8 => format!(
            "coalesce({},{}{})",
            value(random, depth + 1),
            space(random),
            value(random, depth + 1)
        ),
        9 => format!(
            "(SELECT {} LIMIT {})",
            value(random, depth + 1),
            parameter(random)
        ),
        10 => format!(
            "CASE WHEN {} THEN {} END",
            value(random, depth + 1),
            value(random, depth + 1)
        ),
        _ => format!(
            "{} || {}",
            value(random, depth + 1),
            value(random, depth + 1)
        ),
    }
}

fn list(
    random: &mut Random,
    count: usize,
    mut one: impl FnMut(&mut Random, usize) -> String,
) -> String {
    let mut text = "(".to_owned();
    for at in 0..count {
        if at > 0 {
            text += ",";
        }
        text += space(random);
        text += &one(random, at);
    }
    text + space(random) + ")"
}

fn generated(random: &mut Random) -> String {
    let (table, columns) = TABLES[random.below(TABLES.len())];
    let mut sql = String::new();
    if random.chance(20) {
        let with = random.pick(&[
            "WITH t AS (SELECT ?)",
            "WITH RECURSIVE t (n) AS (VALUES (?4)), u AS NOT MATERIALIZED (SELECT :a)",
            "WITH \"recursive\" AS (SELECT 1)",
        ]);
        sql = format!("{with}{}", space(random));
    }
    sql += random.pick(&[
        "INSERT",
        "insert",
        "REPLACE",
        "INSERT OR IGNORE",
        "INSERT or Replace",
        "INSERT OR ABORT",
    ]);
    sql += &format!("{}INTO{}", space(random), space(random));
    sql += random.pick(&["", "", "main.", "\"main\" . "]);
    sql += &quoted(random, table);
    if random.chance(15) {
        sql += " AS other";
    }
    sql += space(random);
    let mut named: Vec<&str> = columns
        .iter()
        .copied()
        .filter(|_| random.chance(70))
        .collect();
    if named.is_empty() || random.chance(30) {
        named = columns.to_vec();
    } else {
        sql += &list(random, named.len(), |random, at| quoted(random, named[at]));
        sql += space(random);
    }
    let wanted = named.len();
    let count = match random.below(6) {
        0 => wanted + 1,
        1 => (wanted - 1).max(1),
        _ => wanted,
    };
    match random.below(8) {
        0 => sql += "DEFAULT VALUES",
        1 => {
            let values: Vec<String> = (0..count).map(|_| value(random, 0)).collect();
            sql += &format!(
                "SELECT {} FROM authors WHERE {}",
                values.join(", "),
                value(random, 0)
            );
        }
        2 => {
            let values: Vec<String> = (0..count).map(|_| value(random, 1)).collect();
            sql += &format!("VALUES ({0}) UNION ALL VALUES ({0})", values.join(", "));
        }
        _ => {
            sql += "VALUES";
            let rows = 1 + random.below(3);
            for row in 0..rows {
                sql += if row > 0 { "," } else { "" };
                sql += space(random);
                let count = if random.chance(8) { count + 1 } else { count };
                sql += &list(random, count, |random, _| value(random, 0));
            }
        }
    }
    if !sql.ends_with("DEFAULT VALUES") && table != "posts_fts" && random.chance(20) {
        sql += &format!("{}ON CONFLICT DO NOTHING", space(random));
    }
    if random.chance(15) && table != "posts_fts" {
        sql += &format!("{}RETURNING *, {}", space(random), value(random, 1));
    }
    sql += random.pick(&["", "", ";", " ; -- ?\n", " -- ?"]);
    sql
}

/// What the text alone says, everything else being right.
fn agrees(sql: &str, names: &Names) -> Option<bool> {
    let read = Insert::read(sql).unwrap_or_else(|| panic!("not understood: {sql}"));
    let table = names.table(&read.table.text).unwrap();
    let columns = read
        .columns
        .as_ref()
        .map_or(table.given().count(), Vec::len);
    match read.source {
        Source::Rows(rows) => Some(rows.iter().all(|it| it.values.len() == columns)),
        Source::Defaults => Some(read.columns.is_none()),
        Source::Query => None,
    }
}

fn knob(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|it| it.parse().ok())
        .unwrap_or(default)
}

#[test]
fn random_inserts_are_counted_as_sqlite_counts_them() {
    let (seed, rounds) = (knob("TABLATURE_SEED", 1), knob("TABLATURE_ROUNDS", 3000));
    println!("TABLATURE_SEED={seed} TABLATURE_ROUNDS={rounds}");
    let db = blog();
    db.execute_batch(ODD).unwrap();
    let names = Names::of(&db).unwrap();
    let (mut prepared, mut refused, mut counted) = (0, 0, 0);
    for round in 0..rounds {
        let sql = generated(&mut Random(seed.wrapping_add(round)));
        let place = format!(
            "TABLATURE_SEED={} TABLATURE_ROUNDS=1\n{sql}",
            seed.wrapping_add(round)
        );
        let theirs = db.prepare(&sql);
        if let Some(ours) = agrees(&sql, &names) {
            assert_eq!(ours, theirs.is_ok(), "{:?} {place}", theirs.err());
        }
        let ours = statement(&db, &sql);
        assert_eq!(ours.is_ok(), theirs.is_ok(), "{place}");
        match (ours, theirs) {
            (Ok(_), Ok(theirs)) => {
                prepared += 1;
                let found = parameters(&sql).unwrap_or_else(|| panic!("{place}"));
                let count = found.iter().map(|it| it.number).max().unwrap_or(0);
                assert_eq!(count, theirs.parameter_count(), "{place}");
                counted += usize::from(count > 0);
                for parameter in &found {
                    let text = &sql[parameter.range.clone()];
                    let name = theirs.parameter_name(parameter.number);
                    assert!(text.starts_with('?') || name == Some(text), "{place}");
                }
                insert(&db, &sql, count).unwrap_or_else(|error| panic!("{error} {place}"));
                assert!(insert(&db, &sql, count + 1).is_err(), "{place}");
                assert!(
                    count == 0 || insert(&db, &sql, count - 1).is_err(),
                    "{place}"
                );
            }
            (Err(StatementError::Refused { explanation, .. }), _) => {
                refused += 1;
                let is_ours = explanation.message.contains(" columns (")
                    || explanation.message.contains("1 column (");
                assert!(
                    is_ours || sql.contains("DEFAULT VALUES"),
                    "{} {place}",
                    explanation.message
                );
            }
            (Err(error), _) => panic!("{error} {place}"),
            (Ok(_), Err(error)) => panic!("{error} {place}"),
        }
    }
    // Each side of the property has been seen.
    assert!(rounds < 1000 || prepared.min(refused).min(counted) > 100);
}

/// What is cut short or has lost a piece is SQLite's to refuse, and ours to say something of.
#[test]
fn random_pieces_of_inserts_are_judged_as_sqlite_judges_them() {
    let (seed, rounds) = (knob("TABLATURE_SEED", 1), knob("TABLATURE_ROUNDS", 3000));
    println!("TABLATURE_SEED={seed} TABLATURE_ROUNDS={rounds}");
    let db = blog();
    db.execute_batch(ODD).unwrap();
    for round in 0..rounds {
        let seed = seed.wrapping_add(round);
        let random = &mut Random(seed);
        let whole: Vec<char> = generated(random).chars().collect();
        let (from, length) = (random.below(whole.len()), 1 + random.below(9));
        let end = if random.chance(50) {
            whole.len()
        } else {
            (from + length).min(whole.len())
        };
        let sql: String = [&whole[..from], &whole[end..]].concat().iter().collect();
        let place = format!("TABLATURE_SEED={seed} TABLATURE_ROUNDS=1\n{sql}");
        match (statement(&db, &sql), db.prepare(&sql)) {
            (Ok(_), Ok(_)) => {
                // It may have become a script's first comment, or nothing at all.
                if Insert::read(&sql).is_some() {
                    complaints(&db, &sql).unwrap_or_else(|error| panic!("{error} {place}"));
                }
            }
            (Err(StatementError::Refused { explanation, .. }), Err(_)) => {
                assert!(!explanation.message.is_empty(), "{place}");
                let range = explanation.range.unwrap_or_default();
                assert!(sql.get(range).is_some(), "{place}");
            }
            (ours, _) => panic!("{ours:?} {place}"),
        }
    }
}
