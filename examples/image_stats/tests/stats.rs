//! What users of the application count on.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stats {
    mod backups;
    mod concurrent;
    mod hostile;
    mod indexes;
    mod jobs;
    mod readme;
    mod retention;
    mod settings;
    mod versions;

    use image_stats::jobs::NewJob;
    use image_stats::{STATS, sample};
    use std::fs;
    use std::path::{Path, PathBuf};
    use tablature::{Connection, Insert};

    /// An empty folder.
    fn folder(name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    /// A database with some images and their jobs.
    fn with_jobs(files: u32, jobs: u32) -> Connection {
        let db = STATS.open_in_memory().unwrap();
        let files = sample::files(&db, "photos/", files).unwrap();
        NewJob::insert_all(&db, sample::jobs(&files, jobs)).unwrap();
        db
    }
}
