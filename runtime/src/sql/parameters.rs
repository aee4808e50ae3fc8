use super::lexer::{Kind, Lexer};
use std::ops::Range;

/// How many values a statement without named parameters takes: what `sqlite3_bind_parameter_count` says.
///
/// See <https://www.sqlite.org/lang_expr.html#varparam>.
pub(crate) const fn count(sql: &str) -> usize {
    let bytes = sql.as_bytes();
    let mut lexer = Lexer::new(sql);
    let mut largest = 0;
    while let Some(token) = lexer.next() {
        if let Kind::Parameter = token.kind {
            let mut number = 0;
            let mut i = token.start + 1;
            while i < token.end {
                assert!(
                    bytes[i].is_ascii_digit(),
                    "a generated statement has numbered parameters"
                );
                number = number * 10 + (bytes[i] - b'0') as usize;
                i += 1;
            }
            if number == 0 {
                number = largest + 1;
            }
            if number > largest {
                largest = number;
            }
        }
    }
    largest
}

/// Where a statement has a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parameter {
    /// From 1.
    pub(crate) number: usize,
    pub(crate) range: Range<usize>,
}

/// The parameters of a statement, of every kind and mixed, in the order in which they stand; none where a token is not
/// understood, or a number is none of SQLite's.
///
/// A name has the number of its first place; `?` and a new name have the one after the largest so far.
pub(crate) fn parameters(sql: &str) -> Option<Vec<Parameter>> {
    let mut lexer = Lexer::new(sql);
    let (mut found, mut largest): (Vec<Parameter>, usize) = (Vec::new(), 0);
    while let Some(token) = lexer.next() {
        match token.kind {
            Kind::Unknown => return None,
            Kind::Parameter => {}
            _ => continue,
        }
        let range = token.start..token.end;
        let text = &sql[range.clone()];
        let number = match text.strip_prefix('?') {
            Some("") => largest + 1,
            Some(digits) => digits.parse().ok().filter(|it| (1..=MOST).contains(it))?,
            None => {
                let before = found.iter().find(|it| sql[it.range.clone()] == *text);
                before.map_or(largest + 1, |it| it.number)
            }
        };
        largest = largest.max(number);
        found.push(Parameter { number, range });
    }
    (largest <= MOST).then_some(found)
}

/// `SQLITE_MAX_VARIABLE_NUMBER` of <https://www.sqlite.org/limits.html>.
const MOST: usize = 32_766;

#[cfg(test)]
mod tests {
    use super::count;
    use rusqlite::Connection;

    #[test]
    fn the_count_is_that_of_sqlite() {
        let db = Connection::open_in_memory().unwrap();
        for sql in [
            "SELECT 1",
            "SELECT ?, ?, '?', \"?\" -- ?\n FROM (SELECT 1 AS \"?\")",
            "SELECT ?2, ?, /* ? */ ?1, [?] FROM (SELECT 1 AS [?])",
            "VALUES (?5), (?), (coalesce(?, 'it''s ?'))",
        ] {
            assert_eq!(
                count(sql),
                db.prepare(sql).unwrap().parameter_count(),
                "{sql}"
            );
        }
    }
}
