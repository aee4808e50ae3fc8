//! What the compiler says of mistakes: one rule a file, with the text that it is to say beside it.
//!
//! The texts are blessed, never written: `TRYBUILD=overwrite cargo test --test ui`.

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
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
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
