/// Whether SQLite reads this name without quotes as what it says.
pub(crate) const fn is_plain(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        let legal = match bytes[i] {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => true,
            b'0'..=b'9' => i > 0,
            _ => false,
        };
        if !legal {
            return false;
        }
        i += 1;
    }
    i > 0 && !is_keyword(bytes)
}

/// Whether two names are one to SQLite, which ignores the case of ASCII letters.
pub(crate) const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if !a[i].eq_ignore_ascii_case(&b[i]) {
            return false;
        }
        i += 1;
    }
    true
}

const fn is_keyword(name: &[u8]) -> bool {
    let mut i = 0;
    while i < KEYWORDS.len() {
        let keyword = KEYWORDS[i].as_bytes();
        if keyword.len() == name.len() && same(keyword, name) {
            return true;
        }
        i += 1;
    }
    false
}

/// See <https://www.sqlite.org/lang_keywords.html>. SQLite takes many of these for names all the same; quoting them all
/// keeps the text right for versions to come.
const KEYWORDS: &[&str] = &[
    "ABORT",
    "ACTION",
    "ADD",
    "AFTER",
    "ALL",
    "ALTER",
    "ALWAYS",
    "ANALYZE",
    "AND",
    "AS",
    "ASC",
    "ATTACH",
    "AUTOINCREMENT",
    "BEFORE",
    "BEGIN",
    "BETWEEN",
    "BY",
    "CASCADE",
    "CASE",
    "CAST",
    "CHECK",
    "COLLATE",
    "COLUMN",
    "COMMIT",
    "CONFLICT",
    "CONSTRAINT",
    "CREATE",
    "CROSS",
    "CURRENT",
    "CURRENT_DATE",
    "CURRENT_TIME",
    "CURRENT_TIMESTAMP",
    "DATABASE",
    "DEFAULT",
    "DEFERRABLE",
    "DEFERRED",
    "DELETE",
    "DESC",
    "DETACH",
    "DISTINCT",
    "DO",
    "DROP",
    "EACH",
    "ELSE",
    "END",
    "ESCAPE",
    "EXCEPT",
    "EXCLUDE",
    "EXCLUSIVE",
    "EXISTS",
    "EXPLAIN",
    "FAIL",
    "FALSE",
    "FILTER",
    "FIRST",
    "FOLLOWING",
    "FOR",
    "FOREIGN",
    "FROM",
    "FULL",
    "GENERATED",
    "GLOB",
    "GROUP",
    "GROUPS",
    "HAVING",
    "IF",
    "IGNORE",
    "IMMEDIATE",
    "IN",
    "INDEX",
    "INDEXED",
    "INITIALLY",
    "INNER",
    "INSERT",
    "INSTEAD",
    "INTERSECT",
    "INTO",
    "IS",
    "ISNULL",
    "JOIN",
    "KEY",
    "LAST",
    "LEFT",
    "LIKE",
    "LIMIT",
    "MATCH",
    "MATERIALIZED",
    "NATURAL",
    "NO",
    "NOT",
    "NOTHING",
    "NOTNULL",
    "NULL",
    "NULLS",
    "OF",
    "OFFSET",
    "ON",
    "OR",
    "ORDER",
    "OTHERS",
    "OUTER",
    "OVER",
    "PARTITION",
    "PLAN",
    "PRAGMA",
    "PRECEDING",
    "PRIMARY",
    "QUERY",
    "RAISE",
    "RANGE",
    "RECURSIVE",
    "REFERENCES",
    "REGEXP",
    "REINDEX",
    "RELEASE",
    "RENAME",
    "REPLACE",
    "RESTRICT",
    "RETURNING",
    "RIGHT",
    "ROLLBACK",
    "ROW",
    "ROWS",
    "SAVEPOINT",
    "SELECT",
    "SET",
    "TABLE",
    "TEMP",
    "TEMPORARY",
    "THEN",
    "TIES",
    "TO",
    "TRANSACTION",
    "TRIGGER",
    "TRUE",
    "UNBOUNDED",
    "UNION",
    "UNIQUE",
    "UPDATE",
    "USING",
    "VACUUM",
    "VALUES",
    "VIEW",
    "VIRTUAL",
    "WHEN",
    "WHERE",
    "WINDOW",
    "WITH",
    "WITHIN",
    "WITHOUT",
];

#[cfg(test)]
mod tests {
    use super::is_plain;
    use rusqlite::Connection;

    #[test]
    fn sqlite_takes_every_plain_name_everywhere() {
        let db = Connection::open_in_memory().unwrap();
        let keywords = super::KEYWORDS.iter().map(|word| word.to_lowercase());
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
