//! The command line as its user sees it: a struct of a blog changes, and each transcript shows what was typed, what came
//! back, and the files that were written.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that goes wrong says where"
)]

mod transcripts {
    mod branches;
    mod columns;
    mod constraints;
    mod crates;
    mod databases;
    mod enums;
    mod files;
    mod flags;
    mod hostile;
    mod runners;
    mod scratch;
    mod sources;
    mod tables;
}
