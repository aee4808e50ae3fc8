//! What values look like.

use crate::pull::name::snake;
use crate::pull::rows::Values;

/// Whether every integer is a float too.
pub(super) fn exact(held: &Values) -> bool {
    let small = |it: i64| it.unsigned_abs() <= 1 << f64::MANTISSA_DIGITS;
    held.range
        .is_none_or(|(least, most)| small(least) && small(most))
}

pub(super) fn kinds(held: &Values) -> String {
    let kinds = [
        (held.integers, "integers"),
        (held.reals, "numbers"),
        (held.texts, "texts"),
        (held.blobs, "blobs"),
    ];
    let kinds: Vec<&str> = kinds
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(_, kind)| kind)
        .collect();
    kinds.join(" and ")
}

pub(super) fn is_json(text: &str) -> bool {
    text.starts_with(['{', '[']) && serde_json::from_str::<serde_json::Value>(text).is_ok()
}

/// `2026-11-21`, with a time behind it.
pub(super) fn is_moment(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shape = |at: usize, of: &[u8]| {
        bytes.get(at..at + of.len()).is_some_and(|found| {
            found.iter().zip(of).all(|(found, wanted)| match wanted {
                b'0' => found.is_ascii_digit(),
                b'T' => matches!(found, b'T' | b' '),
                other => found == other,
            })
        })
    };
    shape(0, b"0000-00-00T00:00")
}

/// Seconds from 2001 to 2100.
pub(super) fn moments(held: &Values) -> bool {
    held.range
        .is_some_and(|(least, most)| least >= 1_000_000_000 && most < 4_102_444_800)
}

pub(super) fn named_for_moments(column: &str) -> bool {
    let words = snake(column);
    ["_at", "_on", "time", "date", "timestamp"]
        .iter()
        .any(|it| words.ends_with(it))
}
