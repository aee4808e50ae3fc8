//! Outer joins: the columns of a table are NULL where no row of it matches.

use super::catalog;
use super::lexer::{Kind, Token};
use rusqlite::Connection;

/// Whether all columns of a table are NULL for some rows of the result. SQLite makes an inner join of an outer one where
/// the conditions let no such row pass: <https://www.sqlite.org/optoverview.html#outer_join_strength_reduction>. So its
/// program is asked, and where a condition is left that may still keep them out, nothing is said; nor where a foreign key
/// that is NOT NULL may see to it that there is a row.
pub(super) fn may_have_no_row(
    db: &Connection,
    sql: &str,
    tokens: &[Token],
    table: &catalog::Table,
) -> bool {
    let has = |word: &str| tokens.iter().any(|it| it.is(sql, word));
    tokens.iter().any(|it| names_outer(sql, *it))
        && !has("RETURNING")
        && tokens.iter().filter(|it| it.is(sql, "SELECT")).count() == 1
        && !catalog::views(db)
            .iter()
            .any(|(name, _)| tokens.iter().any(|it| it.names(sql, name)))
        && !is_filtered(sql, tokens, table)
        && !catalog::named(db, sql, tokens)
            .iter()
            .any(|child| catalog::always_refers(db, child, &table.name))
        && has_null_row(db, sql, &table.name)
}

fn names_outer(sql: &str, token: Token) -> bool {
    ["LEFT", "RIGHT", "FULL"]
        .iter()
        .any(|word| token.is(sql, word))
}

/// Whether the program sets every cursor on the table to a row of NULLs.
/// See <https://www.sqlite.org/opcode.html#NullRow>.
fn has_null_row(db: &Connection, sql: &str, table: &str) -> bool {
    let roots = catalog::roots(db, table);
    let steps = catalog::program(db, sql).unwrap_or_default();
    let mut cursors = steps
        .iter()
        .filter(|step| matches!(&*step.opcode, "OpenRead" | "ReopenIdx"))
        .filter(|step| step.p3 == 0 && roots.contains(&step.p2))
        .peekable();
    let is_null = |cursor: i64| {
        let mut all = steps.iter();
        all.any(|step| step.opcode == "NullRow" && step.p1 == cursor)
    };
    cursors.peek().is_some() && cursors.all(|step| is_null(step.p1))
}

/// Whether a condition that drops rows names a column of the table: a WHERE, a HAVING, or the ON of an inner join.
fn is_filtered(sql: &str, tokens: &[Token], table: &catalog::Table) -> bool {
    let (mut drops, mut is_outer, mut outside) = (false, false, Vec::new());
    for (at, token) in tokens.iter().enumerate() {
        let is = |words: &[&str]| words.iter().any(|word| token.is(sql, word));
        match token.kind {
            Kind::Open => outside.push(drops),
            Kind::Close => drops = outside.pop().unwrap_or_default(),
            Kind::Word if is(&["JOIN"]) => {
                let before = tokens[..at].iter().rev();
                let mut kind = before.skip_while(|it| it.is(sql, "OUTER"));
                is_outer = kind.next().is_some_and(|it| names_outer(sql, *it));
                drops = false;
            }
            Kind::Word if is(&["ON", "USING"]) => drops = !is_outer,
            Kind::Word if is(&["WHERE", "HAVING"]) => drops = true,
            Kind::Word if is(&["ORDER", "GROUP", "LIMIT", "WINDOW"]) => drops = false,
            _ if drops && names_column(sql, tokens, at, table) => return true,
            _ => {}
        }
    }
    false
}

/// Whether a token is a column of the table; one behind the name of something else is not.
fn names_column(sql: &str, tokens: &[Token], at: usize, table: &catalog::Table) -> bool {
    let token = tokens[at];
    let is_dot = |at: usize| tokens.get(at).is_some_and(|it| it.is(sql, "."));
    let columns = table.columns.iter().map(|it| it.name.as_str());
    let mut names = columns.chain(["rowid", "oid", "_rowid_"]);
    if !names.any(|name| token.names(sql, name)) {
        return false;
    }
    let qualifier = at.checked_sub(2).filter(|_| is_dot(at - 1));
    let Some(qualifier) = qualifier.and_then(|at| tokens[at].name(sql)) else {
        return true;
    };
    let is_alias = |(at, it): (usize, &Token)| {
        let before = |back: usize| at.checked_sub(back).map(|at| tokens[at]);
        let is_table = |it: Option<Token>| it.is_some_and(|it| it.names(sql, &table.name));
        it.names(sql, &qualifier)
            && (is_table(before(1))
                || before(1).is_some_and(|it| it.is(sql, "AS")) && is_table(before(2)))
    };
    qualifier.eq_ignore_ascii_case(&table.name) || tokens.iter().enumerate().any(is_alias)
}

#[cfg(test)]
mod tests {
    use super::super::{catalog, lexer};
    use super::may_have_no_row;
    use rusqlite::Connection;
    use rusqlite::types::ValueRef;

