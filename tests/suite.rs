//! The tests of the whole, in one binary: what a struct says, and what Rust gets.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    clippy::needless_pass_by_value,
    clippy::duplicated_attributes,
    reason = "a test that goes wrong says where"
)]

mod suite {
    mod ddl;
    mod errors;
    mod filled;
    mod fts;
    mod insert;
    mod migrations;
    mod open;
    mod query;
    mod readme;
    mod relations;
    mod rooms;
    mod triggers;
    mod update;
}
