/// Whether SQLite reads this name without quotes as what it says.
pub(crate) const fn is_plain(name: &str) -> bool {
    let (mut rest, mut word) = (name.as_bytes(), name.len() <= LONGEST);
    if let [] | [b'0'..=b'9', ..] = rest {
        return false;
    }
    while let [byte, more @ ..] = rest {
        match *byte {
            b'a'..=b'z' | b'_' | b'A'..=b'Z' => {}
            b'0'..=b'9' => word = false,
            _ => return false,
        }
        rest = more;
    }
    !word || !is_keyword_in_any_case(name.as_bytes())
}

const fn is_keyword_in_any_case(word: &[u8]) -> bool {
    let (mut upper, mut rest, mut i) = ([0; LONGEST], word, 0);
    while let [byte, more @ ..] = rest {
        // Letters become capitals, and `_` stays.
        upper[i] = *byte & !0x20;
        (rest, i) = (more, i + 1);
    }
    is_keyword(upper.split_at(i).0)
}

/// Whether two names are one to SQLite, which ignores the case of ASCII letters.
pub(crate) const fn same(a: &[u8], b: &[u8]) -> bool {
    let (mut a, mut b) = (a, b);
    // Names that differ mostly differ in their length or at their end.
    while let ([more_a @ .., last_a], [more_b @ .., last_b]) = (a, b) {
        if a.len() != b.len()
            || (*last_a != *last_b
                && (*last_a ^ *last_b != 0x20 || !last_a.eq_ignore_ascii_case(last_b)))
        {
            return false;
        }
        (a, b) = (more_a, more_b);
    }
    a.len() == b.len()
}

/// The length of `CURRENT_TIMESTAMP`.
const LONGEST: usize = 17;

/// A pattern rather than a list: the compiler's interpreter pays for every comparison of a loop.
macro_rules! keywords {
    ($($keyword:literal)*) => {
        const fn is_keyword(upper: &[u8]) -> bool {
            matches!(upper, $($keyword)|*)
        }

        #[cfg(test)]
        const KEYWORDS: &[&[u8]] = &[$($keyword),*];
    };
}

// See <https://www.sqlite.org/lang_keywords.html>. SQLite takes many of these for names all the same; quoting them all
// keeps the text right for versions to come.
keywords! {
    b"ABORT" b"ACTION" b"ADD" b"AFTER" b"ALL" b"ALTER" b"ALWAYS" b"ANALYZE" b"AND" b"AS" b"ASC" b"ATTACH"
    b"AUTOINCREMENT" b"BEFORE" b"BEGIN" b"BETWEEN" b"BY" b"CASCADE" b"CASE" b"CAST" b"CHECK" b"COLLATE" b"COLUMN"
    b"COMMIT" b"CONFLICT" b"CONSTRAINT" b"CREATE" b"CROSS" b"CURRENT" b"CURRENT_DATE" b"CURRENT_TIME"
    b"CURRENT_TIMESTAMP" b"DATABASE" b"DEFAULT" b"DEFERRABLE" b"DEFERRED" b"DELETE" b"DESC" b"DETACH" b"DISTINCT"
    b"DO" b"DROP" b"EACH" b"ELSE" b"END" b"ESCAPE" b"EXCEPT" b"EXCLUDE" b"EXCLUSIVE" b"EXISTS" b"EXPLAIN" b"FAIL"
    b"FALSE" b"FILTER" b"FIRST" b"FOLLOWING" b"FOR" b"FOREIGN" b"FROM" b"FULL" b"GENERATED" b"GLOB" b"GROUP"
    b"GROUPS" b"HAVING" b"IF" b"IGNORE" b"IMMEDIATE" b"IN" b"INDEX" b"INDEXED" b"INITIALLY" b"INNER" b"INSERT"
    b"INSTEAD" b"INTERSECT" b"INTO" b"IS" b"ISNULL" b"JOIN" b"KEY" b"LAST" b"LEFT" b"LIKE" b"LIMIT" b"MATCH"
    b"MATERIALIZED" b"NATURAL" b"NO" b"NOT" b"NOTHING" b"NOTNULL" b"NULL" b"NULLS" b"OF" b"OFFSET" b"ON" b"OR"
    b"ORDER" b"OTHERS" b"OUTER" b"OVER" b"PARTITION" b"PLAN" b"PRAGMA" b"PRECEDING" b"PRIMARY" b"QUERY" b"RAISE"
    b"RANGE" b"RECURSIVE" b"REFERENCES" b"REGEXP" b"REINDEX" b"RELEASE" b"RENAME" b"REPLACE" b"RESTRICT"
    b"RETURNING" b"RIGHT" b"ROLLBACK" b"ROW" b"ROWS" b"SAVEPOINT" b"SELECT" b"SET" b"TABLE" b"TEMP" b"TEMPORARY"
    b"THEN" b"TIES" b"TO" b"TRANSACTION" b"TRIGGER" b"TRUE" b"UNBOUNDED" b"UNION" b"UNIQUE" b"UPDATE" b"USING"
    b"VACUUM" b"VALUES" b"VIEW" b"VIRTUAL" b"WHEN" b"WHERE" b"WINDOW" b"WITH" b"WITHIN" b"WITHOUT"
}

#[cfg(test)]
mod tests {
    use super::is_plain;
    use rusqlite::Connection;

    #[test]
    fn sqlite_takes_every_plain_name_everywhere() {
        let db = Connection::open_in_memory().unwrap();
        let keywords = super::KEYWORDS
            .iter()
            .map(|word| String::from_utf8_lossy(word).to_lowercase());
        for word in keywords.chain(
            [
                "stored", "strict", "rowid", "true", "oid", "x", "_", "a1", "generate",
            ]
            .map(String::from),
        ) {
            let name = if is_plain(&word) {
                word.clone()
            } else {
                format!("\"{word}\"")
            };
            let sql = format!(
                "CREATE TABLE {name} ({name} TEXT, other INT, CHECK ({name} IS NULL OR {name} = 'a'))"
            );
            db.execute_batch(&sql)
                .unwrap_or_else(|error| panic!("{sql}: {error}"));
            db.execute(&format!("INSERT INTO {name} ({name}) VALUES ('a')"), [])
                .unwrap_or_else(|error| panic!("{sql}: {error}"));
            db.execute_batch(&format!("DROP TABLE {name}")).unwrap();
        }
    }
}
