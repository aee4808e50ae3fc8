use super::files::Place;

/// A text of the sources, with the place of each of its bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    pub(crate) value: String,
    /// For each byte the file and the byte there; none for what no file holds.
    at: Vec<Option<(usize, usize)>>,
}

impl Text {
    /// What stands in no file.
    pub(super) fn placeless(value: &str) -> Self {
        Self {
            value: value.to_owned(),
            at: vec![None; value.len()],
        }
    }

    /// A whole file.
    pub(super) fn of_file(file: usize, value: &str) -> Self {
        Self {
            value: value.to_owned(),
            at: (0..value.len()).map(|byte| Some((file, byte))).collect(),
        }
    }

    /// A character that stands at a byte of a file, perhaps as an escape.
    pub(super) fn push(&mut self, letter: char, file: usize, byte: usize) {
        self.value.push(letter);
        let length = letter.len_utf8();
        self.at.extend((0..length).map(|_| Some((file, byte))));
    }

    pub(super) fn append(&mut self, other: &Self) {
        self.value.push_str(&other.value);
        self.at.extend_from_slice(&other.at);
    }

    pub(super) fn part(&self, range: std::ops::Range<usize>) -> Self {
        Self {
            value: self.value[range.clone()].to_owned(),
            at: self.at[range].to_vec(),
        }
    }

    /// Where some of its bytes stand. A piece that begins in one literal and ends in another is shown by its beginning;
    /// what is missing at the end, by the last character.
    pub(crate) fn place(&self, range: &std::ops::Range<usize>) -> Option<Place> {
        let last = self.at.len().checked_sub(1)?;
        let end = range.end.clamp(1, self.at.len()) - 1;
        let mut from = range.start.min(last)..=end.max(range.start.min(last));
        let (file, start) = from.find_map(|it| self.at[it])?;
        let end = match self.at[end] {
            Some((same, end)) if same == file && end >= start => end + 1,
            _ => start + 1,
        };
        let bytes = start..end;
        Some(Place { file, bytes })
    }

    /// Where its first byte that stands anywhere stands.
    pub(crate) fn start(&self) -> Option<Place> {
        let (file, byte) = self.at.iter().find_map(|it| *it)?;
        let bytes = byte..byte + 1;
        Some(Place { file, bytes })
    }
}
