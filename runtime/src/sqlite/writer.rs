use super::ident;

/// Most texts that one [`Writer`] may hold, one after the other.
const MARKS: usize = 8;

/// Writes SQL while compiling.
///
/// What does not fit is counted and not written. So a text of any length is written into a [`Written<0>`](Written) first,
/// and then into one of that length.
#[derive(Debug)]
pub(crate) struct Writer<'b> {
    bytes: &'b mut [u8],
    length: usize,
    marks: [usize; MARKS],
    marked: usize,
}

/// What was written.
#[derive(Clone, Copy, Debug)]
pub struct Written<const N: usize> {
    bytes: [u8; N],
    length: usize,
    marks: [usize; MARKS],
}

/// A text that consists of several.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pieces {
    text: &'static str,
    marks: [usize; MARKS],
}

impl<const N: usize> Written<N> {
    pub(crate) const fn new((length, marks): (usize, [usize; MARKS]), bytes: [u8; N]) -> Self {
        Self {
            bytes,
            length,
            marks,
        }
    }

    /// The same text in another number of bytes, which it fits.
    pub(crate) const fn cut<const M: usize>(&self) -> Written<M> {
        let mut bytes = [0; M];
        let (from, to) = (
            self.bytes.split_at(self.length).0,
            bytes.split_at_mut(self.length).0,
        );
        to.copy_from_slice(from);
        Written::new((self.length, self.marks), bytes)
    }

    /// How many bytes were written.
    pub const fn length(&self) -> usize {
        self.length
    }

    /// Everything that was written.
    pub const fn text(&self) -> &str {
        match str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            Err(_) => panic!("a text that was written piece by piece from texts is a text"),
        }
    }

    pub(crate) const fn pieces(&'static self) -> Pieces {
        Pieces {
            text: self.text(),
            marks: self.marks,
        }
    }
}

impl Pieces {
    /// Everything.
    pub(crate) const fn text(&self) -> &'static str {
        self.text
    }

    /// The text between two marks.
    pub(crate) const fn piece(&self, from: usize, to: usize) -> &'static str {
        let start = if from == 0 { 0 } else { self.marks[from - 1] };
        self.text.split_at(self.marks[to]).0.split_at(start).1
    }
}

impl<'b> Writer<'b> {
    pub(crate) const fn new(bytes: &'b mut [u8]) -> Self {
        Self::behind(bytes, 0)
    }

    /// Behind what stands there already.
    pub(crate) const fn behind(bytes: &'b mut [u8], length: usize) -> Self {
        Self {
            bytes,
            length,
            marks: [0; MARKS],
            marked: 0,
        }
    }

    /// How many bytes were to be written.
    pub(crate) const fn length(&self) -> usize {
        self.length
    }

    /// How much was written, and the marks.
    pub(crate) const fn end(self) -> (usize, [usize; MARKS]) {
        (self.length, self.marks)
    }

    /// Writes once more what stands from `start` to `end`: one copy, where the names would be looked at again.
    pub(crate) const fn again(&mut self, start: usize, end: usize) {
        let (to, mut i) = (self.length, start);
        if to + end - start <= self.bytes.len() {
            while i < end {
                self.bytes[to + i - start] = self.bytes[i];
                i += 1;
            }
        }
        self.length += end - start;
    }

    /// Ends a piece.
    pub(crate) const fn mark(&mut self) {
        self.marks[self.marked] = self.length;
        self.marked += 1;
    }

