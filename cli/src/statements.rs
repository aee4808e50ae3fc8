//! What SQLite says of the statements in the sources.

mod attached;
mod renamed;
mod report;
mod scratch;

use crate::calls::{Call, Calls, Kind, Place, Text, is_sql};
use crate::failure::Failure;
use crate::project::Project;
use attached::Attached;
use renamed::Renamed;
use scratch::Scratch;
use std::ops::Range;
use tablature::Connection;
use tablature::check::{Arguments, Explanation, Names, StatementError, left_out, statements};

pub(crate) use report::{Judged, Marked};
pub(crate) use scratch::begins;

/// A statement that SQLite has prepared, on the database that it was prepared on.
pub(crate) struct Seen<'s> {
    pub(crate) db: &'s Connection,
    pub(crate) call: &'s Call,
    pub(crate) text: &'s Text,
    /// Which part of the text it is.
    pub(crate) range: Range<usize>,
}

impl Seen<'_> {
    pub(crate) fn sql(&self) -> &str {
        &self.text.value[self.range.clone()]
    }
}

/// Prepares every statement on the replayed migrations, and shows `look` each that prepares.
pub(crate) fn judge(
    project: &Project,
    calls: &Calls,
    look: impl FnMut(&Seen<'_>) -> Result<(), Failure>,
) -> Result<Judged, Failure> {
    let mut judged = Judged::default();
    for (place, message) in &calls.comments {
        judged.find(calls, place.clone(), message.clone());
    }
    judged.unseen.clone_from(&calls.unread);
    let mut judge = Judge {
        calls,
        scratch: Scratch::of(project, &calls.registered)?,
        renamed: Renamed::of(project),
        attached: Attached::of(calls),
        is_certain: true,
        look,
        judged,
    };
    let (mut file, mut function) = (None, None);
    for call in &calls.all {
        if file.replace(call.place.file) != Some(call.place.file) {
            judge.scratch.enter_file(&made_in(calls, call.place.file))?;
        }
        if function.replace(call.function) != Some(call.function) {
            judge.scratch.enter_function()?;
            judge.attached.enter_function();
        }
        judge.call(call)?;
    }
    let mut judged = judge.judged;
    judged
        .marked
        .sort_by_cached_key(|it| (it.file.clone(), it.line, it.column));
    Ok(judged)
}

/// What the calls of a file create.
fn made_in(calls: &Calls, file: usize) -> Vec<String> {
    let mut made = Vec::new();
    for call in calls.all.iter().filter(|it| it.place.file == file) {
        for text in call.sql.iter().flatten().filter(|_| !call.is_allowed) {
            let all = statements(&text.value).into_iter();
            let all = all.map(|it| text.value[it].to_owned());
            made.extend(all.filter(|it| begins(it, &["create"])));
        }
    }
    made
}

struct Judge<'c, L> {
    calls: &'c Calls,
    scratch: Scratch,
    renamed: Renamed,
    attached: Attached,
    /// Whether all statements of the call are accepted or refused.
    is_certain: bool,
    look: L,
    judged: Judged,
}

