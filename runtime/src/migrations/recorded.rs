//! `schema.sql`: the schema after the last migration, table by table, for people and for the compiler.
//!
//! A section is a table's DDL, byte for byte. A line of a user's SQL may look like the head of a section; so sections are
//! not found by their heads alone, but by a head that its DDL follows.

#[cfg(test)]
mod tests;

use super::layout::{Source, same};
use crate::open::Entry;

const FORM: &str = "-- tablature schema 1";
const MIGRATION: &str = "-- migration ";
const TABLE: &str = "-- table ";

/// Writes `schema.sql`: for each table its name, its struct and its DDL, for each migration its stem and its checksum.
///
/// ```
/// use tablature::Table;
/// use tablature::migrations::{checksum, record};
///
/// #[derive(Table)]
/// struct Post { #[column(primary_key)] id: i64 }
///
/// let checksum = checksum("CREATE TABLE post (id INTEGER PRIMARY KEY) STRICT;");
/// let text = record(&[("post", "Post", Post::DDL)], &[("0001_create_post", &checksum)]);
/// assert_eq!(text, "\
/// -- The schema after the last migration, written by `cargo tablature generate`.
/// -- tablature schema 1
/// -- migration 0001_create_post 2a37ccb77aa46a7a
///
/// -- table post
/// CREATE TABLE post (
///   id INTEGER PRIMARY KEY
/// ) STRICT;
/// ");
/// ```
pub fn record(tables: &[(&str, &str, &str)], migrations: &[(&str, &str)]) -> String {
    let mut text = format!(
        "-- The schema after the last migration, written by `cargo tablature generate`.\n{FORM}\n"
    );
    for (stem, checksum) in migrations {
        text.extend([MIGRATION, stem, " ", checksum, "\n"]);
    }
    for (table, _, ddl) in tables {
        text.extend(["\n", TABLE]);
        for letter in table.chars() {
            match letter {
                '\n' => text.push_str("\\n"),
                '\r' => text.push_str("\\r"),
                '\\' => text.push_str("\\\\"),
                letter => text.push(letter),
            }
        }
        text.push('\n');
        text.push_str(ddl);
    }
    text
}

/// What the compiler has found in `schema.sql`: one verdict for each of the `N` tables.
#[derive(Clone, Copy, Debug)]
pub struct Gate<const N: usize> {
    pub(crate) verdicts: [Verdict; N],
    /// Where the name of a table stands that only the file has.
    pub(crate) extra: Option<usize>,
    /// Whether anything was looked at.
    pub(crate) closed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Same,
    Missing,
    /// Where its section begins.
    Differs(usize),
}

impl<const N: usize> Gate<N> {
    /// Lets everything through: the tests and the command line look closer.
    pub const fn open() -> Self {
        Self {
            verdicts: [Verdict::Same; N],
            extra: None,
            closed: false,
        }
    }

    /// Compares the tables with what is recorded, in one walk over the file.
    pub const fn new(source: &Source, tables: &[Entry]) -> Self {
        let mut this = Self::open();
        this.closed = true;
        let text = match source.recorded {
            Some(text) if is_known_form(text.as_bytes()) => text.as_bytes(),
            // Of a file that is not there, or of another form, that is all there is to say.
            _ => return this,
        };
        this.verdicts = [Verdict::Missing; N];
        let (mut at, mut next) = (0, 0);
        while at < text.len() {
            if !follows(text, at, TABLE) {
                at = next_line(text, at);
                continue;
            }
            match head(text, at + TABLE.len(), tables, next) {
                Some((table, start)) => {
                    at = match end(text, start, tables[table].ddl) {
                        Some(end) => {
                            this.verdicts[table] = Verdict::Same;
                            end
                        }
                        None => {
                            if matches!(this.verdicts[table], Verdict::Missing) {
                                this.verdicts[table] = Verdict::Differs(start);
                            }
                            start
                        }
                    };
                    next = table + 1;
                }
                None => {
                    if this.extra.is_none() {
                        this.extra = Some(at + TABLE.len());
                    }
                    at = next_line(text, at);
                }
            }
        }
        this
    }
}

/// The table whose name stands here, and where the next line begins. Mostly it is the one behind the last.
const fn head(text: &[u8], at: usize, tables: &[Entry], next: usize) -> Option<(usize, usize)> {
    let mut i = 0;
    while i < tables.len() {
        let table = (next + i) % tables.len();
        if let Some(start) = named(text, at, tables[table].table.name) {
            return Some((table, start));
        }
        i += 1;
    }
    None
}

