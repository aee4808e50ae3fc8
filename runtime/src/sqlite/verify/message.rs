use crate::sqlite::writer::Writer;

#[track_caller]
pub(super) const fn fail(parts: &[&str]) -> ! {
    let mut message = Message::new();
    message.say(parts);
    message.panic()
}

/// A compile error in the making. What does not fit is left out.
pub(super) struct Message {
    bytes: [u8; LONGEST],
    length: usize,
}

const LONGEST: usize = 1024;

impl Message {
    pub(super) const fn new() -> Self {
        Self {
            bytes: [0; LONGEST],
            length: 0,
        }
    }

    pub(super) const fn say(&mut self, parts: &[&str]) {
        let mut i = 0;
        while i < parts.len() {
            if self.length + parts[i].len() <= LONGEST {
                let mut w = Writer::behind(&mut self.bytes, self.length);
                w.push(parts[i]);
                self.length = w.length();
            }
            i += 1;
        }
    }

    pub(super) const fn number(&mut self, number: i64) {
        if self.length + "-9223372036854775808".len() <= LONGEST {
            let mut w = Writer::behind(&mut self.bytes, self.length);
            w.number(number);
            self.length = w.length();
        }
    }

    #[track_caller]
    pub(super) const fn panic(&self) -> ! {
        match str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => panic!("{}", text),
            Err(_) => panic!("a message that is made of texts is a text"),
        }
    }
}
