use super::{Gate, Verdict, listed_checksum, lists, record};
use crate::declare::Table;
use crate::migrations::Runner;
use crate::migrations::layout::Source;
use crate::open::Entry;

/// A user's SQL may hold lines like ours.
const HOSTILE: &str =
    "CREATE TABLE a (\n-- table b\n-- table c\n);\n\n-- table b\nCREATE TABLE x ();\n";
const TABLES: &[Entry] = &[
    Entry {
        table: &Table::new("a", "A", &[]),
        ddl: HOSTILE,
    },
    Entry {
        table: &Table::new("b", "B", &[]),
        ddl: "CREATE TABLE b ();\n",
    },
    Entry {
        table: &Table::new("two\nlines \\", "C", &[]),
        ddl: "CREATE TABLE c ();\n",
    },
];

fn recorded(tables: &[Entry]) -> String {
    let tables: Vec<_> = tables
        .iter()
        .map(|entry| (entry.table.name, entry.table.row, entry.ddl))
        .collect();
    record(
        &tables,
        &[("0001_a", "0123456789abcdef"), ("0002_b c", "0")],
    )
}

fn verdicts(text: String) -> ([Verdict; 3], Option<String>) {
    let text: &'static str = text.leak();
    let source = Source {
        name: "BLOG",
        folder: "migrations",
        runner: Runner::Tablature,
        target: None,
        files: &[],
        recorded: Some(text),
        problem: None,
        hooks: &[],
    };
    let gate = Gate::<3>::new(&source, TABLES);
    let extra = gate
        .extra
        .map(|at| text[at..].lines().next().unwrap_or_default().to_owned());
    (gate.verdicts, extra)
}

#[test]
fn what_is_recorded_is_found_in_any_order_and_with_any_line_endings() {
    let same = ([Verdict::Same; 3], None);
    assert_eq!(verdicts(recorded(TABLES)), same);
    assert_eq!(verdicts(recorded(TABLES).replace('\n', "\r\n")), same);
    let turned: Vec<_> = TABLES.iter().rev().copied().collect();
    assert_eq!(verdicts(recorded(&turned)), same);
}

#[test]
fn what_differs_differs() {
    let ([a, b, c], extra) = verdicts(recorded(&TABLES[..1]));
    assert_eq!((a, c, extra), (Verdict::Same, Verdict::Missing, None));
    assert_eq!(b, Verdict::Missing);
    let other = recorded(TABLES).replace(
        "CREATE TABLE b ();\n",
        "CREATE TABLE b ();\nCREATE INDEX i;\n",
    );
    let ([a, b, c], _) = verdicts(other);
    assert_eq!((a, c), (Verdict::Same, Verdict::Same));
    assert!(matches!(b, Verdict::Differs(_)));
    let (_, extra) = verdicts(recorded(TABLES) + "\n-- table d\nCREATE TABLE d ();\n");
    assert_eq!(extra.as_deref(), Some("d"));
}

#[test]
fn the_migrations_are_listed_with_their_checksums() {
    let text = recorded(TABLES);
    assert!(lists(text.as_bytes(), "0002_b c") && !lists(text.as_bytes(), "0002_b"));
    assert_eq!(listed_checksum(&text, "0001_a"), Some("0123456789abcdef"));
    assert_eq!(listed_checksum(&text, "0003_c"), None);
}
