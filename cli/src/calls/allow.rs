use super::files::{Files, Place};
use super::{Call, Kind};
use proc_macro2::{TokenStream, TokenTree};
use std::ops::Range;

const MARK: &str = "// tablature: allow";

/// Silences the calls that a comment `// tablature: allow REASON` stands above, or beside. Each comment silences one; what
/// is wrong with a comment comes back.
pub(super) fn silence(file: usize, files: &Files, calls: &mut [Call]) -> Vec<(Place, String)> {
    let text = &files.get(file).text;
    let literals = match text.contains(MARK).then(|| text.parse::<TokenStream>()) {
        Some(Ok(tokens)) => {
            let mut literals = Vec::new();
            collect(tokens, &mut literals);
            literals
        }
        _ => return Vec::new(),
    };
    let (mut wrong, mut start) = (Vec::new(), 0);
    for (at, line) in text.split_inclusive('\n').enumerate() {
        let number = at + 1;
        let from = line.find(MARK);
        let byte = from.map(|it| start + it);
        start += line.len();
        let Some((from, byte)) = from.zip(byte) else {
            continue;
        };
        // What stands in a text, or in documentation, is no comment.
        let is_quoted = literals.iter().any(|it| it.contains(&byte));
        if is_quoted || line[..from].contains("//") {
            continue;
        }
        let reason = line[from + MARK.len()..].trim();
        let bytes = byte..byte + MARK.len();
        let place = Place { file, bytes };
        if reason.trim_matches([':', '-', ' ']).is_empty() {
            let message = "this `allow` has no reason; write it behind: `// tablature: allow it is another database`";
            wrong.push((place, message.to_owned()));
            continue;
        }
        let below = below(text, number);
        let is_alone = line[..from].trim().is_empty();
        let stands = |it: &Call| {
            let inside = (it.lines.first..=it.lines.last).contains(&number);
            let above = is_alone && (it.lines.first == below || it.lines.statement == below);
            it.place.file == file && it.kind != Kind::Use && (inside || above)
        };
        match calls.iter().position(|it| stands(it) && !it.is_allowed) {
            Some(at) => allow(calls, at),
            None => wrong.push((
                place,
                "this `allow` stands at no call that runs SQL; take it away".to_owned(),
            )),
        }
    }
    wrong
}

/// What uses the statement is silenced with it.
fn allow(calls: &mut [Call], at: usize) {
    calls[at].is_allowed = true;
    let (function, start) = (calls[at].function, calls[at].start());
    for other in &mut calls[at + 1..] {
        let same = other.kind == Kind::Use && other.function == function;
        if same && other.start() == start {
            other.is_allowed = true;
        }
    }
}

impl Call {
    /// Where its SQL begins.
    fn start(&self) -> Option<Place> {
        self.sql.as_ref().ok()?.first()?.start()
    }
}

/// The first line below that is no comment, attribute or empty.
fn below(text: &str, number: usize) -> usize {
    let lines = text.lines().enumerate().skip(number);
    let is_code = |line: &str| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with("//") && !line.starts_with("#[")
    };
    lines
        .into_iter()
        .find(|(_, line)| is_code(line))
        .map_or(number + 1, |(at, _)| at + 1)
}

fn collect(tokens: TokenStream, literals: &mut Vec<Range<usize>>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect(group.stream(), literals),
            TokenTree::Literal(literal) => literals.push(literal.span().byte_range()),
            _ => {}
        }
    }
}
