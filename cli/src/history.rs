use std::path::Path;
use std::process::Command;

/// The main branch, if a file is on it: git's, or that of jj, which keeps its commits in git.
pub(crate) fn is_on_main(path: &Path) -> Option<&'static str> {
    ["main", "master", "origin/main", "origin/master"]
        .into_iter()
        .find(|branch| text_on(path, branch).is_some())
}

/// The text of a file on a branch; none where there is no such file, branch, or repository.
pub(crate) fn text_on(path: &Path, branch: &str) -> Option<String> {
    let folder = path.parent()?;
    let file = path.file_name()?.to_str()?;
    let output = git(folder, &["show", &format!("{branch}:./{file}")])?;
    Some(output)
}

/// The names of the files of a folder on a branch; none where there is no such branch or repository.
pub(crate) fn names_on(folder: &Path, branch: &str) -> Option<Vec<String>> {
    let output = git(folder, &["ls-tree", "--name-only", branch, "./"])?;
    Some(output.lines().map(str::to_owned).collect())
}

fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
