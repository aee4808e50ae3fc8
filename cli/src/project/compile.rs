use super::package::{Package, cargo};
use crate::arguments::PackageArguments;
use crate::failure::Failure;
use serde::Deserialize;
use tablature::migrations::dump::{self, Dump, DumpError};

/// A line of cargo's report. See <https://doc.rust-lang.org/cargo/reference/external-tools.html#json-messages>.
#[derive(Deserialize)]
struct Line {
    reason: String,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    message: String,
    level: String,
    rendered: Option<String>,
}

/// Compiles the crate so that it tells its schema, and nothing else.
pub(super) fn dump(package: &Package, arguments: &PackageArguments) -> Result<Dump, Failure> {
    let mut command = cargo();
    command.args([
        "check",
        "--quiet",
        "--message-format=json",
        "--manifest-path",
    ]);
    command
        .arg(&package.manifest)
        .args(["--package", &package.name]);
    command.env("TABLATURE_DUMP", &package.name);
    for features in &arguments.features {
        command.args(["--features", features]);
    }
    for (flag, set) in [
        ("--all-features", arguments.all_features),
        ("--no-default-features", arguments.no_default_features),
        ("--offline", arguments.offline),
    ] {
        if set {
            command.arg(flag);
        }
    }
    let output = command
        .output()
        .map_err(|error| Failure::Error(format!("cannot run cargo: {error}")))?;
    let mut dumps: Vec<Dump> = Vec::new();
    let mut errors = Vec::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(line) = serde_json::from_str::<Line>(line) else {
            continue;
        };
        let Some(message) = line.message.filter(|_| line.reason == "compiler-message") else {
            continue;
        };
        match dump::read(&message.message) {
            Ok(dump) if dumps.iter().all(|it| it.schema != dump.schema) => dumps.push(dump),
            Ok(_) => {}
            Err(DumpError::NoFrame) if message.level == "error" => errors.extend(message.rendered),
            Err(DumpError::NoFrame) => {}
            Err(error) => return Err(Failure::error(error)),
        }
    }
    if let Some(wanted) = &arguments.schema {
        dumps.retain(|it| it.schema == *wanted);
    }
    match dumps.len() {
        1 => Ok(dumps.remove(0)),
        0 => Err(none(
            package,
            arguments,
            &errors,
            &String::from_utf8_lossy(&output.stderr),
        )),
        _ => {
            let names: Vec<&str> = dumps.iter().map(|it| it.schema.as_str()).collect();
            Err(Failure::Refused(format!(
                "`{}` has several schemas; choose one with `--schema`: {}",
                package.name,
                names.join(", ")
            )))
        }
    }
}

fn none(
    package: &Package,
    arguments: &PackageArguments,
    errors: &[String],
    stderr: &str,
) -> Failure {
    // The last of rustc's errors only count the others.
    let errors: Vec<&str> = errors
        .iter()
        .map(|it| it.trim())
        .filter(|it| !it.starts_with("error: aborting"))
        .collect();
    if !errors.is_empty() {
        return Failure::Error(format!(
            "`{}` does not compile, so its schema cannot be read:\n{}",
            package.name,
            errors.join("\n")
        ));
    }
    let wanted = arguments
        .schema
        .as_ref()
        .map(|it| format!(" called `{it}`"))
        .unwrap_or_default();
    if stderr.trim().is_empty() {
        Failure::Error(format!(
            "`{}` has no schema{wanted} with migrations; write `#[schema(migrations = \"migrations\")]` in its `schema!`",
            package.name
        ))
    } else {
        Failure::Error(stderr.trim().to_owned())
    }
}
