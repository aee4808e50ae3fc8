use crate::calls::{Call, Calls, Place, Text};
use crate::snippet::snippet;
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// What came out for the statements of a crate.
#[derive(Default)]
pub(crate) struct Judged {
    pub(crate) checked: usize,
    pub(crate) allowed: usize,
    pub(crate) marked: Vec<Marked>,
    /// What could not be checked, and why.
    pub(crate) unseen: Vec<(Place, String)>,
}

/// A message at its place in a file.
#[derive(Debug, Serialize)]
pub(crate) struct Marked {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) end_line: usize,
    pub(crate) end_column: usize,
    pub(crate) message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sql: Option<String>,
    #[serde(skip)]
    pub(crate) shown: String,
}

impl Marked {
    pub(crate) fn new(calls: &Calls, place: &Place, message: String, notes: &[String]) -> Self {
        let file = calls.files.get(place.file);
        let (line, column) = file.position(place.bytes.start);
        let (end_line, end_column) = file.position(place.bytes.end);
        Self {
            file: calls.files.shown(place.file),
            line,
            column,
            end_line,
            end_column,
            shown: snippet(file, place, &message, notes),
            message,
            sql: None,
        }
    }

    /// Without the source.
    pub(crate) fn line(&self) -> String {
        let (file, line, column) = (&self.file, self.line, self.column);
        format!("{file}:{line}:{column}: {}", self.message)
    }
}

/// How many of those that were not checked are listed unasked.
const FEW: usize = 10;

impl Judged {
    pub(super) fn find(&mut self, calls: &Calls, place: Place, message: String) {
        self.marked.push(Marked::new(calls, &place, message, &[]));
    }

    pub(super) fn find_in(&mut self, calls: &Calls, place: Place, message: String, text: &Text) {
        self.push(Marked {
            sql: Some(text.value.clone()),
            ..Marked::new(calls, &place, message, &[])
        });
    }

    /// In a text that stands elsewhere than the call.
    pub(super) fn find_at(
        &mut self,
        calls: &Calls,
        place: Place,
        message: String,
        text: &Text,
        call: &Call,
    ) {
        let file = calls.files.get(call.place.file);
        let (line, column) = file.position(call.place.bytes.start);
        let inside = place.file == call.place.file && {
            let line = calls.files.get(place.file).position(place.bytes.start).0;
            (call.lines.statement..=call.lines.last).contains(&line)
        };
        let notes = if inside {
            Vec::new()
        } else {
            vec![format!("used at {}:{line}:{column}", file.path.display())]
        };
        self.push(Marked {
            sql: Some(text.value.clone()),
            ..Marked::new(calls, &place, message, &notes)
        });
    }

    /// A constant that several calls use has its mistakes once.
    fn push(&mut self, marked: Marked) {
        let at = |it: &Marked| (it.file.clone(), it.line, it.column, it.message.clone());
        if self.marked.iter().all(|it| at(it) != at(&marked)) {
            self.marked.push(marked);
        }
    }

    /// The count, and what was not checked; nothing where no call runs SQL.
    pub(crate) fn text(&self, calls: &Calls, all: bool) -> String {
        let mut text = String::new();
        if self.checked + self.allowed + self.unseen.len() == 0 {
            return text;
        }
        let calls_that = |count: usize| match count {
            1 => "1 call".to_owned(),
            count => format!("{count} calls"),
        };
        let _ = write!(
            text,
            "SQL in the sources: {} checked",
            calls_that(self.checked)
        );
        if self.allowed > 0 {
            let _ = write!(text, ", {} allowed by a comment", self.allowed);
        }
        if !self.unseen.is_empty() {
            let _ = write!(text, ", {} not checked", self.unseen.len());
        }
        text.push('\n');
        let few = if all { usize::MAX } else { FEW };
        for (place, why) in self.unseen.iter().take(few) {
            let _ = writeln!(text, "  not checked: {}: {why}", shown(calls, place));
        }
        if self.unseen.len() > few {
            let more = self.unseen.len() - few;
            let _ = writeln!(text, "  and {more} more; `--list` names them all");
        }
        text
    }

    pub(crate) fn json(&self, calls: &Calls) -> Value {
        let unseen = self.unseen.iter().map(|(place, why)| {
            let (line, column) = calls.files.get(place.file).position(place.bytes.start);
            json!({
                "file": calls.files.shown(place.file),
                "line": line,
                "column": column,
                "reason": why,
            })
        });
        json!({
            "checked": self.checked,
            "allowed": self.allowed,
            "findings": self.marked,
            "not_checked": unseen.collect::<Vec<_>>(),
        })
    }
}

fn shown(calls: &Calls, place: &Place) -> String {
    let (line, _) = calls.files.get(place.file).position(place.bytes.start);
    format!("{}:{line}", calls.files.shown(place.file))
}
