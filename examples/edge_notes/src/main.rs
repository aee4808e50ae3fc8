//! The tour: `cargo run -p edge_notes`, or with a folder in which its databases stay.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs, io, process};

fn main() -> Result<(), Box<dyn Error>> {
    let out = &mut io::stdout().lock();
    if let Some(folder) = env::args_os().nth(1).map(PathBuf::from) {
        fs::create_dir_all(&folder)?;
        return edge_notes::tour::run(out, &folder);
    }
    let folder = env::temp_dir().join(format!("edge_notes-{}", process::id()));
    fs::create_dir_all(&folder)?;
    let toured = edge_notes::tour::run(out, &folder);
    fs::remove_dir_all(&folder)?;
    toured
}