    /// Which tables may have no row, and that SQLite returns NULL for a column of each.
    #[track_caller]
    fn check(sql: &str, expected: &[&str]) {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(
            "PRAGMA automatic_index = OFF;
             CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT NOT NULL, b_id INTEGER NOT NULL);
             CREATE TABLE b (id INTEGER PRIMARY KEY, x TEXT NOT NULL, y TEXT NOT NULL);
             CREATE INDEX b_x ON b (x);
             CREATE TABLE c (b_id INTEGER NOT NULL, z TEXT NOT NULL, PRIMARY KEY (b_id, z)) WITHOUT ROWID;
             CREATE TABLE d (id INTEGER PRIMARY KEY, a_id INTEGER NOT NULL REFERENCES a, b_id INTEGER REFERENCES b (id));
             CREATE VIEW v AS SELECT * FROM b;
             INSERT INTO a VALUES (1, 'only here', 1), (2, 'both', 3);
             INSERT INTO b VALUES (2, 'only there', 'y'), (3, 'both', 'y');
             INSERT INTO c VALUES (1, 'z');
             INSERT INTO d VALUES (1, 1, NULL);",
        )
        .unwrap();
        let tokens = lexer::tokens(sql);
        db.prepare(sql).unwrap();
        let found: Vec<&str> = ["a", "b", "c", "d"]
            .into_iter()
            .filter(|name| {
                let table = catalog::table(&db, name).unwrap();
                may_have_no_row(&db, sql, &tokens, &table)
            })
            .collect();
        assert_eq!(found, expected, "{sql}");
        for table in found {
            assert!(has_null(&db, sql, table), "{sql}: {table}");
        }
    }

    fn has_null(db: &Connection, sql: &str, table: &str) -> bool {
        let mut statement = db.prepare(sql).unwrap();
        let is_of = |position: &usize| {
            let origin = statement.column_metadata(*position).unwrap();
            origin.is_some_and(|(_, of, ..)| of.to_str() == Ok(table))
        };
        let columns: Vec<usize> = (0..statement.column_count()).filter(is_of).collect();
        if statement.parameter_count() > 0 {
            statement.raw_bind_parameter(1, 1).unwrap();
        }
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().unwrap() {
            let is_null = |at: &usize| row.get_ref(*at).unwrap() == ValueRef::Null;
            if columns.iter().any(is_null) {
                return true;
            }
        }
        false
    }

    #[test]
    fn the_other_side_of_an_outer_join() {
        check("SELECT * FROM a LEFT JOIN b ON b.id = a.b_id", &["b"]);
        check(
            "SELECT b.y FROM a LEFT OUTER JOIN b ON b.id = a.b_id WHERE a.id = ?1 ORDER BY b.y LIMIT 3",
            &["b"],
        );
        check("SELECT * FROM a LEFT JOIN b USING (x)", &["b"]);
        check("SELECT * FROM a NATURAL LEFT JOIN b", &["b"]);
        check("SELECT * FROM a RIGHT JOIN b ON b.id = a.b_id", &["a"]);
        check("SELECT * FROM a FULL JOIN b ON b.id = a.b_id", &["a", "b"]);
        check("SELECT * FROM a LEFT JOIN b ON b.x = a.x", &["b"]);
        check(
            "SELECT b.y, count(*) FROM a LEFT JOIN b ON b.id = a.b_id GROUP BY a.id",
            &["b"],
        );
    }

    #[test]
    fn a_foreign_key_says_that_there_is_a_row() {
        check("SELECT * FROM d LEFT JOIN a ON a.id = d.a_id", &[]);
        check("SELECT * FROM d LEFT JOIN b ON b.id = d.b_id", &["b"]);
        check("SELECT * FROM a LEFT JOIN d ON d.a_id = a.id", &["d"]);
    }

    #[test]
    fn joins_in_a_row() {
        check(
            "SELECT * FROM a LEFT JOIN b ON b.id = a.b_id LEFT JOIN c ON c.b_id = b.id",
            &["b", "c"],
        );
        check(
            "SELECT * FROM a JOIN b ON b.id = a.b_id LEFT JOIN c ON c.b_id = b.id",
            &["c"],
        );
        check(
            "SELECT * FROM a LEFT JOIN b ON b.id = a.b_id JOIN c ON c.b_id = a.b_id",
            &["b"],
        );
        // Which drops the rows without a `b`.
        check(
            "SELECT * FROM a LEFT JOIN b ON b.id = a.b_id JOIN c ON c.b_id = b.id",
            &[],
        );
        check(
            "SELECT * FROM a LEFT JOIN b ON b.id = a.b_id JOIN c ON c.z = ifnull(b.x, '')",
            &[],
        );
    }

    #[test]
    fn a_condition_that_may_drop_the_rows() {
        check(
            "SELECT * FROM a LEFT JOIN b ON b.id = a.b_id WHERE b.y = 'y'",
            &[],
        );
        check(
            "SELECT * FROM a LEFT JOIN b ON b.id = a.b_id WHERE b.id IS NOT NULL",
            &[],
        );
        check(
            "SELECT * FROM a LEFT JOIN b ON b.id = a.b_id WHERE length(y) > 1",
            &[],
        );
        check(
            "SELECT * FROM a LEFT JOIN b AS o ON o.id = a.b_id WHERE length(o.y) > 1",
            &[],
        );
        check(
            "SELECT * FROM a LEFT JOIN b o ON o.id = a.b_id WHERE length(o.x) > 1",
            &[],
        );
        check(
            "SELECT * FROM a LEFT JOIN b o ON o.id = a.b_id WHERE length(a.x) > 1",
            &["b"],
        );
        check(
            "SELECT b.y FROM a LEFT JOIN b ON b.id = a.b_id GROUP BY b.y HAVING count(b.id) > 0",
            &[],
        );
    }

    #[test]
    fn what_is_not_certain() {
        check("SELECT * FROM a JOIN b ON b.id = a.b_id", &[]);
        check("SELECT * FROM a LEFT JOIN v ON v.id = a.b_id", &[]);
        check(
            "SELECT * FROM (SELECT b.* FROM a LEFT JOIN b ON b.id = a.b_id) WHERE y > ''",
            &[],
        );
        check(
            "SELECT one.y FROM b AS one LEFT JOIN b AS two ON two.id = one.id + 1",
            &[],
        );
    }
}
