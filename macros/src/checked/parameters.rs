//! The parameters of a statement, and the arguments that they get.

use super::input::Input;
use super::insert::{counted, names};
use super::lexer::{Kind, Token};
use crate::attr::nearest;
use crate::report::Report;
use rusqlite::Statement;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

/// What SQLite calls them, in the order of their numbers: `?1`, `:author`. A plain `?` is called by its number.
pub(super) struct Parameters(Vec<String>);

impl Parameters {
    pub(super) fn of(statement: &Statement<'_>) -> Self {
        let name = |number| match statement.parameter_name(number) {
            Some(name) => name.to_owned(),
            None => format!("?{number}"),
        };
        Self((1..=statement.parameter_count()).map(name).collect())
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// The tokens that are parameters, each with its number.
    pub(super) fn numbered(&self, sql: &str, tokens: &[Token]) -> Vec<(usize, usize)> {
        let mut largest = 0;
        let all = tokens.iter().enumerate();
        all.filter(|(_, token)| token.kind == Kind::Parameter)
            .filter_map(|(at, token)| {
                let text = token.text(sql);
                let number = match text.strip_prefix('?') {
                    Some("") => largest + 1,
                    Some(digits) => digits.parse().ok()?,
                    None => self.0.iter().position(|name| name == text)? + 1,
                };
                largest = largest.max(number);
                Some((at, number))
            })
            .collect()
    }

    /// The number of the parameter that is called so.
    fn called(&self, name: &str) -> Option<usize> {
        let found = self.0.iter().position(|it| word(it) == Some(name));
        found.map(|position| position + 1)
    }
}

/// `author` for `:author`, `@author` and `$author`.
fn word(parameter: &str) -> Option<&str> {
    parameter.strip_prefix([':', '@', '$'])
}

/// The number of the parameter of each argument: by name, and those without one in the order of what is left.
pub(super) fn give(parameters: &Parameters, input: &Input, report: &mut Report) -> Vec<usize> {
    let mut given = vec![false; parameters.count()];
    let mut named = Vec::new();
    for argument in &input.arguments {
        named.push(argument.name.as_ref().map(|ident| {
            let name = ident.unraw().to_string();
            let Some(number) = parameters.called(&name) else {
                report.at(ident.span(), unknown(parameters, &name));
                // It was meant for one, or is one too many; which is told here, and nowhere else.
                return 0;
            };
            if std::mem::replace(&mut given[number - 1], true) {
                report.at(ident.span(), format!("`{name}` is given twice"));
            }
            number
        }));
    }
    let is_told = !report.is_empty();
    let mut numbers = Vec::new();
    for (argument, named) in input.arguments.iter().zip(named) {
        let number = named.or_else(|| {
            let free = given.iter().position(|is_given| !is_given)?;
            given[free] = true;
            Some(free + 1)
        });
        if number.is_none() && !is_told {
            let message = format!(
                "the statement has {}; this argument is one too many",
                list(parameters)
            );
            report.at(argument.value.span(), message);
        }
        numbers.push(number.unwrap_or_default());
    }
    let without = parameters
        .0
        .iter()
        .zip(&given)
        .filter(|(_, given)| !**given);
    let without: Vec<&str> = without.map(|(name, _)| name.as_str()).collect();
    if !without.is_empty() && !is_told {
        report.at(input.sql.span(), missing(parameters, input, &without));
    }
    numbers
}

fn missing(parameters: &Parameters, input: &Input, without: &[&str]) -> String {
    let verb = if without.len() == 1 { "has" } else { "have" };
    let example = without
        .first()
        .copied()
        .and_then(word)
        .map_or_else(String::new, |name| format!("; write `{name} = …`"));
    format!(
        "the statement has {}, {} given: {} {verb} none{example}",
        list(parameters),
        match input.arguments.len() {
            1 => "1 argument is".to_owned(),
            0 => "no argument is".to_owned(),
            count => format!("{count} arguments are"),
        },
        names(without),
    )
}

/// `2 parameters (?1, :author)`
fn list(parameters: &Parameters) -> String {
    match parameters.count() {
        0 => "no parameters".to_owned(),
        count => format!(
            "{} ({})",
            counted(count, "parameter"),
            parameters.0.join(", ")
        ),
    }
}

fn unknown(parameters: &Parameters, name: &str) -> String {
    let all = parameters.0.iter().filter_map(|it| word(it));
    match nearest(name, all) {
        Some(meant) => {
            format!("the statement has no parameter `:{name}`; did you mean `:{meant}`?")
        }
        None => format!(
            "the statement has no parameter `:{name}`; it has {}",
            list(parameters)
        ),
    }
}

#[cfg(test)]
mod tests;
