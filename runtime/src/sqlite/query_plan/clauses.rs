use crate::check::{Names, TableName};
use crate::schema::{same_name, unquoted};
use crate::sql::lexer::{Kind, Token};
use crate::sql::tokens::Tokens;

/// The part of a statement that reads a table: its conditions, and its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Clauses {
    pub(super) table: String,
    /// Whether a condition names one of its columns, and none of another table.
    pub(super) is_restricted: bool,
    /// The columns that are compared for equality with what is known before the statement runs.
    pub(super) equal: Vec<String>,
    /// The columns that are compared for equality with those of another table.
    pub(super) joined: Vec<String>,
    /// The columns that are compared in another way that an index has an order for.
    pub(super) range: Vec<String>,
    /// ORDER BY, where all of it is columns of this table; with `desc` behind those that descend.
    pub(super) order: Vec<String>,
    /// Whether the SELECT may want the rows in an order, for whatever purpose.
    pub(super) wants_order: bool,
    /// Whether the statement has more than one ORDER BY.
    pub(super) has_other_orders: bool,
}

/// What ends a clause of the same SELECT.
const ENDS: [&str; 16] = [
    "where",
    "group",
    "having",
    "window",
    "order",
    "limit",
    "union",
    "except",
    "intersect",
    "returning",
    "join",
    "left",
    "inner",
    "cross",
    "on",
    "set",
];

/// Reads the clauses around a table, which the plan calls by its name or alias. None where it does not stand in the text
/// exactly once, or where something is not understood.
pub(super) fn clauses(sql: &str, called: &str, names: &Names) -> Option<Clauses> {
    let walk = Walk::new(sql)?;
    let (at, table) = walk.table(called, names)?;
    let around = walk.around(at);
    let is_ours = |at: usize| walk.column(at, called, table, &around, names);
    let mut clauses = Clauses {
        table: table.name.clone(),
        has_other_orders: (0..walk.tokens.len())
            .filter(|it| walk.is(*it, "order"))
            .count()
            > 1,
        ..Clauses::default()
    };
    let is_theirs = |at: usize| walk.is_other(at, called, &around, names) && is_ours(at).is_none();
    for (start, end) in walk.bodies(&around, &["where", "on"]) {
        let terms = if walk.has_or(start, end) {
            vec![(start, end)]
        } else {
            walk.terms(start, end)
        };
        for (start, end) in terms {
            let is_joined = (start..end).any(is_theirs);
            clauses.is_restricted |= !is_joined && (start..end).any(|at| is_ours(at).is_some());
            let Some((column, is_equal)) = walk.compared(start, end, &is_ours) else {
                continue;
            };
            let columns = match (is_equal, is_joined) {
                (true, true) => &mut clauses.joined,
                (true, false) => &mut clauses.equal,
                (false, _) => &mut clauses.range,
            };
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
    }
    let ordered = ["order", "group", "distinct", "min", "max"];
    clauses.wants_order = around
        .iter()
        .any(|at| ordered.iter().any(|word| walk.is(*at, word)));
    let is_grouped = walk.bodies(&around, &["group"]).next().is_some();
    if let Some((start, end)) = walk.bodies(&around, &["order"]).next()
        && !is_grouped
    {
        clauses.order = walk.order(start + 1, end, &is_ours).unwrap_or_default();
    }
    Some(clauses)
}

struct Walk<'a> {
    sql: &'a str,
    tokens: Vec<Token>,
    /// In how many parentheses each token stands.
    depths: Vec<usize>,
}

impl<'a> Walk<'a> {
    fn new(sql: &'a str) -> Option<Self> {
        let mut all = Tokens::new(sql);
        let tokens: Vec<Token> = std::iter::from_fn(|| all.next()).collect();
        let (mut depth, mut depths) = (0_usize, Vec::new());
        for token in &tokens {
            if token.kind == Kind::Close {
                depth = depth.checked_sub(1)?;
            }
            depths.push(depth);
            if token.kind == Kind::Open {
                depth += 1;
            }
        }
        let is_known = tokens.iter().all(|it| it.kind != Kind::Unknown);
        is_known.then_some(Self {
            sql,
            tokens,
            depths,
        })
    }

