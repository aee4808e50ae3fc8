//! What was pulled, what stays SQL, and what comes next.

use super::first::Place;
use super::prove::Pulled;
use super::read::Read;
use crate::arguments::Pull;
use crate::failure::Failure;
use crate::generate::print_json;
use crate::terminal::{complain, show};
use serde_json::json;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The first lines of the file.
pub(super) fn head(command: &Pull, read: &Read) -> String {
    let source = Path::new(&command.source).file_name().unwrap_or_default();
    let mut text = format!(
        "//! The tables of `{}`, as `cargo tablature pull` has read them.\n",
        source.to_string_lossy().escape_default()
    );
    for it in &read.left_out {
        let _ = write!(
            text,
            "//!\n//! Left out: `{}`, since {}.\n",
            it.name.escape_default(),
            it.why
        );
    }
    text
}

pub(super) fn tell(
    command: &Pull,
    read: &Read,
    pulled: &Pulled,
    written: &[PathBuf],
    place: &Place,
    code: &str,
) -> Result<(), Failure> {
    let shown = |path: &PathBuf| {
        let here = std::env::current_dir().unwrap_or_default();
        path.strip_prefix(here)
            .unwrap_or(path)
            .display()
            .to_string()
    };
    let written: Vec<String> = written.iter().map(shown).collect();
    let guesses = pulled.structs.iter().flat_map(|it| &it.fields);
    let guesses = guesses
        .filter(|it| it.note.as_ref().is_some_and(|it| it.starts_with("a guess")))
        .count();
    let differences = place.differences(read)?;
    if command.json {
        let differences: Vec<String> = differences.iter().map(ToString::to_string).collect();
        let structs = pulled.structs.iter();
        return print_json(&json!({
            "status": if written.is_empty() { "printed" } else { "written" },
            "structs": structs.map(|it| json!({"struct": it.ident, "table": it.table})).collect::<Vec<_>>(),
            "kept": pulled.kept.iter().map(|it| json!({"object": it.object, "name": it.name, "why": it.why})).collect::<Vec<_>>(),
            "left_out": read.left_out.iter().map(|it| json!({"name": it.name, "why": it.why, "sql": it.sql})).collect::<Vec<_>>(),
            "unread": read.unread,
            "guesses": guesses,
            "differences": differences,
            "written": written,
            "code": if written.is_empty() { Some(code) } else { None },
        }));
    }
    let count = |count: usize, one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    };
    let mut text = format!(
        "pulled {} from {}\n",
        count(pulled.structs.len(), "struct", "structs"),
        command.source
    );
    if guesses > 0 {
        let _ = writeln!(
            text,
            "guessed {}: each has a comment",
            count(guesses, "type", "types")
        );
    }
    if !pulled.kept.is_empty() {
        text.push_str("kept as SQL, in the migrations alone:\n");
    }
    for it in &pulled.kept {
        let _ = writeln!(text, "  {} `{}`: {}", it.object, it.name, it.why);
    }
    if !read.left_out.is_empty() {
        text.push_str("left out, with its SQL in a comment:\n");
    }
    for it in &read.left_out {
        let _ = writeln!(text, "  `{}`: {}", it.name, it.why);
    }
    for why in &read.unread {
        let _ = writeln!(text, "{why}; its types are by their words alone");
    }
    for path in &written {
        let _ = writeln!(text, "wrote {path}");
    }
    if let Some(out) = &command.out {
        text.push_str(&next(command, out, place));
        return show(&text);
    }
    if !differences.is_empty() {
        let (folder, source) = (place.shown(), &command.source);
        let _ = writeln!(
            text,
            "the migrations in `{folder}` lead to another schema; `cargo tablature diff {folder} {source}` says what differs"
        );
    }
    // The structs are printed to where the output is read.
    complain(&text);
    Ok(())
}

fn next(command: &Pull, out: &Path, place: &Place) -> String {
    let module = out.file_stem().unwrap_or_default().to_string_lossy();
    let mut text = format!("write `mod {module};` in the crate, and run `cargo tablature check`\n");
    if command.baseline {
        let _ = writeln!(
            text,
            "`{}` knows that it has had the migrations",
            command.source
        );
    } else if place.is_ours() && is_database(&command.source) {
        let _ = writeln!(
            text,
            "then `cargo tablature baseline {}` tells the database that it has had the migrations",
            command.source
        );
    }
    text
}

fn is_database(source: &str) -> bool {
    let path = Path::new(source);
    path.is_file()
        && !path
            .extension()
            .is_some_and(|it| it.eq_ignore_ascii_case("sql"))
}
