#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark's result is what it prints"
)]

use crate::arguments::Arguments;
use crate::candidates::RAW;
use crate::measure::{Clock, Comparison, Timed};
use std::error::Error;
use std::fmt::Write as _;

pub(crate) fn print(comparisons: &[Comparison], arguments: &Arguments) {
    if arguments.json {
        println!("{}", json(comparisons, arguments));
    } else {
        println!("{}", text(comparisons, arguments));
    }
}

pub(crate) fn fail(error: &dyn Error) {
    eprintln!("{error}");
}

fn text(comparisons: &[Comparison], arguments: &Arguments) -> String {
    let mut text = format!(
        "SQLite {}, {} rounds. Medians of microseconds for one row, key or page; behind each, the median of the\n\
         rounds' ratios to raw C. `ours` is Tablature's plain methods, `ours held` its prepared handles.\n",
        rusqlite::version(),
        arguments.rounds,
    );
    for place in ["file", "memory"] {
        let here: Vec<&Comparison> = comparisons.iter().filter(|c| c.place == place).collect();
        if here.is_empty() {
            continue;
        }
        let settings = match place {
            "file" => "a file, WAL, synchronous NORMAL",
            _ => ":memory:",
        };
        for (clock, name) in [(Clock::Cpu, "CPU time"), (Clock::Wall, "wall time")] {
            let _ = write!(text, "\n{settings}: {name}\n");
            table(&mut text, &here, clock);
        }
    }
    text
}

/// One line for each work, one column for each candidate.
fn table(text: &mut String, comparisons: &[&Comparison], clock: Clock) {
    let mut names: Vec<&str> = Vec::new();
    for timed in comparisons.iter().flat_map(|c| &c.candidates) {
        if !names.contains(&timed.name) {
            names.push(timed.name);
        }
    }
    let _ = write!(text, "{:<24}", "");
    for name in &names {
        let _ = write!(text, "{name:>16}");
    }
    text.push('\n');
    for comparison in comparisons {
        let _ = write!(text, "{:<24}", comparison.work);
        let find = |name: &str| comparison.candidates.iter().find(|c| c.name == name);
        for name in names.iter().copied() {
            let cell = match (find(name), find(RAW)) {
                (Some(timed), Some(raw)) => cell(timed, raw, clock, comparison.operations),
                _ => String::new(),
            };
            let _ = write!(text, "{cell:>16}");
        }
        text.push('\n');
    }
}

fn cell(timed: &Timed, raw: &Timed, clock: Clock, operations: usize) -> String {
    let median = timed.median(clock, operations);
    if timed.name == RAW {
        format!("{median:.3}")
    } else {
        format!("{median:.3} {:5.2}", timed.ratio(clock, raw))
    }
}

/// Names are plain ASCII without quotes, so that they need no escapes.
fn json(comparisons: &[Comparison], arguments: &Arguments) -> String {
    let comparisons: Vec<String> = comparisons.iter().map(comparison).collect();
    format!(
        "{{\"sqlite\": \"{}\", \"rounds\": {}, \"quick\": {}, \"works\": [\n{}\n]}}",
        rusqlite::version(),
        arguments.rounds,
        arguments.quick,
        comparisons.join(",\n"),
    )
}

fn comparison(comparison: &Comparison) -> String {
    let raw = comparison.candidates.iter().find(|c| c.name == RAW);
    let candidates: Vec<String> = comparison
        .candidates
        .iter()
        .map(|timed| {
            let mut text = format!("    {{\"name\": \"{}\"", timed.name);
            for (clock, name) in [(Clock::Cpu, "cpu"), (Clock::Wall, "wall")] {
                let median = timed.median(clock, comparison.operations);
                let ratio = raw.map_or(f64::NAN, |raw| timed.ratio(clock, raw));
                let _ = write!(
                    text,
                    ", \"{name}_us\": {median:.4}, \"{name}_ratio\": {ratio:.4}"
                );
            }
            text + "}"
        })
        .collect();
    format!(
        "  {{\"place\": \"{}\", \"work\": \"{}\", \"unit\": \"{}\", \"operations\": {}, \"candidates\": [\n{}\n  ]}}",
        comparison.place,
        comparison.work,
        comparison.unit,
        comparison.operations,
        candidates.join(",\n"),
    )
}
