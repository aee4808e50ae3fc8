//! The tests of the whole, in one binary: what a struct says, and what Rust gets.

mod suite {
    mod ddl;
    mod errors;
    mod fts;
    mod insert;
    mod open;
    mod query;
    mod readme;
    mod rooms;
    mod triggers;
    mod update;
}
