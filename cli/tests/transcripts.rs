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
    mod conversions;
    mod converted_back;
    mod crates;
    mod databases;
    mod enum_columns;
    mod enums;
    mod explain;
    mod files;
    mod flags;
    mod foreign_keys;
    mod fts;
    mod histories;
    mod hostile;
    mod init;
    mod kept;
    mod mistakes;
    mod moving;
    mod pull;
    mod pull_baseline;
    mod pull_kept;
    mod pull_types;
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
    mod wal;
    mod wrapped;
}
