//! What the compiler says of mistakes: one rule a file, with the text that it is to say beside it.
//!
//! The texts are blessed, never written: `TRYBUILD=overwrite cargo test --test ui`.

#![expect(clippy::unwrap_used, reason = "a test that goes wrong says where")]

use std::fs;
use std::path::Path;
use std::process::Command;

/// The compiler that has said the texts: another words its part of them otherwise.
const PINNED: &str = "1.95";

/// Compares even so, where it is set.
const FORCE: &str = "TABLATURE_UI_TESTS";

#[test]
#[expect(
    clippy::print_stderr,
    reason = "a test that is skipped says that it is"
)]
fn the_compiler_tells_the_mistake_at_its_place() {
    let version = compiler();
    if !version.starts_with(&format!("rustc {PINNED}.")) && std::env::var_os(FORCE).is_none() {
        eprintln!(
            "skipped: the texts are those of rustc {PINNED}, this is {version}; set {FORCE}=1 to compare"
        );
        return;
    }
    give_migrations();
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
}

/// The crate that trybuild makes has the migrations of `tests/checked`, where `sql!` looks for them.
fn give_migrations() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checked/migrations");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let there = target.join("tests/trybuild/tablature-suite/migrations");
    if there.exists() {
        fs::remove_dir_all(&there).unwrap();
    }
    fs::create_dir_all(&there).unwrap();
    for entry in here.read_dir().unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), there.join(entry.file_name())).unwrap();
    }
}

/// `rustc 1.95.0 (59807616e 2026-04-14)`
fn compiler() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("-V").output();
    output.map_or_else(
        |error| format!("unknown: {error}"),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}