/// Where the line behind a name begins, if that is the name that stands here.
const fn named(text: &[u8], mut at: usize, name: &str) -> Option<usize> {
    let (name, mut i) = (name.as_bytes(), 0);
    while i < name.len() {
        let escaped = match name[i] {
            b'\n' => b'n',
            b'\r' => b'r',
            b'\\' => b'\\',
            _ => 0,
        };
        if escaped != 0 {
            if at >= text.len() || text[at] != b'\\' {
                return None;
            }
            at += 1;
        }
        let expected = if escaped == 0 { name[i] } else { escaped };
        if at >= text.len() || text[at] != expected {
            return None;
        }
        at += 1;
        i += 1;
    }
    if at < text.len() && text[at] == b'\r' {
        at += 1;
    }
    if at == text.len() || text[at] == b'\n' {
        return Some(next_line(text, at));
    }
    None
}

/// Where a section ends, if it is this DDL. Line endings do not count.
const fn end(text: &[u8], start: usize, ddl: &str) -> Option<usize> {
    let (section, _) = text
        .split_at(start)
        .1
        .split_at(min(ddl.len(), text.len() - start));
    let at = if same(section, ddl.as_bytes()) {
        start + ddl.len()
    } else {
        match end_of_lines(text, start, ddl) {
            Some(end) => end,
            None => return None,
        }
    };
    // Nothing else belongs to it.
    let mut rest = at;
    while rest < text.len() && matches!(text[rest], b'\n' | b'\r') {
        rest += 1;
    }
    if rest == text.len() || follows(text, rest, TABLE) {
        return Some(rest);
    }
    None
}

/// The same for line endings of another kind.
const fn end_of_lines(text: &[u8], mut at: usize, ddl: &str) -> Option<usize> {
    let (ddl, mut i) = (ddl.as_bytes(), 0);
    while i < ddl.len() {
        if at >= text.len() {
            return None;
        }
        if text[at] == ddl[i] {
            i += 1;
        } else if text[at] != b'\r' || ddl[i] != b'\n' {
            return None;
        }
        at += 1;
    }
    Some(at)
}

const fn min(a: usize, b: usize) -> usize {
    if a < b { a } else { b }
}

/// Where a section ends that is not as it should be.
pub(crate) const fn rough_end(text: &[u8], mut at: usize) -> usize {
    while at < text.len() && !follows(text, at, TABLE) {
        at = next_line(text, at);
    }
    at
}

pub(crate) const fn next_line(text: &[u8], at: usize) -> usize {
    let mut rest = text.split_at(at).1;
    while let [byte, more @ ..] = rest {
        rest = more;
        if *byte == b'\n' {
            break;
        }
    }
    text.len() - rest.len()
}

const fn follows(text: &[u8], at: usize, word: &str) -> bool {
    let (mut rest, mut word) = (text.split_at(at).1, word.as_bytes());
    while let ([first, more @ ..], [expected, more_word @ ..]) = (rest, word) {
        if *first != *expected {
            return false;
        }
        (rest, word) = (more, more_word);
    }
    word.is_empty()
}

/// Whether the file is of the form that this version writes.
pub(crate) const fn is_known_form(text: &[u8]) -> bool {
    let mut at = 0;
    while at < text.len() && !follows(text, at, TABLE) {
        if follows(text, at, FORM) && is_line_end(text, at + FORM.len()) {
            return true;
        }
        at = next_line(text, at);
    }
    false
}

const fn is_line_end(text: &[u8], at: usize) -> bool {
    at >= text.len() || matches!(text[at], b'\n' | b'\r')
}

/// The next migration that the file lists from here on: where its stem begins and ends, and where the next line begins.
pub(crate) const fn next_migration(text: &[u8], mut at: usize) -> Option<(usize, usize, usize)> {
    while at < text.len() && !follows(text, at, TABLE) {
        let next = next_line(text, at);
        if follows(text, at, MIGRATION) {
            let start = at + MIGRATION.len();
            // The stem may have spaces, the checksum behind it has none.
            let mut end = next;
            while end > start && text[end - 1] != b' ' {
                end -= 1;
            }
            let end = if end > start { end - 1 } else { next };
            return Some((start, end, next));
        }
        at = next;
    }
    None
}

/// Whether the file lists a migration.
pub(crate) const fn lists(text: &[u8], stem: &str) -> bool {
    let mut at = 0;
    while let Some((start, end, next)) = next_migration(text, at) {
        if same(text.split_at(end).0.split_at(start).1, stem.as_bytes()) {
            return true;
        }
        at = next;
    }
    false
}

/// The checksum that the file lists for a migration.
pub(crate) fn listed_checksum<'t>(text: &'t str, stem: &str) -> Option<&'t str> {
    let mut at = 0;
    while let Some((start, end, next)) = next_migration(text.as_bytes(), at) {
        if &text[start..end] == stem {
            return Some(text[end..next].trim());
        }
        at = next;
    }
    None
}
