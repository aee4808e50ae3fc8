use super::Parameters;
use crate::checked::lexer::tokens;
use crate::checked::random::Random;
use rusqlite::Connection;

/// Pieces of SQL that are nothing but values and spaces, some of them full of what looks like a parameter.
const PIECES: &[&str] = &[
    "?",
    "?1",
    "?3",
    "?12",
    ":a",
    ":author",
    "@a",
    "$a",
    "$a::b(c)",
    ":1",
    "'?'",
    "'it''s ? :a'",
    "\"?\"\"\"",
    "[?:a]",
    "`?``:a`",
    "x'3F'",
    "1.5e-3",
    "1e+3",
    "0x1F",
    ".5",
    "1_000",
    "/* ? 'a */ 1",
    "-- ? \"\n 1",
    "1 - -1",
    "(?)",
    "('?', ?)",
    "coalesce(?, ':b')",
    "a.b",
    "'x' || ?",
    "? -> '$.a'",
    "?1 ->> '$.b'",
    "CASE WHEN ? THEN :c END",
    "ä",
    "\"ä?\"",
    "#",
];

/// Whatever SQLite can read, it and we count the same parameters, and agree on the number of each.
#[test]
fn parameters_are_those_of_sqlite() {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch("CREATE TABLE a (b, \"?\"\"\", [?:a], `?``:a`, ä, \"ä?\")")
        .unwrap();
    let mut compared = 0;
    for seed in 1..=3000_u64 {
        let mut random = Random::new(seed);
        let count = 1 + random.below(6);
        let values: Vec<&str> = (0..count)
            .map(|_| PIECES[random.below(PIECES.len())])
            .collect();
        let sql = format!("SELECT {} FROM a", values.join(", "));
        let Ok(statement) = db.prepare(&sql) else {
            continue;
        };
        compared += 1;
        let parameters = Parameters::of(&statement);
        let numbered = parameters.numbered(&sql, &tokens(&sql));
        let largest = numbered
            .iter()
            .map(|(_, number)| *number)
            .max()
            .unwrap_or(0);
        assert_eq!(largest, statement.parameter_count(), "seed {seed}: {sql}");
        for (at, number) in numbered {
            let token = tokens(&sql)[at];
            let text = token.text(&sql);
            match text.strip_prefix('?') {
                Some("") => {}
                Some(digits) => assert_eq!(digits, number.to_string(), "seed {seed}: {sql}"),
                None => assert_eq!(
                    statement.parameter_name(number),
                    Some(text),
                    "seed {seed}: {sql}"
                ),
            }
        }
    }
    assert!(compared > 1000, "{compared}");
}
