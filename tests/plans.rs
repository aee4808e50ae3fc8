//! Plans from one schema to another, on generated pairs and on a table of cases: whatever changes, the plan reaches the
//! schema, keeps the rows, and comes back.
//!
//! `TABLATURE_SEED` and `TABLATURE_ROUNDS` choose the pairs; every failure prints its seed, and
//! `TABLATURE_SEED=… TABLATURE_ROUNDS=1` repeats it.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    reason = "a test that goes wrong says where"
)]

mod plans {
    mod conversions;
    mod generate;
    mod large;
    mod model;
    mod mutate;
    mod property;
    mod random;
    mod render;
    mod rows;
    mod search;
    mod steps;
}
