use crate::arguments::PackageArguments;
use crate::failure::Failure;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The package whose schema is meant.
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) manifest: PathBuf,
    pub(crate) folder: PathBuf,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<MetadataPackage>,
}

#[derive(Deserialize)]
struct MetadataPackage {
    name: String,
    manifest_path: PathBuf,
}

impl Package {
    /// The one that is named, or in whose folder we are.
    pub(crate) fn find(arguments: &PackageArguments) -> Result<Self, Failure> {
        let packages = metadata(arguments)?.packages;
        let here = std::env::current_dir().map_err(Failure::error)?;
        let manifest = arguments
            .manifest_path
            .as_ref()
            .and_then(|it| it.canonicalize().ok());
        let is_meant = |package: &&MetadataPackage| match (&arguments.package, &manifest) {
            (Some(name), _) => package.name == *name,
            (None, Some(manifest)) => package
                .manifest_path
                .canonicalize()
                .is_ok_and(|it| it == *manifest),
            (None, None) => {
                let folder = package.manifest_path.parent().unwrap_or(Path::new(""));
                here.starts_with(folder.canonicalize().as_deref().unwrap_or(folder))
            }
        };
        // Of nested packages, the innermost.
        let mut meant: Vec<_> = packages.iter().filter(is_meant).collect();
        meant.sort_by_key(|it| it.manifest_path.as_os_str().len());
        let found = match (meant.last(), packages.as_slice()) {
            (Some(found), _) => *found,
            (None, [only]) if arguments.package.is_none() => only,
            _ => {
                let names: Vec<&str> = packages.iter().map(|it| it.name.as_str()).collect();
                let asked = arguments.package.as_ref().map_or_else(
                    || "which package is meant".to_owned(),
                    |name| format!("there is no package `{name}`"),
                );
                return Err(Failure::Refused(format!(
                    "{asked}; choose one with `-p`: {}",
                    names.join(", ")
                )));
            }
        };
        Ok(Self {
            name: found.name.clone(),
            folder: found
                .manifest_path
                .parent()
                .unwrap_or(Path::new(""))
                .to_owned(),
            manifest: found.manifest_path.clone(),
        })
    }
}

fn metadata(arguments: &PackageArguments) -> Result<Metadata, Failure> {
    let mut command = cargo();
    command.args(["metadata", "--no-deps", "--format-version", "1"]);
    if let Some(manifest) = &arguments.manifest_path {
        command.arg("--manifest-path").arg(manifest);
    }
    let output = command
        .output()
        .map_err(|error| Failure::Error(format!("cannot run cargo: {error}")))?;
    if !output.status.success() {
        return Err(Failure::Error(
            String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        ));
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|error| Failure::Error(format!("cargo metadata: {error}")))
}

/// The cargo that has called us, if one has.
pub(super) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
