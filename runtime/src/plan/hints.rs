use super::Code;
use crate::migrations::dump::Hint;
use crate::schema::same_name;
use crate::sql::lexer::{Kind, Lexer};
use std::collections::{BTreeMap, BTreeSet};

/// What only the author of a change knows: which names are renames, which values old rows get, what may be lost.
///
/// ```
/// use tablature::plan::Hints;
///
/// let mut hints = Hints::default();
/// hints.rename("posts.body=text")?;
/// hints.backfill("posts.slug=lower(title)")?;
/// hints.using("posts.views=CAST(views AS INTEGER)")?;
/// hints.map("posts.status:live=published")?;
/// hints.allow("drop:posts.subtitle")?;
/// # Ok::<(), tablature::plan::BadHint>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Hints {
    tables: Vec<(String, String)>,
    columns: Vec<(String, String, String)>,
    values: BTreeMap<(String, String), Value>,
    maps: BTreeMap<(String, String), Vec<(String, String)>>,
    allowed: BTreeSet<String>,
    /// What becomes of rows that break a new foreign key.
    pub orphans: Orphans,
}

/// What a column gets in the rows that exist.
#[derive(Clone, Debug)]
struct Value {
    expression: String,
    /// Only where there is none: a value that is there stays.
    fills: bool,
}

/// What becomes of rows that break a new foreign key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Orphans {
    /// The migration fails.
    #[default]
    Fail,
    /// They are treated as if their parent had just been deleted.
    Follow,
}

/// A hint that cannot be read, or that names nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadHint {
    /// It has not the form that is expected.
    #[error("`{hint}` is no hint; write it as `{form}`")]
    Form {
        /// What was given.
        hint: String,
        /// What is expected.
        form: &'static str,
    },
    /// It gives a value that is not one expression.
    #[error(
        "`{hint}` gives no value: write one expression in SQL, with all of its parentheses and without `;` and `--`"
    )]
    NoExpression {
        /// What was given.
        hint: String,
    },
    /// It gives a value that cannot be computed from the row.
    #[error("`{hint}` gives a value that does not work: {reason}; correct the expression")]
    Fails {
        /// What was given.
        hint: String,
        /// What the database says.
        reason: String,
    },
    /// It gives a value to a column that has one in every row.
    #[error(
        "`{hint}` fills nothing: the column has a value in every row; `using` changes its values"
    )]
    NothingToFill {
        /// What was given.
        hint: String,
    },
    /// It maps values of a column that an expression writes.
    #[error(
        "`{hint}` maps values, and `using` writes all of them; say both in its expression, with CASE"
    )]
    Both {
        /// What was given.
        hint: String,
    },
    /// It names a table or column that is not there.
    #[error("`{hint}` names {what}, which {place} has not")]
    Unknown {
        /// What was given.
        hint: String,
        /// The table or column.
        what: String,
        /// Where it was looked for.
        place: &'static str,
    },
}

impl Hints {
    /// `old=new`: tables, or `table.old=new`: columns. The table may have its old or its new name.
    pub fn rename(&mut self, hint: &str) -> Result<(), BadHint> {
        let form = "posts.old=new";
        let (old, new) = split(hint, '=').ok_or_else(|| bad(hint, form))?;
        match split(old, '.') {
            None => self.tables.push((name(old), name(new))),
            Some((table, column)) => {
                let new = split(new, '.').map_or(new, |(_, new)| new);
                self.columns.push((name(table), name(column), name(new)));
            }
        }
        if old.trim().is_empty() || new.trim().is_empty() {
            return Err(bad(hint, form));
        }
        Ok(())
    }

    /// `table.column=expression`: the value of a column for the rows that have none, from their columns. A column that was
    /// there keeps the values that it has, unless the expression names it.
    pub fn backfill(&mut self, hint: &str) -> Result<(), BadHint> {
        self.write(hint, true)
    }

    /// `table.column=expression`: the value of a column for all rows that exist, from what they have.
    pub fn using(&mut self, hint: &str) -> Result<(), BadHint> {
        self.write(hint, false)
    }

