use super::Kind;

/// Which argument of a method is SQL, and which its parameters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Method {
    pub(super) kind: Kind,
    /// None where the statement is what it is called on.
    pub(super) sql: Option<usize>,
    pub(super) parameters: Option<usize>,
}

/// The methods of rusqlite's `Connection` and `Statement`, and `execute_checked`. A name alone does not say whose method it
/// is; the number of arguments does.
pub(super) fn method(name: &str, arguments: usize) -> Option<Method> {
    let (kind, sql, parameters) = match (name, arguments) {
        ("execute" | "execute_checked", 2)
        | ("query_row" | "query_one" | "query_row_and_then", 3) => (Kind::Run, Some(0), Some(1)),
        ("prepare" | "prepare_cached", 1) | ("prepare_with_flags", 2) => {
            (Kind::Prepare, Some(0), None)
        }
        ("execute_batch", 1) => (Kind::Script, Some(0), None),
        ("execute" | "query" | "exists" | "insert", 1)
        | ("query_map" | "query_and_then" | "query_row" | "query_one", 2) => {
            (Kind::Use, None, Some(0))
        }
        _ => return None,
    };
    Some(Method {
        kind,
        sql,
        parameters,
    })
}

/// `Post::query(&db, "WHERE …", params)` and its like.
pub(super) fn of_rows(name: &str, arguments: usize) -> Option<Method> {
    let (kind, parameters) = match (name, arguments) {
        ("query" | "query_one" | "execute" | "returning", 3) => (Kind::Run, Some(2)),
        ("select", 2) => (Kind::Prepare, None),
        _ => return None,
    };
    Some(Method {
        kind,
        sql: Some(1),
        parameters,
    })
}

/// The types whose methods can be called as functions: `Connection::execute(&db, …)`.
pub(super) fn is_connection(name: &str) -> bool {
    matches!(name, "Connection" | "Transaction" | "Savepoint")
}

/// What a statement can begin with.
const WORDS: [&str; 23] = [
    "ALTER",
    "ANALYZE",
    "ATTACH",
    "BEGIN",
    "COMMIT",
    "CREATE",
    "DELETE",
    "DETACH",
    "DROP",
    "END",
    "EXPLAIN",
    "INSERT",
    "PRAGMA",
    "REINDEX",
    "RELEASE",
    "REPLACE",
    "ROLLBACK",
    "SAVEPOINT",
    "SELECT",
    "UPDATE",
    "VACUUM",
    "VALUES",
    "WITH",
];

/// Whether a text begins as SQL is written, all in capitals or all in small letters, and goes on.
pub(super) fn is_clearly_sql(text: &str) -> bool {
    let text = text.trim_start();
    let Some((word, rest)) = text.split_once(|it: char| !it.is_ascii_alphabetic()) else {
        return false;
    };
    let is_even = word == word.to_ascii_uppercase() || word == word.to_ascii_lowercase();
    is_even && !rest.trim().is_empty() && WORDS.contains(&word.to_ascii_uppercase().as_str())
}

/// Whether a text is SQL, perhaps with a slip in its first word: a method of another crate can be called as one of
/// rusqlite's.
pub(crate) fn is_sql(text: &str) -> bool {
    let Some(range) = tablature::check::statements(text).into_iter().next() else {
        return true;
    };
    let statement = &text[range];
    let end = statement.find(|it: char| !it.is_ascii_alphabetic());
    let word = statement[..end.unwrap_or(statement.len())].to_ascii_uppercase();
    let has_more = end.is_some_and(|end| !statement[end..].trim().is_empty());
    let is_word = !word.is_empty() && WORDS.contains(&word.as_str());
    let is_slip = has_more && word.len() > 3 && tablature::check::nearest(&word, WORDS).is_some();
    is_word || is_slip
}
