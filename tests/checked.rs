//! `sql!` on real databases: each form, and what SQLite can say.

#![expect(clippy::unwrap_used, reason = "a test that goes wrong says where")]

mod checked {
    mod blog;
    mod crates;
    mod forms;
    mod statements;
}
