use crate::check::{ArgumentError, Arguments, Parameter};
use crate::params::{Given, Params, Slot};
use crate::query::ReadError;
use crate::sql::lexer::{Kind, Lexer, Token};
use crate::sql::parameters::parameters;
use crate::sqlite::quoted;
use rusqlite::types::{ToSqlOutput, Value};
use std::fmt::Write as _;

/// Conditions with their values, for statements that are written at run time.
///
/// Their values take the first parameters of the statement. Each condition counts its own from one.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    conditions: Vec<String>,
    values: Vec<Value>,
    /// A value that could not be written is told when the statement is run, where an error can be returned.
    unfit: Option<(usize, String)>,
    /// So is what is no condition, and one with other parameters than values: one without a value would take the next
    /// condition's.
    uncounted: Option<(String, ArgumentError)>,
}

impl Filter {
    pub(crate) const fn new() -> Self {
        Self {
            conditions: Vec::new(),
            values: Vec::new(),
            unfit: None,
            uncounted: None,
        }
    }

    pub(crate) fn add(&mut self, condition: &str, params: impl Params) {
        if let Err(error) = counted(condition, params.given()) {
            self.uncounted = Some((condition.to_owned(), error));
        }
        let text = numbered(condition, self.values.len());
        if text.trim().is_empty() {
            let message = "this filter has no condition; leave it out".to_owned();
            self.uncounted = Some((condition.to_owned(), ArgumentError { message }));
        }
        self.conditions.push(format!("({text})"));
        let bound = params.each(|slot, value| {
            let number = match slot {
                Slot::Number(_) => self.values.len() + 1,
                Slot::Name(name) => {
                    return Err(ReadError::Sqlite(rusqlite::Error::InvalidParameterName(
                        name.to_owned(),
                    )));
                }
            };
            match value {
                Ok(value) => {
                    self.values.push(owned(value));
                    Ok(())
                }
                Err(source) => Err(ReadError::Parameter { number, source }),
            }
        });
        if let Err(error) = bound {
            self.unfit = Some((self.values.len() + 1, error.to_string()));
        }
    }

    pub(crate) fn conditions(&self) -> &[String] {
        &self.conditions
    }

    pub(crate) fn values(&self) -> Result<Vec<Value>, ReadError> {
        if let Some((condition, error)) = &self.uncounted {
            return Err(ReadError::Arguments {
                sql: condition.clone(),
                source: error.clone(),
            });
        }
        match &self.unfit {
            None => Ok(self.values.clone()),
            Some((number, error)) => {
                let source = crate::ValueError::Unwritable(error.clone().into());
                Err(ReadError::Parameter {
                    number: *number,
                    source,
                })
            }
        }
    }
}

/// A condition that is not understood is left to SQLite.
fn counted(condition: &str, given: Given<'_>) -> Result<(), ArgumentError> {
    let Given::Count(given) = given else {
        let message = "a filter takes its values by position, not by name".to_owned();
        return Err(ArgumentError { message });
    };
    let Some(found) = parameters(condition) else {
        return Ok(());
    };
    let largest = found.iter().map(|it| it.number).max().unwrap_or(0);
    let parameters: Vec<Parameter> = (1..=largest)
        .map(|number| Parameter { number, name: None })
        .collect();
    Arguments::Counted(given).check(condition, &parameters)
}

/// The condition with numbers on its parameters, which go on from those of earlier conditions, and without its comments,
/// since one that ends with the condition would go on too.
fn numbered(condition: &str, before: usize) -> String {
    let mut lexer = Lexer::new(condition);
    let (mut text, mut largest) = (String::new(), 0);
    while let Some(Token { kind, start, end }) = lexer.next() {
        let token = &condition[start..end];
        match (kind, token.strip_prefix('?')) {
            (Kind::Parameter, Some(number)) => {
                let number = number.parse().unwrap_or(largest + 1);
                largest = largest.max(number);
                let _ = write!(text, "?{}", before + number);
            }
            (Kind::Comment, _) => text.push(' '),
            (Kind::Unknown, _) if token.starts_with("/*") => {}
            _ => text += token,
        }
    }
    text
}

pub(crate) fn owned(value: ToSqlOutput<'_>) -> Value {
    match value {
        ToSqlOutput::Borrowed(value) => Value::try_from(value).unwrap_or(Value::Null),
        ToSqlOutput::Owned(value) => value,
        _ => Value::Null,
    }
}

/// Names separated by commas.
pub(crate) fn list(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| quoted(name))
        .collect::<Vec<_>>()
        .join(", ")
}
