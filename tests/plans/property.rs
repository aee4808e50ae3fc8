//! The property: on a database of the first schema with rows, the plan reaches the second and keeps the rows; the way back
//! restores both.

mod case;

use self::case::Case;
use super::generate;
use super::model::Schema;
use super::mutate;
use super::random::Random;
use super::render::statements;
use super::rows;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;
use tablature::diff::diff;
use tablature::inspect;
use tablature::migrations::Runner;
use tablature::plan::{self, Target, Version};

const TARGETS: [Target; 4] = [
    Target::new(Runner::Tablature).version(Version::new(3, 53)),
    Target::new(Runner::Sqlx).version(Version::new(3, 45)),
    Target::new(Runner::Sqlx).version(Version::new(3, 53)),
    Target::new(Runner::Tablature).version(Version::new(3, 45)),
];

fn knob(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|it| it.parse().ok())
        .unwrap_or(default)
}

#[test]
fn every_plan_reaches_its_schema_keeps_the_rows_and_comes_back() {
    let (seed, rounds) = (knob("TABLATURE_SEED", 1), knob("TABLATURE_ROUNDS", 150));
    println!("TABLATURE_SEED={seed} TABLATURE_ROUNDS={rounds}");
    let counts = Mutex::new(BTreeMap::<String, usize>::new());
    let failures = Mutex::new(Vec::<String>::new());
    let threads = std::thread::available_parallelism().map_or(1, |it| it.get().min(4)) as u64;
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (counts, failures) = (&counts, &failures);
            scope.spawn(move || {
                for round in (thread..rounds).step_by(threads as usize) {
                    if failures.lock().unwrap().len() >= 40 {
                        return;
                    }
                    let outcome = std::panic::catch_unwind(|| pair(seed + round));
                    let outcome =
                        outcome.unwrap_or_else(|_| Err(format!("seed {}: panicked", seed + round)));
                    match outcome {
                        Ok(told) => {
                            let mut counts = counts.lock().unwrap();
                            for it in told {
                                *counts.entry(it).or_default() += 1;
                            }
                        }
                        Err(failure) => failures.lock().unwrap().push(failure),
                    }
                }
            });
        }
    });
    let counts = counts.into_inner().unwrap();
    println!("{counts:#?}");
    let failures = failures.into_inner().unwrap();
    for failure in failures.iter().skip(3) {
        println!(
            "{}",
            failure.lines().take(3).collect::<Vec<_>>().join(" | ")
        );
    }
    assert!(
        failures.is_empty(),
        "{} failures\n{}",
        failures.len(),
        failures
            .iter()
            .take(3)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n=====\n")
    );
    bounded(&counts, rounds as usize);
}

/// Nothing that excuses a pair may become the rule.
fn bounded(counts: &BTreeMap<String, usize>, rounds: usize) {
    let of = |what: &str| {
        counts
            .iter()
            .filter(|it| it.0.starts_with(what))
            .map(|it| it.1)
            .sum::<usize>()
    };
    let bounds = [
        ("asked", 5),
        ("refused with any rows", 12),
        ("invalid", 15),
        ("no way back", 8),
        ("refused on the way back", 8),
        ("no change", 10),
    ];
    for (what, percent) in bounds {
        let all = if ["invalid", "no change"].contains(&what) {
            rounds
        } else {
            rounds * 2
        };
        assert!(
            of(what) * 100 <= all * percent + 300,
            "{what}: {} of {all}",
            of(what)
        );
    }
}

