//! The command line as its user sees it: a struct of a blog changes, and each transcript shows what was typed, what came
//! back, and the files that were written.

#![expect(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test that goes wrong says where, and a transcript is as long as what was said"
)]

mod transcripts {
    mod added;
    mod answers;
    mod branches;
    mod by_hand;
    mod columns;
    mod constraints;
    mod crates;
    mod databases;
    mod enums;
    mod explain;
    mod files;
    mod flags;
    mod foreign_keys;
    mod fts;
    mod hostile;
    mod init;
    mod kept;
    mod moving;
    mod pull;
    mod pulled;
    mod pulled_again;
    mod rehearsals;
    mod retyped;
    mod runners;
    mod scratch;
    mod sources;
    mod statements;
    mod tables;
    mod tightened;
}
