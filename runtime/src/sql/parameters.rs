use super::lexer::{Kind, Lexer};

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
