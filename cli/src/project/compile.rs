use super::package::{Package, cargo};
use crate::arguments::PackageArguments;
use crate::failure::Failure;
use crate::terminal::waiting;
use serde::Deserialize;
use std::path::Path;
use std::process::ExitStatus;
use tablature::migrations::dump::{self, Dump, DumpError};

/// A line of cargo's report. See <https://doc.rust-lang.org/cargo/reference/external-tools.html#json-messages>.
#[derive(Deserialize)]
struct Line {
    reason: String,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(rename = "message")]
    text: String,
    code: Option<Code>,
    level: String,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

impl Message {
    /// Whether the structs may not be what they say: a file that is no Rust, a derive or `schema!` that has refused
    /// something. Other errors are the program's own, which often waits for the migration.
    fn spoils(&self) -> bool {
        let code = self.code.as_ref().map(|it| it.code.as_str());
        let counts_others = self.text.starts_with("aborting due to");
        matches!(code, None | Some("E0080")) && !counts_others
    }
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
    let waiting = waiting(&format!("compiling `{}`", package.name));
    let output = command
        .output()
        .map_err(|error| Failure::Error(format!("cannot run cargo: {error}")))?;
    drop(waiting);
    let mut dumps: Vec<Dump> = Vec::new();
    let (mut errors, mut spoiled) = (Vec::new(), false);
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(line) = serde_json::from_str::<Line>(line) else {
            continue;
        };
        let Some(message) = line.message.filter(|_| line.reason == "compiler-message") else {
            continue;
        };
        match dump::read(&message.text) {
            Ok(dump) if dumps.iter().all(|it| it.schema != dump.schema) => dumps.push(dump),
            Err(DumpError::NoFrame) if message.level == "error" => {
                spoiled |= message.spoils();
                errors.extend(message.rendered);
            }
            Ok(_) | Err(DumpError::NoFrame) => {}
            Err(error) => return Err(Failure::error(error)),
        }
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    if spoiled || dumps.is_empty() {
        return Err(none(package, &errors, &stderr, output.status));
    }
    let names: Vec<String> = dumps.iter().map(|it| it.schema.clone()).collect();
    apart(&dumps)?;
    if let Some(wanted) = &arguments.schema {
        dumps.retain(|it| it.schema == *wanted);
    }
    match (dumps.pop(), dumps.len()) {
        (Some(dump), 0) => Ok(dump),
        (None, _) => Err(Failure::Refused(format!(
            "`{}` has no schema `{}`; choose one with `--schema`: {}",
            package.name,
            arguments.schema.as_deref().unwrap_or_default(),
            names.join(", ")
        ))),
        _ => Err(Failure::Refused(format!(
            "`{}` has several schemas; choose one with `--schema`: {}",
            package.name,
            names.join(", ")
        ))),
    }
}

fn none(package: &Package, errors: &[String], stderr: &str, status: ExitStatus) -> Failure {
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
    match (stderr.trim(), status.success()) {
        ("", true) => Failure::Error(format!(
            "`{}` has no schema with migrations; `cargo tablature init` says what to write",
            package.name
        )),
        ("", false) => Failure::Error(format!(
            "cargo could not check `{}`, and does not say why ({status}); run `cargo check`",
            package.name
        )),
        (why, _) => Failure::error(why),
    }
}

/// `schema.sql` stands beside the folder of migrations: two schemas with sibling folders would write over each other's.
fn apart(dumps: &[Dump]) -> Result<(), Failure> {
    let place = |dump: &Dump| Path::new(&dump.migrations).with_file_name("schema.sql");
    for (at, dump) in dumps.iter().enumerate() {
        if let Some(other) = dumps[..at].iter().find(|it| place(it) == place(dump)) {
            return Err(Failure::Refused(format!(
                "`{}` and `{}` would share `{}`; give each a folder of its own, as `{}/migrations` and `{}/migrations`",
                other.schema,
                dump.schema,
                place(dump).display(),
                other.schema.to_lowercase(),
                dump.schema.to_lowercase()
            )));
        }
    }
    Ok(())
}
