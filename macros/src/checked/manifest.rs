//! Where the migrations are: in `migrations`, unless `Cargo.toml` says otherwise.

/// The folder, and who runs the migrations.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Settings {
    pub(super) folder: String,
    pub(super) runner: String,
}

const HEAD: &str = "[package.metadata.tablature]";

/// Reads one table of two texts. What is written otherwise is not guessed at.
pub(super) fn settings(manifest: &str) -> Result<Settings, String> {
    let mut settings = Settings {
        folder: "migrations".to_owned(),
        runner: "tablature".to_owned(),
    };
    let (mut inside, mut table) = (false, "");
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        if line.starts_with('[') {
            inside = head(line);
            table = line;
        }
        if line.starts_with('[') || !inside {
            if !inside && is_meant(table, line) {
                return Err(format!(
                    "`Cargo.toml` says `{line}`; write a table of its own: `{HEAD}`"
                ));
            }
            continue;
        }
        match entry(line) {
            Some(("migrations", value)) => value.clone_into(&mut settings.folder),
            Some(("runner", value)) => value.clone_into(&mut settings.runner),
            _ => {
                return Err(format!(
                    "`{HEAD}` of `Cargo.toml` says `{line}`; expected `migrations = \"migrations\"` or `runner = \"refinery\"`"
                ));
            }
        }
    }
    Ok(settings)
}

/// Whether a line says in another form what stands in a table of its own.
fn is_meant(table: &str, line: &str) -> bool {
    let (key, value) = line.split_once('=').unwrap_or(("", ""));
    let path: String = format!("{}.{key}", table.split('#').next().unwrap_or_default())
        .chars()
        .filter(|it| !"[]\"' ".contains(*it))
        .collect();
    match path.strip_prefix("package.metadata") {
        Some("") => value.contains("tablature"),
        Some(rest) => rest.split('.').nth(1) == Some("tablature"),
        None => false,
    }
}

fn head(line: &str) -> bool {
    line.strip_prefix(HEAD)
        .is_some_and(|rest| rest.trim().is_empty() || rest.trim().starts_with('#'))
}

/// `key = "value"`, and perhaps a comment.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, rest) = line.split_once('=')?;
    let (value, rest) = rest.trim().strip_prefix('"')?.split_once('"')?;
    let ends = rest.trim().is_empty() || rest.trim().starts_with('#');
    (ends && !value.contains('\\')).then_some((key.trim(), value))
}

#[cfg(test)]
mod tests {
    use super::settings;

    fn check(manifest: &str, expect: Result<(&str, &str), &str>) {
        let found = settings(manifest);
        let found = found.as_ref();
        let found = found.map(|it| (it.folder.as_str(), it.runner.as_str()));
        assert_eq!(found.map_err(String::as_str), expect, "{manifest}");
    }

    #[test]
    fn what_is_not_said_is_as_usual() {
        check("", Ok(("migrations", "tablature")));
        check(
            "[package]\nname = \"tablature\"\n[package.metadata.docs.rs]\n",
            Ok(("migrations", "tablature")),
        );
        check(
            "[package]\ndescription = \"Metadata of a tablature\"\nmetadata.docs.rs.all-features = true\n[dependencies]\ntablature-metadata = \"1\"\n[package.metadata.tablatures]\n",
            Ok(("migrations", "tablature")),
        );
    }

    #[test]
    fn a_table_says_folder_and_runner() {
        check(
            "[package.metadata.tablature] # here\n# why\nmigrations = \"db/up\" # so\n\nrunner=\"refinery\"\n[lints]\nworkspace = true\n",
            Ok(("db/up", "refinery")),
        );
    }

    #[test]
    fn another_form_is_not_guessed_at() {
        check(
            "[package]\nmetadata.tablature.migrations = \"db\"\n",
            Err(
                "`Cargo.toml` says `metadata.tablature.migrations = \"db\"`; write a table of its own: `[package.metadata.tablature]`",
            ),
        );
        for (table, line) in [
            (
                "package",
                "metadata = { tablature = { migrations = \"db\" } }",
            ),
            ("package.metadata", "tablature = { migrations = \"db\" }"),
            ("package.metadata", "tablature.migrations = \"db\""),
            ("package", "[package.metadata.\"tablature\"]"),
        ] {
            let expect = format!(
                "`Cargo.toml` says `{line}`; write a table of its own: `[package.metadata.tablature]`"
            );
            check(&format!("[{table}]\n{line}\n"), Err(&expect));
        }
        check(
            "[package.metadata.tablature]\nfolder = \"db\"\n",
            Err(
                "`[package.metadata.tablature]` of `Cargo.toml` says `folder = \"db\"`; expected `migrations = \"migrations\"` or `runner = \"refinery\"`",
            ),
        );
    }
}
