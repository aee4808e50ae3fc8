use super::ident;

/// Most texts that one [`Writer`] may hold, one after the other.
const MARKS: usize = 8;

/// Writes SQL while compiling.
///
/// A constant has to know its length before it is written, so every text is written twice: into a `Writer<0>`, which
/// only counts, and into a `Writer` of that length.
#[derive(Clone, Copy, Debug)]
pub struct Writer<const N: usize> {
    bytes: [u8; N],
    length: usize,
    marks: [usize; MARKS],
    marked: usize,
}

impl<const N: usize> Writer<N> {
    pub(crate) const fn new() -> Self {
        Self {
            bytes: [0; N],
            length: 0,
            marks: [0; MARKS],
            marked: 0,
        }
    }

    /// The same text in as many bytes as it needs.
    pub const fn cut<const M: usize>(&self) -> Writer<M> {
        let mut bytes = [0; M];
        bytes.copy_from_slice(self.bytes.split_at(M).0);
        Writer {
            bytes,
            length: M,
            marks: self.marks,
            marked: self.marked,
        }
    }

    /// How many bytes were written.
    pub const fn length(&self) -> usize {
        self.length
    }

    /// Everything that was written.
    pub const fn text(&self) -> &str {
        match str::from_utf8(&self.bytes) {
            Ok(text) => text,
            Err(_) => panic!("a text that was written piece by piece from texts is a text"),
        }
    }

    /// The text between two marks. `text` is the whole, which to prove UTF-8 for each piece would cost.
    pub const fn piece<'t>(&self, text: &'t str, from: usize, to: usize) -> &'t str {
        let start = if from == 0 { 0 } else { self.marks[from - 1] };
        text.split_at(self.marks[to]).0.split_at(start).1
    }

    /// Writes once more what stands from `start` to `end`: one copy, where the names would be looked at again.
    pub(crate) const fn again(&mut self, start: usize, end: usize) {
        let (to, mut i) = (self.length, start);
        if to + end - start <= N {
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

    /// Byte by byte: to the compiler's interpreter a loop is cheaper than the calls that a slice of a slice takes.
    const fn bytes(&mut self, bytes: &[u8]) {
        if self.length + bytes.len() <= N {
            let (start, mut i) = (self.length, 0);
            while i < bytes.len() {
                self.bytes[start + i] = bytes[i];
                i += 1;
            }
        }
        self.length += bytes.len();
    }
}

#[cfg(test)]
mod tests {
    use super::Writer;

    fn check(write: impl Fn(&mut Writer<64>), expect: &str) {
        let mut writer = Writer::new();
        write(&mut writer);
        assert_eq!(&writer.text()[..writer.length()], expect);
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
