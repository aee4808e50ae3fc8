//! Migrations under faults: whatever happens, a database has exactly the old or exactly the new schema, and every row.
//!
//! `TABLATURE_FAULTS=full` runs them at length: 200 points at which a process is killed, 100,000 rows. Each failure says its
//! point.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that goes wrong says where"
)]

mod faults {
    mod disk_errors;
    mod failing;
    mod full_disk;
    mod killed;
    mod library;
    mod process;
    mod processes;
    mod settings;
    mod size;
}
