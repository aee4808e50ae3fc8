use crate::calls::{File, Place};
use std::fmt::Write as _;

/// A message with its place, as rustc prints it.
pub(crate) fn snippet(file: &File, place: &Place, message: &str, notes: &[String]) -> String {
    let (number, column) = file.position(place.bytes.start);
    let line = file.line(number);
    let before: String = line.chars().take(column - 1).collect();
    let marked = file.text.get(place.bytes.clone()).unwrap_or_default();
    // What goes on in the next line is marked as far as this one goes.
    let marked = marked.lines().next().unwrap_or_default();
    let width = marked.chars().count().max(1);
    let edge = " ".repeat(number.to_string().len());
    let mut text = format!(
        "{message}\n{edge}--> {}:{number}:{column}\n",
        file.path.display()
    );
    let _ = writeln!(text, "{edge} |");
    let _ = writeln!(text, "{number} | {}", untabbed(line));
    let space = " ".repeat(untabbed(&before).chars().count());
    let _ = writeln!(text, "{edge} | {space}{}", "^".repeat(width));
    for note in notes {
        let _ = writeln!(text, "{edge} = note: {note}");
    }
    text
}

/// A tab would move the marks.
fn untabbed(text: &str) -> String {
    text.replace('\t', "    ")
}
