//! What the four programs share: each migrates when it is told to, and says what that took. They cannot be one program,
//! since each links its own SQLite.

use std::fs;
use std::io::{BufRead as _, Write as _, stdin, stdout};
use std::time::{Duration, Instant};

/// A line is a work, settings and a path; the answer is wall time and CPU time in nanoseconds.
pub(crate) fn answer(mut run: impl FnMut(&str, &str, &str)) {
    for line in stdin().lock().lines() {
        let line = line.unwrap();
        let words: Vec<&str> = line.splitn(3, ' ').collect();
        let [work, settings, path] = words[..] else {
            panic!("a work, settings and a path, not `{line}`");
        };
        let (wall, cpu) = (Instant::now(), process_time());
        run(work, settings, path);
        let (wall, cpu) = (wall.elapsed(), process_time() - cpu);
        println!("{} {}", wall.as_nanos(), cpu.as_nanos());
        stdout().flush().unwrap();
    }
}

/// The files, in the order of their numbers: stem and text.
#[allow(dead_code, reason = "one of the programs has them embedded")]
pub(crate) fn files() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tablature/migrations");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| {
            let path = entry.unwrap().path();
            let stem = path.file_name()?.to_str()?.strip_suffix(".up.sql")?;
            Some((stem.to_owned(), fs::read_to_string(&path).unwrap()))
        })
        .collect();
    files.sort();
    files
}

/// Of all threads: sqlx has one for each connection.
fn process_time() -> Duration {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the pointer is to a local variable.
    unsafe {
        libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time);
    }
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}