    pub(crate) const fn push(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    pub(crate) const fn number(&mut self, number: i64) {
        if number < 0 {
            self.push("-");
        }
        self.digits(number.unsigned_abs());
    }

    pub(crate) const fn count(&mut self, count: usize) {
        self.digits(count as u64);
    }

    const fn digits(&mut self, mut number: u64) {
        let mut digits = [0; 20];
        let mut at = digits.len();
        loop {
            at -= 1;
            digits[at] = b"0123456789"[(number % 10) as usize];
            number /= 10;
            if number == 0 {
                break;
            }
        }
        self.bytes(digits.split_at(at).1);
    }

    /// 16 digits.
    pub(crate) const fn hex(&mut self, number: u64) {
        let mut i = 16;
        while i > 0 {
            i -= 1;
            self.bytes(&[b"0123456789abcdef"[(number >> (4 * i) & 15) as usize]]);
        }
    }

    /// A name, in quotes where SQLite needs them.
    pub(crate) const fn name(&mut self, name: &str) {
        if ident::is_plain(name) {
            self.push(name);
        } else {
            self.quoted(name, b'"');
        }
    }

    /// A part of a longer name, which is in quotes unless it is plain.
    pub(crate) const fn part_of_name(&mut self, part: &str, plain: bool) {
        if plain {
            self.push(part);
        } else {
            self.escaped(part, b'"');
        }
    }

    /// A text literal.
    pub(crate) const fn text_literal(&mut self, text: &str) {
        self.quoted(text, b'\'');
    }

    pub(crate) const fn blob_literal(&mut self, bytes: &[u8]) {
        const HEX: &[u8; 16] = b"0123456789ABCDEF";
        self.push("X'");
        let mut i = 0;
        while i < bytes.len() {
            self.bytes(&[HEX[(bytes[i] >> 4) as usize], HEX[(bytes[i] & 15) as usize]]);
            i += 1;
        }
        self.push("'");
    }

    const fn quoted(&mut self, text: &str, quote: u8) {
        self.bytes(&[quote]);
        self.escaped(text, quote);
        self.bytes(&[quote]);
    }

    /// A part of something in quotes.
    pub(crate) const fn escaped(&mut self, text: &str, quote: u8) {
        if !holds(text.as_bytes(), quote) {
            return self.push(text);
        }
        let bytes = text.as_bytes();
        let (mut start, mut i) = (0, 0);
        while i < bytes.len() {
            if bytes[i] == quote {
                self.bytes(bytes.split_at(i + 1).0.split_at(start).1);
                start = i;
            }
            i += 1;
        }
        self.bytes(bytes.split_at(start).1);
    }

    /// By patterns: to the compiler's interpreter they are cheaper than an index that counts, and that is cheaper than the
    /// calls that a slice of a slice takes.
    const fn bytes(&mut self, bytes: &[u8]) {
        let mut at = self.length;
        self.length += bytes.len();
        if self.length > self.bytes.len() {
            return;
        }
        let (to, mut rest) = (&mut *self.bytes, bytes);
        loop {
            match *rest {
                [b0, b1, b2, b3, b4, b5, b6, b7, ref more @ ..] => {
                    to[at] = b0;
                    to[at + 1] = b1;
                    to[at + 2] = b2;
                    to[at + 3] = b3;
                    to[at + 4] = b4;
                    to[at + 5] = b5;
                    to[at + 6] = b6;
                    to[at + 7] = b7;
                    (at, rest) = (at + 8, more);
                }
                [b0, b1, ref more @ ..] => {
                    to[at] = b0;
                    to[at + 1] = b1;
                    (at, rest) = (at + 2, more);
                }
                [b0] => {
                    to[at] = b0;
                    return;
                }
                [] => return,
            }
        }
    }
}

const fn holds(mut bytes: &[u8], wanted: u8) -> bool {
    while let [byte, more @ ..] = bytes {
        if *byte == wanted {
            return true;
        }
        bytes = more;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::Writer;

    fn check(write: impl Fn(&mut Writer<'_>), expect: &str) {
        let mut bytes = [0; 64];
        let mut writer = Writer::new(&mut bytes);
        write(&mut writer);
        let length = writer.length();
        assert_eq!(str::from_utf8(&bytes[..length]), Ok(expect));
    }

    #[test]
    fn literals_are_quoted() {
        check(|w| w.text_literal("it's"), "'it''s'");
        check(|w| w.text_literal("''"), "''''''");
        check(|w| w.blob_literal(&[0, 0xAB]), "X'00AB'");
        check(|w| w.number(i64::MIN), "-9223372036854775808");
        check(|w| w.number(0), "0");
    }

    #[test]
    fn names_are_quoted_where_they_must() {
        check(|w| w.name("posts"), "posts");
        check(|w| w.name("order"), "\"order\"");
        check(|w| w.name("a\"b"), "\"a\"\"b\"");
        check(|w| w.name("größe"), "\"größe\"");
        check(|w| w.name("1st"), "\"1st\"");
    }
}