impl<L: FnMut(&Seen<'_>) -> Result<(), Failure>> Judge<'_, L> {
    fn call(&mut self, call: &Call) -> Result<(), Failure> {
        if call.is_allowed {
            self.judged.allowed += usize::from(call.kind != Kind::Use);
            return Ok(());
        }
        let texts = match &call.sql {
            Ok(texts) => texts,
            Err(why) => {
                self.judged.unseen.push((call.place.clone(), why.clone()));
                return Ok(());
            }
        };
        if call.kind == Kind::Given {
            self.given(call, texts);
            return Ok(());
        }
        self.is_certain = true;
        for text in texts {
            if !is_sql(&text.value) {
                // What is called on something else has no statement that was prepared.
                if call.kind != Kind::Use {
                    let why = "it does not look like SQL".to_owned();
                    self.judged.unseen.push((call.place.clone(), why));
                }
                continue;
            }
            if call.kind == Kind::Script {
                self.script(call, text)?;
            } else {
                self.one(call, text)?;
            }
        }
        if self.is_certain
            && !matches!(call.kind, Kind::Use | Kind::Compiled)
            && texts.iter().any(|it| is_sql(&it.value))
        {
            self.judged.checked += 1;
        }
        Ok(())
    }

    /// Prose begins with the words of SQL too: it is left to SQLite what is a statement.
    fn given(&mut self, call: &Call, texts: &[Text]) {
        for text in texts {
            let is_loud = text
                .value
                .trim_start()
                .starts_with(|it: char| it.is_ascii_uppercase());
            let is_statement = match self.scratch.prepare(&text.value).0 {
                Ok(_) => true,
                Err(error) => is_loud && error.to_string().starts_with("no "),
            };
            if is_statement {
                let why = "a macro is given SQL, and what it does with it is not known".to_owned();
                self.judged.unseen.push((call.place.clone(), why));
            }
        }
    }

    fn one(&mut self, call: &Call, text: &Text) -> Result<(), Failure> {
        let sql = &text.value;
        let (prepared, db) = self.scratch.prepare(sql);
        let statement = match prepared {
            Ok(statement) => statement,
            Err(error) => {
                // Where it is prepared it is told, and what is compiled is told by the compiler.
                if !matches!(call.kind, Kind::Use | Kind::Compiled) {
                    self.refuse(call, text, 0, &error);
                }
                return Ok(());
            }
        };
        match (&call.arguments, call.kind) {
            (Some(arguments), _) => {
                if let Err(error) = arguments.check(sql, &statement.parameters) {
                    let place = call.given.clone();
                    self.judged.find_in(self.calls, place, error.message, text);
                }
            }
            (None, Kind::Run | Kind::Use | Kind::Condition) if !statement.parameters.is_empty() => {
                let why = "its arguments are put together at run time; the statement is checked";
                self.judged
                    .unseen
                    .push((call.place.clone(), why.to_owned()));
            }
            _ => {}
        }
        if matches!(call.kind, Kind::Use) {
            return Ok(());
        }
        let seen = Seen {
            db,
            call,
            text,
            range: 0..sql.len(),
        };
        // The plan is that of the whole.
        if call.kind == Kind::Condition {
            return Ok(());
        }
        incomplete(self.calls, &seen, &mut self.judged)?;
        (self.look)(&seen)?;
        if begins(sql, &["create", "alter"]) {
            self.scratch.define(sql);
        }
        self.attached.after(sql);
        Ok(())
    }

    /// What a statement of a script creates, those behind it see.
    fn script(&mut self, call: &Call, text: &Text) -> Result<(), Failure> {
        for range in statements(&text.value) {
            let sql = &text.value[range.clone()];
            let (prepared, db) = self.scratch.prepare(sql);
            match prepared {
                Ok(statement) => {
                    // Nothing is bound in a script.
                    if let Err(error) = Arguments::Counted(0).check(sql, &statement.parameters) {
                        let place = text.place(&range).unwrap_or(call.place.clone());
                        self.judged.find_in(self.calls, place, error.message, text);
                    }
                    let seen = Seen {
                        db,
                        call,
                        text,
                        range,
                    };
                    incomplete(self.calls, &seen, &mut self.judged)?;
                    (self.look)(&seen)?;
                }
                Err(error) => {
                    self.refuse(call, text, range.start, &error);
                    continue;
                }
            }
            if begins(sql, &["create", "alter", "drop"]) {
                self.scratch.define(sql);
            }
            self.attached.after(sql);
        }
        Ok(())
    }

    fn refuse(&mut self, call: &Call, text: &Text, from: usize, error: &StatementError) {
        let said = error.to_string();
        if let Some(doubt) = self.attached.doubt(&said) {
            self.is_certain = false;
            let unseen = (call.place.clone(), doubt);
            if !self.judged.unseen.contains(&unseen) {
                self.judged.unseen.push(unseen);
            }
            return;
        }
        let range = match error {
            StatementError::Refused { explanation, .. } => explanation.range.clone(),
            _ => None,
        };
        let range = range.map(|it| from + it.start..from + it.end);
        let place = range.as_ref().and_then(|it| text.place(it));
        let place = place.or_else(|| text.start());
        let mut message = self.renamed.told(&said).unwrap_or(said);
        let brought = ["no such function: ", "no such module: "];
        let may_be_brought = brought.iter().any(|it| message.starts_with(it))
            || (message.starts_with("no table ") && range.is_some_and(|it| is_call(text, it)));
        let way = match attached::elsewhere(&message) {
            Some(schema) => format!("attaches `{schema}`"),
            None if may_be_brought => "brings it".to_owned(),
            None => String::new(),
        };
        if !way.is_empty() {
            message = format!(
                "{message}; if the program {way}, say so in a comment: `// tablature: allow …`"
            );
        }
        let place: Place = place.unwrap_or(call.place.clone());
        self.judged.find_at(self.calls, place, message, text, call);
    }
}

/// Whether a name that is read from is that of a function: `FROM series(1, 3)`.
fn is_call(text: &Text, name: Range<usize>) -> bool {
    let before = text.value[..name.start].trim_end();
    let word = before.rsplit(char::is_whitespace).next().unwrap_or(before);
    let is_read = before.ends_with(',')
        || ["from", "join"]
            .iter()
            .any(|it| word.eq_ignore_ascii_case(it));
    is_read && text.value[name.end..].trim_start().starts_with('(')
}

/// An INSERT that prepares, and fails whenever it runs.
fn incomplete(calls: &Calls, seen: &Seen<'_>, judged: &mut Judged) -> Result<(), Failure> {
    let Seen { call, text, .. } = seen;
    if call.kind == Kind::Compiled || !begins(seen.sql(), &["insert", "replace", "with"]) {
        return Ok(());
    }
    let names = Names::of(seen.db).map_err(Failure::error)?;
    if let Some(Explanation { message, range, .. }) = left_out(seen.sql(), &names) {
        let start = seen.range.start;
        let range = range.map(|it| start + it.start..start + it.end);
        let place = range.and_then(|it| text.place(&it));
        let place = place.unwrap_or(call.place.clone());
        judged.find_at(calls, place, message, text, call);
    }
    Ok(())
}
