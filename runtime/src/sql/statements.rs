use super::lexer::{Kind, Lexer};
use std::ops::Range;

/// The statements of a script, without their semicolons. The body of a trigger belongs to its statement, as for
/// <https://www.sqlite.org/c3ref/complete.html>.
///
/// ```
/// use tablature::migrations::statements;
///
/// assert_eq!(statements("DROP TABLE a; SELECT ';' -- b;"), ["DROP TABLE a", "SELECT ';'"]);
/// ```
pub fn statements(sql: &str) -> Vec<&str> {
    let range = |range: Range<usize>| &sql[range];
    ranges(sql).into_iter().map(range).collect()
}

/// Where the statements of a script stand, without their semicolons. The body of a trigger belongs to its statement.
///
/// ```
/// let script = "CREATE TABLE a (b); ;INSERT INTO a VALUES (';')";
/// let found: Vec<&str> = tablature::check::statements(script).into_iter().map(|it| &script[it]).collect();
/// assert_eq!(found, ["CREATE TABLE a (b)", "INSERT INTO a VALUES (';')"]);
/// ```
pub fn ranges(sql: &str) -> Vec<Range<usize>> {
    let mut statements = Vec::new();
    let mut lexer = Lexer::new(sql);
    let mut words: Vec<&str> = Vec::new();
    let (mut start, mut end) = (None, 0);
    while let Some(token) = lexer.next() {
        let text = &sql[token.start..token.end];
        match token.kind {
            Kind::Space | Kind::Comment => continue,
            Kind::Semicolon if ends(&words) => {
                statements.extend(start.map(|start| start..end));
                (start, words) = (None, Vec::new());
                continue;
            }
            _ => {}
        }
        start.get_or_insert(token.start);
        end = token.end;
        words.push(text);
    }
    statements.extend(start.map(|start| start..end));
    statements
}

/// Whether a semicolon ends the statement of these words.
fn ends(words: &[&str]) -> bool {
    let is = |at: usize, word: &str| {
        words
            .get(at)
            .is_some_and(|it| it.eq_ignore_ascii_case(word))
    };
    let temporary = is(1, "temp") || is(1, "temporary");
    let trigger = is(0, "create") && is(1 + usize::from(temporary), "trigger");
    let last = words.len().wrapping_sub(1);
    !trigger || (is(last, "end") && is(last.wrapping_sub(1), ";"))
}

#[cfg(test)]
mod tests {
    use super::statements;

    #[test]
    fn a_trigger_is_one_statement() {
        let script = "-- first\nCREATE TABLE a (b); ;\nCREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN\n  \
                      SELECT CASE WHEN 1 THEN ';' END; DELETE FROM a; END; INSERT INTO a VALUES ('x;y') -- last;";
        let found = statements(script);
        let heads: Vec<&str> = found.iter().map(|it| &it[..14]).collect();
        assert_eq!(
            heads,
            ["CREATE TABLE a", "CREATE TEMP TR", "INSERT INTO a "]
        );
        assert!(found[1].ends_with("END"));
        assert!(found[2].ends_with(')'));
    }
}