    fn write(&mut self, hint: &str, fills: bool) -> Result<(), BadHint> {
        let form = "posts.column=expression";
        let (place, expression) = split(hint, '=').ok_or_else(|| bad(hint, form))?;
        let (table, column) = key(place).ok_or_else(|| bad(hint, form))?;
        if !is_expression(expression) {
            return Err(BadHint::NoExpression {
                hint: hint.to_owned(),
            });
        }
        self.give(&table, &column, expression.trim().to_owned(), fills);
        Ok(())
    }

    /// `table.column:old=new`: a stored value that becomes another.
    pub fn map(&mut self, hint: &str) -> Result<(), BadHint> {
        let form = "posts.status:old=new";
        let (place, values) = split(hint, ':').ok_or_else(|| bad(hint, form))?;
        let key = key(place).ok_or_else(|| bad(hint, form))?;
        let (old, new) = values.split_once('=').ok_or_else(|| bad(hint, form))?;
        let pairs = self.maps.entry(key).or_default();
        pairs.push((old.to_owned(), new.to_owned()));
        Ok(())
    }

    /// `drop:table`, `drop:table.column`, `discard:table`, `convert:table.column`, `all`, or the code of a hazard; and
    /// `unproved`, for a migration by hand that rows as its schema allows them cannot show.
    pub fn allow(&mut self, hint: &str) -> Result<(), BadHint> {
        let is_code = Code::ALL.iter().any(|it| same_name(it.code(), hint));
        let known = is_code
            || ["all", "unproved"].contains(&hint)
            || ["drop:", "discard:", "convert:"]
                .iter()
                .any(|it| hint.starts_with(it));
        if !known {
            return Err(bad(hint, "drop:posts.column"));
        }
        self.allowed.insert(hint.to_ascii_lowercase());
        Ok(())
    }

    /// Whether something may be lost: `drop:posts`.
    pub fn allows(&self, what: &str) -> bool {
        self.allowed.contains("all") || self.allows_by_name(what)
    }

    /// The same, if it was named itself.
    pub fn allows_by_name(&self, what: &str) -> bool {
        self.allowed.contains(&what.to_ascii_lowercase())
    }

    /// The tables that were renamed: old name, new name.
    pub fn renamed_tables(&self) -> &[(String, String)] {
        &self.tables
    }

    /// The columns that were renamed: table, old name, new name.
    pub fn renamed_columns(&self) -> &[(String, String, String)] {
        &self.columns
    }

    /// The expression for a column, if one was given for any of the table's names.
    pub fn value(&self, table: &str, column: &str) -> Option<&str> {
        let value = self.of(&self.values, table, column);
        value.map(|it| it.expression.as_str())
    }

    /// Whether the expression is for rows without a value alone, as long as it does not name the column.
    pub(crate) fn fills(&self, table: &str, column: &str) -> bool {
        self.of(&self.values, table, column)
            .is_some_and(|it| it.fills)
    }

    /// The values that become others.
    pub fn mapped(&self, table: &str, column: &str) -> &[(String, String)] {
        self.of(&self.maps, table, column)
            .map_or(&[], Vec::as_slice)
    }

    /// The same names and values the other way round; losing what came is agreed to.
    pub(crate) fn reversed(&self) -> Self {
        let swap = |(old, new): &(String, String)| (new.clone(), old.clone());
        let mut back = Self {
            tables: self.tables.iter().map(swap).collect(),
            allowed: BTreeSet::from(["all".to_owned()]),
            ..Self::default()
        };
        let columns = self
            .columns
            .iter()
            .map(|(table, old, new)| (self.after(table).to_owned(), new.clone(), old.clone()));
        back.columns = columns.collect();
        for ((table, column), pairs) in &self.maps {
            let renamed = self
                .columns
                .iter()
                .find(|(of, _, new)| self.same_table(of, table) && same_name(new, column));
            let column =
                renamed.map_or_else(|| column.clone(), |(_, old, _)| old.to_ascii_lowercase());
            back.maps.insert(
                (self.after(table).to_ascii_lowercase(), column),
                pairs.iter().map(swap).collect(),
            );
        }
        back
    }

    /// The name after the change of a table that is named before it, or after it.
    pub(crate) fn after<'a>(&'a self, table: &'a str) -> &'a str {
        let renamed = self.tables.iter().find(|(old, _)| same_name(old, table));
        renamed.map_or(table, |(_, new)| new)
    }

