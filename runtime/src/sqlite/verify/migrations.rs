use super::message::{Message, fail};
use crate::migrations::layout::{self, Fault, FileName, Script, Source, same};
use crate::migrations::recorded::{
    Gate, Verdict, is_known_form, lists, next_line, next_migration, rough_end,
};
use crate::open::Entry;

const GENERATE: &str = "run `cargo tablature generate`";

/// Carries the schema out of the compiler.
#[track_caller]
pub const fn dump(frame: &str) -> ! {
    panic!("{}", frame)
}

/// The folder can be read, and the names of its files say what they are.
#[track_caller]
pub const fn files(source: &Source, names: &[FileName<'_>], dump: bool) {
    if dump {
        return;
    }
    if let Some(problem) = source.problem {
        fail(&[problem]);
    }
    match layout::fault(names) {
        None => {}
        Some(Fault::Malformed(at)) => fail(&[
            "`",
            source.files[at].name,
            "` is no migration for ",
            source.runner.name(),
            ": call it `",
            source.runner.pattern(),
            "`",
        ]),
        Some(Fault::Twice(first, second)) => fail(&[
            "`",
            source.files[first].name,
            "` and `",
            source.files[second].name,
            "` have one number; give the newer one the next number",
        ]),
        Some(Fault::NoUp(down)) => fail(&[
            "`",
            source.files[down].name,
            "`",
            if source.runner.has_folder_of_downs() {
                " in the folder of downs"
            } else {
                ""
            },
            " has no up file of the same number and name; add it, or take this one away",
        ]),
    }
}

/// The migration of a function is there.
#[track_caller]
pub const fn hook(scripts: &[Script<'_>], dump: bool, version: i64, digits: &str) {
    let mut i = 0;
    while i < scripts.len() {
        if scripts[i].version == version {
            return;
        }
        i += 1;
    }
    if !dump {
        fail(&[
            "there is no migration ",
            digits,
            "; ",
            GENERATE,
            ", or correct the number",
        ]);
    }
}

/// `schema.sql` is there, lists the migrations of the folder, and has no table that the structs have not.
#[track_caller]
pub const fn recorded<const N: usize>(
    gate: &Gate<N>,
    source: &Source,
    names: &[FileName<'_>],
    scripts: &[Script<'_>],
) {
    // What is wrong with the folder itself was told.
    if !gate.closed || source.problem.is_some() || layout::fault(names).is_some() {
        return;
    }
    let Some(text) = source.recorded else {
        fail(&[
            "there is no `schema.sql` beside `",
            source.folder,
            "`; ",
            GENERATE,
        ]);
    };
    let bytes = text.as_bytes();
    if !is_known_form(bytes) {
        fail(&[
            "schema.sql is not of the form that this version of tablature writes; ",
            GENERATE,
        ]);
    }
    let (mut at, mut i) = (0, 0);
    while let Some((start, end, next)) = next_migration(bytes, at) {
        let stem = part(text, start, end);
        if i >= scripts.len() || !same(stem.as_bytes(), scripts[i].stem.as_bytes()) {
            if i < scripts.len() && !lists(bytes, scripts[i].stem) {
                unlisted(scripts[i].stem);
            }
            fail(&[
                "schema.sql lists the migration `",
                stem,
                "`, whose file is not at this place in `",
                source.folder,
                "`; bring it back, or ",
                GENERATE,
            ]);
        }
        (at, i) = (next, i + 1);
    }
    if i < scripts.len() {
        unlisted(scripts[i].stem);
    }
    if let Some(extra) = gate.extra {
        fail(&[
            "schema drift: schema.sql has the table `",
            line(text, extra),
            "`, of which no struct is listed; list its struct, or ",
            GENERATE,
        ]);
    }
}

#[track_caller]
const fn unlisted(stem: &str) -> ! {
    fail(&["migration `", stem, "` is not in schema.sql; ", GENERATE])
}

/// A table's DDL is what `schema.sql` has for it.
#[track_caller]
pub const fn drift<const N: usize>(gate: &Gate<N>, source: &Source, tables: &[Entry], i: usize) {
    let Some(text) = source.recorded else {
        return;
    };
    let Entry { table, ddl } = tables[i];
    let start = match gate.verdicts[i] {
        Verdict::Same => return,
        Verdict::Missing => fail(&[
            "schema drift: `",
            table.name,
            "` (struct `",
            table.row,
            "`): schema.sql has no such table; ",
            GENERATE,
        ]),
        Verdict::Differs(start) => start,
    };
    let section = part(text, start, rough_end(text.as_bytes(), start));
    let mut message = Message::new();
    message.say(&[
        "schema drift: `",
        table.name,
        "` (struct `",
        table.row,
        "`): ",
    ]);
    let (ours, theirs) = first_difference(ddl, section);
    if !ours.is_empty() && !has_line(section, ours) {
        message.say(&["the structs say `", ours, "`, which schema.sql has not"]);
    } else if !theirs.is_empty() && !has_line(ddl, theirs) {
        message.say(&["schema.sql says `", theirs, "`, which the structs do not"]);
    } else {
        message.say(&[
            "the structs say `",
            ours,
            "` where schema.sql says `",
            theirs,
            "`",
        ]);
    }
    message.say(&["; ", GENERATE]);
    message.panic()
}

/// The first lines in which two texts differ.
const fn first_difference<'a>(a: &'a str, b: &'a str) -> (&'a str, &'a str) {
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let (ours, theirs) = (line(a, i), line(b, j));
        if !same(ours.as_bytes(), theirs.as_bytes()) {
            return (ours, theirs);
        }
        i = next_line(a.as_bytes(), i);
        j = next_line(b.as_bytes(), j);
    }
    ("", "")
}

const fn has_line(text: &str, wanted: &str) -> bool {
    let mut at = 0;
    while at < text.len() {
        if same(line(text, at).as_bytes(), wanted.as_bytes()) {
            return true;
        }
        at = next_line(text.as_bytes(), at);
    }
    false
}

/// The line that begins here, without indentation and without the comma behind it, which is there if another follows.
const fn line(text: &str, at: usize) -> &str {
    let (bytes, mut start) = (text.as_bytes(), at);
    let mut end = next_line(bytes, at);
    while start < end && matches!(bytes[start], b' ' | b'\t') {
        start += 1;
    }
    while start < end && matches!(bytes[end - 1], b'\n' | b'\r' | b' ' | b'\t' | b',') {
        end -= 1;
    }
    part(text, start, end)
}

const fn part(text: &str, start: usize, end: usize) -> &str {
    text.split_at(end).0.split_at(start).1
}