    fn text(&self, at: usize) -> &'a str {
        self.tokens
            .get(at)
            .map_or("", |it| &self.sql[it.start..it.end])
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.text(at).eq_ignore_ascii_case(word)
    }

    fn name(&self, at: usize) -> Option<String> {
        let token = self.tokens.get(at)?;
        matches!(token.kind, Kind::Word | Kind::Quoted).then(|| unquoted(self.text(at)))
    }

    /// Where the table stands that is called so: `posts AS p`, `posts p`, `posts`.
    fn table<'n>(&self, called: &str, names: &'n Names) -> Option<(usize, &'n TableName)> {
        let mut found = Vec::new();
        for at in 1..self.tokens.len() {
            let before = ["from", "join", "update", "into", ","];
            let Some(table) = self.name(at).and_then(|it| names.table(&it)) else {
                continue;
            };
            if !before.iter().any(|it| self.is(at - 1, it)) && at > 1 {
                continue;
            }
            let alias = at + 1 + usize::from(self.is(at + 1, "as"));
            let alias = self.name(alias).filter(|it| !is_keyword(it));
            let name = alias.unwrap_or_else(|| table.name.clone());
            if same_name(&name, called) && table.is_table {
                found.push((at, table));
            }
        }
        match found.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The tokens of the SELECT that a token stands in, without those of the SELECTs inside of it.
    fn around(&self, at: usize) -> Vec<usize> {
        let depth = self.depths[at];
        let is_outside = |it: &usize| {
            self.depths[*it] < depth
                || (self.depths[*it] == depth
                    && ["union", "except", "intersect"]
                        .iter()
                        .any(|word| self.is(*it, word)))
        };
        let start = (0..at).rev().find(is_outside).map_or(0, |it| it + 1);
        let end = (at..self.tokens.len())
            .find(is_outside)
            .unwrap_or(self.tokens.len());
        (start..end)
            .filter(|it| self.depths[*it] >= depth)
            .collect()
    }

    /// What stands behind each of these words, to the end of the clause.
    fn bodies(
        &self,
        around: &[usize],
        words: &'static [&'static str],
    ) -> impl Iterator<Item = (usize, usize)> {
        let depth = around.iter().map(|it| self.depths[*it]).min().unwrap_or(0);
        let end_of_all = around.last().map_or(0, |it| it + 1);
        let starts: Vec<usize> = around
            .iter()
            .copied()
            .filter(|it| self.depths[*it] == depth && words.iter().any(|word| self.is(*it, word)))
            .collect();
        starts.into_iter().map(move |start| {
            let ends = |it: &usize| {
                self.depths[*it] == depth && ENDS.iter().any(|word| self.is(*it, word))
            };
            let end = (start + 1..end_of_all).find(ends).unwrap_or(end_of_all);
            (start + 1, end)
        })
    }

    /// The column of the table that a token names, with the table's name in front or without.
    fn column(
        &self,
        at: usize,
        called: &str,
        table: &TableName,
        around: &[usize],
        names: &Names,
    ) -> Option<String> {
        let name = self.name(at)?;
        let column = table.column(&name)?.name.clone();
        if self.is(at + 1, ".") || self.is(at + 1, "(") {
            return None;
        }
        if at >= 2 && self.is(at - 1, ".") {
            let of = self.name(at - 2)?;
            return same_name(&of, called).then_some(column);
        }
        // Another table of the statement may have a column of this name.
        let others = around.iter().filter_map(|it| self.name(*it));
        let mut others = others.filter_map(|it| names.table(&it));
        let is_shared =
            others.any(|it| !same_name(&it.name, &table.name) && it.column(&name).is_some());
        (!is_shared).then_some(column)
    }

    /// Whether a token names a column of another table that the SELECT reads.
    fn is_other(&self, at: usize, called: &str, around: &[usize], names: &Names) -> bool {
        let Some(name) = self.name(at) else {
            return false;
        };
        if self.is(at + 1, ".") || self.is(at + 1, "(") {
            return false;
        }
        if at >= 2 && self.is(at - 1, ".") {
            return self.name(at - 2).is_some_and(|it| !same_name(&it, called));
        }
        let tables = around.iter().filter_map(|it| self.name(*it));
        let mut tables = tables.filter_map(|it| names.table(&it));
        tables.any(|it| it.column(&name).is_some())
    }

    fn has_or(&self, start: usize, end: usize) -> bool {
        let depth = self.depths.get(start).copied().unwrap_or(0);
        (start..end).any(|it| self.depths[it] == depth && self.is(it, "or"))
    }

    /// The parts between AND, but for that of BETWEEN.
    fn terms(&self, start: usize, end: usize) -> Vec<(usize, usize)> {
        let depth = self.depths.get(start).copied().unwrap_or(0);
        let (mut terms, mut from, mut is_between) = (Vec::new(), start, false);
        for at in start..end {
            if self.depths[at] != depth {
                continue;
            }
            if self.is(at, "between") {
                is_between = true;
            } else if self.is(at, "and") && !std::mem::take(&mut is_between) {
                terms.push((from, at));
                from = at + 1;
            }
        }
        terms.push((from, end));
        terms
    }

    /// `column = …`, and whether it is for equality; either side may be the column, but not both.
    fn compared(
        &self,
        start: usize,
        end: usize,
        is_ours: &impl Fn(usize) -> Option<String>,
    ) -> Option<(String, bool)> {
        if self.has_or(start, end) {
            return None;
        }
        let depth = *self.depths.get(start)?;
        let is_operator = |it: &usize| {
            let words = ["=", "==", "is", "in", "<", "<=", ">", ">=", "between"];
            self.depths[*it] == depth && words.iter().any(|word| self.is(*it, word))
        };
        let operator = (start..end).find(is_operator)?;
        if self.is(operator + 1, "not") || self.is(operator - 1, "not") {
            return None;
        }
        let only = |from: usize, to: usize| {
            let last = to.checked_sub(1)?;
            let column = is_ours(last)?;
            let is_qualified = to == from + 3 && self.is(from + 1, ".");
            (to == from + 1 || is_qualified).then_some(column)
        };
        let none = |from: usize, to: usize| (from..to).all(|it| is_ours(it).is_none());
        let is_equal = ["=", "==", "is", "in"]
            .iter()
            .any(|it| self.is(operator, it));
        if let Some(column) = only(start, operator) {
            return none(operator + 1, end).then_some((column, is_equal));
        }
        let column = only(operator + 1, end)?;
        none(start, operator).then_some((column, is_equal))
    }

    /// The columns of ORDER BY, if they are nothing else.
    fn order(
        &self,
        start: usize,
        end: usize,
        is_ours: &impl Fn(usize) -> Option<String>,
    ) -> Option<Vec<String>> {
        let (mut columns, mut at) = (Vec::new(), start);
        while at < end {
            if self.is(at + 1, ".") {
                at += 2;
            }
            let mut column = is_ours(at)?;
            at += 1;
            if self.is(at, "desc") {
                column.push_str(" desc");
                at += 1;
            } else if self.is(at, "asc") {
                at += 1;
            }
            columns.push(column);
            if at < end && !self.is(at, ",") {
                return None;
            }
            at += 1;
        }
        Some(columns)
    }
}

/// What can follow a table where no alias stands.
fn is_keyword(word: &str) -> bool {
    let others = [
        "natural", "full", "right", "outer", "using", "indexed", "not", "values", "default",
        "select", "as", "from",
    ];
    ENDS.iter()
        .chain(&others)
        .any(|it| word.eq_ignore_ascii_case(it))
}
