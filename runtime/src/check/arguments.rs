use super::explain::{listed, of};
use super::nearest::nearest;
use super::statement::Parameter;
use crate::sql::insert::{Insert, Source};
use crate::sql::parameters::parameters;

/// The values that a statement is given.
///
/// ```
/// use tablature::check::{self, Arguments};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let db = tablature::Connection::open_in_memory()?;
/// let sql = "SELECT :a + :b";
/// let parameters = check::statement(&db, sql)?.parameters;
/// let named = Arguments::Named(vec![":a".to_owned(), ":second".to_owned()]);
/// assert_eq!(
///     named.check(sql, &parameters).unwrap_err().to_string(),
///     "no parameter `:second`; the parameters are :a, :b",
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arguments {
    /// So many, by position.
    Counted(usize),
    /// By name, with its sign: `:a`.
    Named(Vec<String>),
}

/// Not every parameter has a value, or not every value a parameter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct ArgumentError {
    /// What is wrong.
    pub message: String,
}

impl Arguments {
    /// Whether they fit the parameters of a statement. A named parameter without a value would be NULL without a word.
    pub fn check(&self, sql: &str, parameters: &[Parameter]) -> Result<(), ArgumentError> {
        let message = match self {
            Self::Counted(count) => counted(sql, parameters.len(), *count),
            Self::Named(names) => named(sql, parameters, names),
        };
        message.map_or(Ok(()), |message| Err(ArgumentError { message }))
    }
}

fn counted(sql: &str, parameters: usize, arguments: usize) -> Option<String> {
    if parameters == arguments {
        return None;
    }
    let counts = format!(
        "{}, {}",
        of(parameters, "parameter"),
        of(arguments, "argument")
    );
    if arguments > parameters {
        let surplus = match arguments - parameters {
            1 => "the last has none".to_owned(),
            count => format!("the last {count} have none"),
        };
        return Some(format!("{counts}: {surplus}"));
    }
    let without: Vec<String> = (arguments + 1..=parameters)
        .map(|number| shown(sql, number))
        .collect();
    let has = if without.len() == 1 { "has" } else { "have" };
    Some(match without.len() {
        0..=6 => format!("{counts}: {} {has} none", listed(&without)),
        count => format!("{counts}: the last {count} have none"),
    })
}

/// `` `?2` ``, and which column of an INSERT it is for.
fn shown(sql: &str, number: usize) -> String {
    let found = parameters(sql).unwrap_or_default();
    let Some(parameter) = found.iter().find(|it| it.number == number) else {
        return format!("`?{number}`");
    };
    let text = &sql[parameter.range.clone()];
    let text = match text {
        "?" => format!("`?` (number {number})"),
        text => format!("`{text}`"),
    };
    match column(sql, &parameter.range) {
        Some(column) => format!("{text} for `{column}`"),
        None => text,
    }
}

/// The column whose value a parameter stands in.
fn column(sql: &str, parameter: &std::ops::Range<usize>) -> Option<String> {
    let insert = Insert::read(sql)?;
    let Source::Rows(rows) = insert.source else {
        return None;
    };
    let columns = insert.columns?;
    let at = rows.iter().find_map(|row| {
        let holds =
            |it: &std::ops::Range<usize>| it.start <= parameter.start && parameter.end <= it.end;
        row.values.iter().position(holds)
    })?;
    columns.get(at).map(|it| it.text.clone())
}

fn named(sql: &str, parameters: &[Parameter], names: &[String]) -> Option<String> {
    let known = || parameters.iter().filter_map(|it| it.name.as_deref());
    if let Some(unknown) = names
        .iter()
        .find(|name| known().all(|it| it != name.as_str()))
    {
        let all: Vec<&str> = known().collect();
        return Some(match nearest(unknown, all.iter().copied()) {
            Some(other) => format!("no parameter `{unknown}`; did you mean `{other}`?"),
            None if all.is_empty() => {
                format!("no parameter `{unknown}`; there are none with names")
            }
            None => format!(
                "no parameter `{unknown}`; the parameters are {}",
                all.join(", ")
            ),
        });
    }
    let mut twice = names.iter().enumerate();
    if let Some((_, name)) = twice.find(|(at, name)| names[..*at].contains(name)) {
        return Some(format!("`{name}` has two arguments; give it one"));
    }
    let given = |it: &Parameter| it.name.as_ref().is_some_and(|name| names.contains(name));
    let without = parameters
        .iter()
        .filter(|it| !given(it) && stands(sql, it.number));
    let without: Vec<String> = without
        .map(|it| match &it.name {
            Some(name) => format!("`{name}`"),
            None => shown(sql, it.number),
        })
        .collect();
    let (has, give) = match without.len() {
        1 => ("has", "give it one"),
        _ => ("have", "give each one"),
    };
    (!without.is_empty()).then(|| {
        format!(
            "{} {has} no argument, and would be NULL, or what an earlier run has given; {give}, even if it is NULL",
            listed(&without)
        )
    })
}

/// Whether there is such a parameter: 2 is none in `?1, ?3`, though SQLite counts it.
fn stands(sql: &str, number: usize) -> bool {
    parameters(sql).is_none_or(|found| found.iter().any(|it| it.number == number))
}
