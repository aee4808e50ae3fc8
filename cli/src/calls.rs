//! The calls of a crate's sources that run SQL, as far as their text is there to read.

mod allow;
mod arguments;
mod constants;
mod files;
mod finder;
mod literal;
mod macros;
mod methods;
mod registered;
mod rows;
mod scopes;
mod text;
mod values;
mod wrappers;

use crate::failure::Failure;
use crate::project::Project;
use std::collections::BTreeMap;
use tablature::check::Arguments;

pub(crate) use files::{File, Files, Place};
pub(crate) use methods::is_sql;
pub(crate) use registered::Registered;
pub(crate) use text::Text;

/// A call that runs SQL, or prepares it.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// Where its method is named.
    pub(crate) place: Place,
    /// The lines from its statement to its end, from 1.
    pub(crate) lines: Lines,
    /// Which function it stands in: what one creates, its other calls see.
    pub(crate) function: usize,
    /// Each text that it can have, or why there is none to read.
    pub(crate) sql: Result<Vec<Text>, String>,
    pub(crate) kind: Kind,
    /// None where they cannot be counted.
    pub(crate) arguments: Option<Arguments>,
    /// Where the arguments are, or the method.
    pub(crate) given: Place,
    /// Whether a comment silences it.
    pub(crate) is_allowed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It prepares one statement, and the arguments come later.
    Prepare,
    /// It runs one statement with its arguments.
    Run,
    /// It is given a condition of a statement that is written at run time.
    Condition,
    /// It gives arguments to a statement that was prepared before.
    Use,
    /// It runs several statements.
    Script,
    /// `sql!`, which is checked while compiling.
    Compiled,
    /// It is a macro that is given a text, for whatever it does with it.
    Given,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Lines {
    pub(crate) statement: usize,
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// What was found in the sources of a package.
pub(crate) struct Calls {
    pub(crate) files: Files,
    pub(crate) all: Vec<Call>,
    pub(crate) registered: Registered,
    /// Files that are no Rust: what they hold is not known.
    pub(crate) unread: Vec<(Place, String)>,
    /// What is wrong with the comments that silence.
    pub(crate) comments: Vec<(Place, String)>,
}

impl Calls {
    /// Reads all `.rs` files of a package.
    pub(crate) fn of(project: &Project) -> Result<Self, Failure> {
        let mut files = Files::of(&project.package.folder)?;
        let tables: BTreeMap<String, String> = project
            .dump
            .tables
            .iter()
            .map(|it| (it.row.clone(), it.name.clone()))
            .collect();
        let (mut parsed, mut unread) = (Vec::new(), Vec::new());
        for (at, file) in files.rust() {
            match syn::parse_file(&file.text) {
                Ok(syntax) => parsed.push((at, syntax)),
                Err(error) => {
                    let bytes = error.span().byte_range();
                    let place = Place { file: at, bytes };
                    unread.push((place, format!("it is no Rust that can be read: {error}")));
                }
            }
        }
        let constants = constants::of(&files, &parsed);
        let rows = rows::of(&parsed, &tables);
        let wrappers = wrappers::of(&parsed);
        let known = finder::Known {
            constants: &constants,
            rows: &rows,
            wrappers: &wrappers,
        };
        let mut calls = Vec::new();
        for (at, syntax) in &parsed {
            calls.extend(finder::find(*at, syntax, &mut files, known));
        }
        let registered = registered::of(&files, &parsed);
        let mut comments = Vec::new();
        for (at, _) in &parsed {
            comments.extend(allow::silence(*at, &files, &mut calls));
        }
        Ok(Self {
            files,
            all: calls,
            registered,
            unread,
            comments,
        })
    }
}
