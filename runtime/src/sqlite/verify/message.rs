use crate::sqlite::writer::Writer;

#[track_caller]
pub(super) const fn fail(parts: &[&str]) -> ! {
    let mut message = Message::new();
    message.say(parts);
    message.panic()
}

/// A compile error in the making. What does not fit is left out.
pub(super) struct Message(Writer<1024>);

impl Message {
    pub(super) const fn new() -> Self {
        Self(Writer::new())
    }

    pub(super) const fn say(&mut self, parts: &[&str]) {
        let mut i = 0;
        while i < parts.len() {
            if self.0.length() + parts[i].len() <= 1024 {
                self.0.push(parts[i]);
            }
            i += 1;
        }
    }

    pub(super) const fn number(&mut self, number: i64) {
        if self.0.length() + "-9223372036854775808".len() <= 1024 {
            self.0.number(number);
        }
    }

    #[track_caller]
    pub(super) const fn panic(&self) -> ! {
        panic!("{}", self.0.text().split_at(self.0.length()).0)
    }
}
