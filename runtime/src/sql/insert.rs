use super::lexer::Kind;
use super::tokens::Tokens;
use std::ops::Range;

/// What the text of an INSERT or REPLACE says: its columns, and its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Insert {
    pub(crate) table: Name,
    /// None where it names no columns, and means all of them.
    pub(crate) columns: Option<Vec<Name>>,
    pub(crate) source: Source,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// `VALUES (…), (…)`
    Rows(Vec<Row>),
    /// `DEFAULT VALUES`
    Defaults,
    /// A SELECT.
    Query,
}

/// A row of VALUES, and each of its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) range: Range<usize>,
    pub(crate) values: Vec<Range<usize>>,
}

impl Insert {
    /// None where the statement is another one, or is not understood.
    pub(crate) fn read(sql: &str) -> Option<Self> {
        let mut tokens = Tokens::new(sql);
        let mut all = tokens.clone();
        while let Some(token) = all.next() {
            if token.kind == Kind::Unknown {
                return None;
            }
        }
        if tokens.eat(&["explain"]) {
            tokens.eat(&["query", "plan"]);
        }
        skip_with(&mut tokens)?;
        if tokens.eat(&["insert"]) {
            if tokens.eat(&["or"]) {
                tokens.next()?;
            }
        } else if !tokens.eat(&["replace"]) {
            return None;
        }
        if !tokens.eat(&["into"]) {
            return None;
        }
        let mut table = name(&mut tokens)?;
        if tokens.eat(&["."]) {
            table = name(&mut tokens)?;
        }
        if tokens.eat(&["as"]) {
            tokens.name()?;
        }
        let columns = if tokens.is("(") {
            let list = tokens.parenthesised()?.list();
            let names = list.into_iter().map(|mut part| {
                let name = name(&mut part)?;
                part.is_empty().then_some(name)
            });
            Some(names.collect::<Option<_>>()?)
        } else {
            None
        };
        let source = if tokens.eat(&["default", "values"]) {
            Source::Defaults
        } else if tokens.is("values") {
            rows(&mut tokens)?
        } else {
            Source::Query
        };
        Some(Self {
            table,
            columns,
            source,
        })
    }
}

fn name(tokens: &mut Tokens<'_>) -> Option<Name> {
    let token = tokens.peek()?;
    let text = tokens.name()?;
    let range = token.start..token.end;
    Some(Name { text, range })
}

/// `WITH a (b) AS NOT MATERIALIZED (…), …`
fn skip_with(tokens: &mut Tokens<'_>) -> Option<()> {
    if !tokens.eat(&["with"]) {
        return Some(());
    }
    tokens.eat(&["recursive"]);
    loop {
        tokens.name()?;
        if tokens.is("(") {
            tokens.parenthesised()?;
        }
        if !tokens.eat(&["as"]) {
            return None;
        }
        tokens.eat(&["not"]);
        tokens.eat(&["materialized"]);
        tokens.parenthesised()?;
        if !tokens.eat(&[","]) {
            return Some(());
        }
    }
}

/// VALUES that goes on as a compound SELECT is a query.
fn rows(tokens: &mut Tokens<'_>) -> Option<Source> {
    tokens.next();
    let mut rows = Vec::new();
    loop {
        let start = tokens.peek()?.start;
        let inner = tokens.parenthesised()?;
        let range = start..tokens.last_end()?;
        let values = inner.list().iter().map(Tokens::range).collect();
        rows.push(Row { range, values });
        if !tokens.eat(&[","]) {
            break;
        }
    }
    let ends = tokens.is_empty()
        || tokens.is("on")
        || tokens.is("returning")
        || tokens.peek().is_some_and(|it| it.kind == Kind::Semicolon);
    Some(if ends {
        Source::Rows(rows)
    } else {
        Source::Query
    })
}

#[cfg(test)]
mod tests {
    use super::{Insert, Source};
    use expect_test::{Expect, expect};

    fn check(sql: &str, expect: Expect) {
        let said = match Insert::read(sql) {
            None => "not understood".to_owned(),
            Some(insert) => {
                let columns = insert.columns.map_or("all".to_owned(), |columns| {
                    let names: Vec<String> = columns.into_iter().map(|it| it.text).collect();
                    names.join(", ")
                });
                let source = match insert.source {
                    Source::Rows(rows) => {
                        let row = |row: &super::Row| {
                            let values: Vec<&str> =
                                row.values.iter().map(|it| &sql[it.clone()]).collect();
                            format!("{} = {}", &sql[row.range.clone()], values.join(" | "))
                        };
                        rows.iter().map(row).collect::<Vec<_>>().join("; ")
                    }
                    other => format!("{other:?}"),
                };
                format!("{} ({columns}): {source}", insert.table.text)
            }
        };
        expect.assert_eq(&said);
    }

    #[test]
    fn every_form() {
        check(
            "INSERT INTO a (b, \"c d\", [e]) VALUES (?1, f(1, 2), '?'), (1, (2), 3) ON CONFLICT DO NOTHING",
            expect![
                "a (b, c d, e): (?1, f(1, 2), '?') = ?1 | f(1, 2) | '?'; (1, (2), 3) = 1 | (2) | 3"
            ],
        );
        check(
            "REPLACE INTO main.`a` AS x VALUES (1) RETURNING *;",
            expect!["a (all): (1) = 1"],
        );
        check(
            "WITH RECURSIVE t (n) AS (SELECT 1), insert_ AS NOT MATERIALIZED (SELECT 2) INSERT OR IGNORE INTO a SELECT n FROM t",
            expect!["a (all): Query"],
        );
        check(
            "INSERT INTO a /* , */ DEFAULT -- ?\n VALUES",
            expect!["a (all): Defaults"],
        );
        check(
            "INSERT INTO a VALUES (1) UNION SELECT 2",
            expect!["a (all): Query"],
        );
    }

    #[test]
    fn another_statement_or_none() {
        check("UPDATE a SET b = 1", expect!["not understood"]);
        check(
            "INSERT INTO a (b, c.d) VALUES (1)",
            expect!["not understood"],
        );
        check("INSERT INTO a VALUES ('", expect!["not understood"]);
        check(
            "WITH t AS (SELECT 1) SELECT * FROM t",
            expect!["not understood"],
        );
    }
}
