//! The tour: `cargo run -p image_stats`, or with a folder in which its database stays.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs, io, process};

fn main() -> Result<(), Box<dyn Error>> {
    let out = &mut io::stdout().lock();
    if let Some(folder) = env::args_os().nth(1).map(PathBuf::from) {
        fs::create_dir_all(&folder)?;
        return image_stats::tour::run(out, &folder);
    }
    let folder = env::temp_dir().join(format!("image_stats-{}", process::id()));
    fs::create_dir_all(&folder)?;
    let toured = image_stats::tour::run(out, &folder);
    fs::remove_dir_all(&folder)?;
    toured
}
