//! The rules of the house, as far as a program can see them.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty());
    found
}

/// What a struct says has no dialect: the day a second one moves in, it finds this room as it is.
#[test]
fn declare_knows_no_dialect() {
    for (path, text) in sources("runtime/src/declare").into_iter().chain([(
        "declare.rs".into(),
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src/declare.rs"))
            .unwrap(),
    )]) {
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap();
            assert!(
                !code.to_lowercase().contains("sqlite"),
                "{}:{}: {line}",
                path.display(),
                number + 1
            );
        }
    }
}

/// Nor do migrations: files, checksums, what is recorded. The word that `#[schema(…)]` has for a version is the dump's.
#[test]
fn migrations_know_no_dialect() {
    for (path, text) in sources("runtime/src/migrations") {
        if path.iter().any(|part| part == "dump" || part == "dump.rs") {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap().to_lowercase();
            // The name of a tool is no dialect.
            let code = code
                .replace("rusqlite_migration", "")
                .replace("rusqlitemigration", "");
            let place = format!("{}:{}: {line}", path.display(), number + 1);
            assert!(!code.contains("sqlite"), "{place}");
        }
    }
}

/// What a database has, what differs and what is planned are data; the dialect makes them.
#[test]
fn schema_diff_and_plan_know_no_dialect() {
    for room in ["schema", "diff", "plan"] {
        let file = format!("runtime/src/{room}.rs");
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file)).unwrap();
        let folder = sources(&format!("runtime/src/{room}"));
        for (path, text) in folder.into_iter().chain([(file.into(), text)]) {
            for (number, line) in text.lines().enumerate() {
                let code = line.split("//").next().unwrap();
                let place = format!("{}:{}: {line}", path.display(), number + 1);
                assert!(!code.to_lowercase().contains("sqlite"), "{place}");
            }
        }
    }
}

/// The macros emit data; there is one writer of SQL. The room of `sql!` asks SQLite, and keeps what it knows to itself.
#[test]
fn the_macros_write_no_sql() {
    let is_checked = |path: &Path| {
        let mut parts = path.iter();
        parts.any(|part| part == "checked" || part == "checked.rs")
    };
    let mut checked = 0;
    for (path, text) in sources("macros/src") {
        if is_checked(&path) {
            checked += 1;
            continue;
        }
        let names = text.matches("checked::").count();
        let only_lib = usize::from(path.ends_with("macros/src/lib.rs"));
        assert_eq!(names, only_lib, "{} names `checked`", path.display());
        // The name of a tool is no call.
        let text = text.replace("rusqlite_migration", "");
        assert!(!text.contains("rusqlite"), "{}", path.display());
    }
    assert!(checked > 0);
    for (path, text) in sources("macros/src/expand") {
        for keyword in ["CREATE ", "INSERT INTO", "SELECT ", "UPDATE ", "NOT NULL"] {
            assert!(!text.contains(keyword), "{}: {keyword}", path.display());
        }
    }
}

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    for folder in ["macros/src", "runtime/src", "cli/src"] {
        for (path, text) in sources(folder) {
            let lines = text.lines().count();
            assert!(lines <= 400, "{}: {lines} lines", path.display());
        }
    }
}

/// Only `schema!` and `sql!` ask cargo where the crate is whose migrations they embed, and `sql!` whether to wait for them.
#[test]
fn the_library_does_not_print() {
    for folder in ["macros/src", "runtime/src"] {
        for (path, text) in sources(folder) {
            // A test may have a folder of its own.
            if path.ends_with("tests.rs") || path.iter().any(|it| it == "tests") {
                continue;
            }
            let code = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            assert!(
                !code.into_iter().any(|line| line.contains("println!")
                    || (line.contains("std::env")
                        && !path.ends_with("macros/src/folder.rs")
                        && !path.ends_with("macros/src/checked.rs"))),
                "{}",
                path.display()
            );
        }
    }
}