    /// Takes what attributes say, where nothing was said already.
    pub(crate) fn add(&mut self, hint: &Hint) {
        match hint {
            Hint::RenameTable { from, to } => {
                let said =
                    |(old, new): &(String, String)| same_name(old, from) || same_name(new, to);
                if !self.tables.iter().any(said) {
                    self.tables.push((from.clone(), to.clone()));
                }
            }
            Hint::RenameColumn { table, from, to } => {
                let said = |(of, old, new): &(String, String, String)| {
                    self.same_table(of, table) && (same_name(old, from) || same_name(new, to))
                };
                if !self.columns.iter().any(said) {
                    self.columns.push((table.clone(), from.clone(), to.clone()));
                }
            }
            Hint::Backfill {
                table,
                column,
                expression,
            }
            | Hint::Using {
                table,
                column,
                expression,
            } => {
                if self.value(table, column).is_none() && self.mapped(table, column).is_empty() {
                    let fills = matches!(hint, Hint::Backfill { .. });
                    self.give(table, column, expression.trim().to_owned(), fills);
                }
            }
        }
    }

    fn same_table(&self, a: &str, b: &str) -> bool {
        same_name(self.after(a), self.after(b))
    }

    pub(crate) fn give(&mut self, table: &str, column: &str, expression: String, fills: bool) {
        let key = (table.to_ascii_lowercase(), column.to_ascii_lowercase());
        self.values.insert(key, Value { expression, fills });
    }

    /// Every table and column that a hint gives values for.
    pub(crate) fn valued(&self) -> impl Iterator<Item = &(String, String)> {
        self.values.keys().chain(self.maps.keys())
    }

    /// Where two tables swap their names, the name before the change counts.
    fn of<'a, V>(
        &self,
        map: &'a BTreeMap<(String, String), V>,
        table: &str,
        column: &str,
    ) -> Option<&'a V> {
        let get = |table: &str| map.get(&(table.to_ascii_lowercase(), column.to_ascii_lowercase()));
        let old = self.tables.iter().find(|(_, new)| same_name(new, table));
        let is_old = self
            .tables
            .iter()
            .any(|(old, new)| same_name(old, table) && !same_name(new, table));
        old.and_then(|(old, _)| get(old))
            .or_else(|| get(table).filter(|_| !is_old))
    }
}

/// Whether it stays within parentheses that are put around it.
fn is_expression(text: &str) -> bool {
    let mut lexer = Lexer::new(text);
    let (mut depth, mut words) = (0_usize, 0);
    while let Some(token) = lexer.next() {
        match token.kind {
            Kind::Semicolon | Kind::Unknown | Kind::Parameter => return false,
            Kind::Comment if text[token.start..].starts_with("--") => return false,
            Kind::Space | Kind::Comment => continue,
            Kind::Open => depth += 1,
            Kind::Close => match depth.checked_sub(1) {
                Some(outer) => depth = outer,
                None => return false,
            },
            _ => {}
        }
        words += 1;
    }
    depth == 0 && words > 0
}

fn key(place: &str) -> Option<(String, String)> {
    let (table, column) = split(place, '.')?;
    Some((
        name(table).to_ascii_lowercase(),
        name(column).to_ascii_lowercase(),
    ))
}

/// At the first of a character that stands outside of quotes, as in `"we.ird".a="b=c"`.
fn split(hint: &str, at: char) -> Option<(&str, &str)> {
    let mut quote = None;
    for (place, char) in hint.char_indices() {
        match quote {
            Some(end) if char == end => quote = None,
            None if char == at => return Some((&hint[..place], &hint[place + at.len_utf8()..])),
            // Inside of a word it is a part of the word: `it's`.
            None if starts_quote(&hint[..place], char) => {
                quote = Some(if char == '[' { ']' } else { char })
            }
            _ => {}
        }
    }
    None
}

fn starts_quote(before: &str, char: char) -> bool {
    let at_start = before.is_empty() || before.ends_with(['.', '=', ':', '"']);
    matches!(char, '"' | '`' | '[') && at_start
}

fn name(text: &str) -> String {
    crate::schema::unquoted(text.trim())
}

fn bad(hint: &str, form: &'static str) -> BadHint {
    BadHint::Form {
        hint: hint.to_owned(),
        form,
    }
}
