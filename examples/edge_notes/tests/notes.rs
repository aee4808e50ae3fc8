//! What the application counts on: of its schema, and of what its migrations do on local D1.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod notes {
    mod cascade;
    mod constraints;
    mod d1;
    mod down;
    mod indexes;
    mod moments;
    mod push;
    mod questions;
    mod readme;
    mod relations;
    mod rows;
    mod stages;
    mod wrangler;

    use edge_notes::SCHEMA;
    use std::fs;
    use std::path::{Path, PathBuf};
    use tablature::Connection;

    /// An empty folder.
    fn folder(name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    /// A database as the structs say it, with the rows of all stages.
    fn filled() -> Connection {
        let mut db = Connection::open_in_memory().unwrap();
        stages::up_to(&mut db, SCHEMA.migrations().len());
        db
    }
}
