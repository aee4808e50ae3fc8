/// What a migration that was made of others says of them: their versions and checksums.
const LINE: &str = "-- tablature: squashes ";

/// The migrations that went into this one, by version and checksum; none for an ordinary one.
///
/// ```
/// use tablature::migrations::{squashed, squashes};
///
/// let line = squashed(&[(1, "1f2e3d4c5b6a7988"), (2, "0000000000000001")]);
/// assert_eq!(line, "-- tablature: squashes 1:1f2e3d4c5b6a7988 2:0000000000000001\n");
/// assert_eq!(squashes(&line), [(1, "1f2e3d4c5b6a7988"), (2, "0000000000000001")]);
/// ```
pub fn squashes(up: &str) -> Vec<(i64, &str)> {
    let line = up.lines().find_map(|line| line.trim().strip_prefix(LINE));
    let words = line.into_iter().flat_map(str::split_whitespace);
    let parsed = words.map(|word| {
        let (version, checksum) = word.split_once(':')?;
        Some((version.parse().ok()?, checksum))
    });
    // A line that is only half understood is none: its migration is then an ordinary one, and the history refuses it.
    parsed.collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// The line that says so. See [`squashes`].
pub fn squashed(migrations: &[(i64, &str)]) -> String {
    let words: Vec<String> = migrations
        .iter()
        .map(|(version, checksum)| format!("{version}:{checksum}"))
        .collect();
    format!("{LINE}{}\n", words.join(" "))
}