/// Checks one pair for two targets; what it tells is counted.
fn pair(seed: u64) -> Result<Vec<String>, String> {
    let mut random = Random(seed.wrapping_mul(0x2545_F491_4F6C_DD1D));
    let from = generate::schema(&mut random);
    let changed = mutate::mutate(&from, &mut random);
    let spelling = random.next();
    let (before, after) = (
        statements(&from, spelling),
        statements(&changed.to, spelling ^ 1),
    );
    let (Ok(a), Ok(b)) = (database(&before), database(&after)) else {
        let why = database(&before)
            .err()
            .or(database(&after).err())
            .unwrap_or_default();
        if std::env::var_os("TABLATURE_INVALID").is_some() {
            println!("{seed}: {why}");
        }
        return Ok(vec!["invalid".to_owned()]);
    };
    let (hints, flags) = mutate::hints(&from, &changed);
    let mut told: Vec<String> = changed
        .done
        .iter()
        .map(|it| format!("done: {it}"))
        .collect();
    let shown = |script: &str, why: &str| {
        let mut text = format!("seed {seed}: {why}\n");
        let _ = write!(
            text,
            "changes: {:?}\nhints: {}\n-- from\n{};\n-- to\n{};\n-- script\n{script}",
            changed.done,
            flags.join(" "),
            before.join(";\n"),
            after.join(";\n")
        );
        text
    };
    spellings(&from, &a, spelling).map_err(|why| shown("", &why))?;
    let first = seed as usize % 2;
    for target in [TARGETS[first], TARGETS[2 + first]] {
        let mut script = String::new();
        let case = Case {
            from: &from,
            changed: &changed,
            before: &before,
            a: &a,
            b: &b,
            hints: &hints,
            target,
            seed,
        };
        match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| case.check(&mut script))) {
            Ok(Ok(it)) => told.extend(it),
            Ok(Err(why)) => {
                return Err(shown(
                    &script,
                    &format!("[{} {}] {why}", target.runner, target.version),
                ));
            }
            Err(_) => {
                return Err(shown(
                    &script,
                    &format!("[{} {}] panicked", target.runner, target.version),
                ));
            }
        }
    }
    Ok(told)
}

fn database(statements: &[String]) -> Result<Connection, String> {
    let db = plan::scratch().unwrap();
    for statement in statements {
        db.execute_batch(statement)
            .map_err(|error| format!("{error}: {statement}"))?;
    }
    Ok(db)
}

fn same(a: &Connection, b: &tablature::schema::Schema) -> Result<(), String> {
    let a = inspect(a).map_err(|error| error.to_string())?;
    match diff(&a, b).first().or(diff(b, &a).first()) {
        Some(change) => Err(change.to_string()),
        None => Ok(()),
    }
}

/// However a schema is spelled, and when what was read from it is executed again, it is the same.
fn spellings(from: &Schema, a: &Connection, spelling: u64) -> Result<(), String> {
    let schema = inspect(a).map_err(|error| error.to_string())?;
    same(a, &schema).map_err(|it| format!("differs from itself: {it}"))?;
    let again = database(&statements(from, spelling.wrapping_add(77)))?;
    same(&again, &schema).map_err(|it| format!("spelled in another way: {it}"))?;
    let texts = schema
        .tables
        .iter()
        .map(|it| it.sql.clone())
        .chain(schema.fts.iter().map(|it| it.sql.clone()));
    let texts = texts
        .chain(schema.indexes.iter().map(|it| it.sql.clone()))
        .chain(schema.views.iter().map(|it| it.sql.text().to_owned()));
    let texts: Vec<String> = texts
        .chain(schema.triggers.iter().map(|it| it.sql.text().to_owned()))
        .collect();
    same(&database(&texts)?, &schema).map_err(|it| format!("executed again: {it}"))
}

/// As the runner does it.
pub(crate) fn execute(db: &Connection, script: &str, target: Target) -> Result<(), String> {
    let keys = if target.keys_are_on() { "ON" } else { "OFF" };
    let run = || -> Result<(), String> {
        let batch = |sql: &str| db.execute_batch(sql).map_err(|it| it.to_string());
        batch(&format!("PRAGMA foreign_keys = {keys}; BEGIN IMMEDIATE"))?;
        batch(script)?;
        if !target.keys_are_on() && !rows::rows(db, "PRAGMA foreign_key_check")?.is_empty() {
            return Err("rows without a parent".to_owned());
        }
        batch("COMMIT")
    };
    let done = run();
    if done.is_err() && !db.is_autocommit() {
        db.execute_batch("ROLLBACK").unwrap();
    }
    db.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = OFF")
        .unwrap();
    done
}
