//! The rebuild of <https://www.sqlite.org/lang_altertable.html#otheralter>, in a file of the runner.

use super::story::Files;

/// In the place of our migration: `posts.views` becomes REAL.
pub(crate) fn instead_of(files: &Files) -> Files {
    Files {
        up: TEXTBOOK.to_owned(),
        ..files.clone()
    }
}

const TEXTBOOK: &str = "\
PRAGMA foreign_keys = OFF;
CREATE TABLE posts_new (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  author_id INTEGER NOT NULL CONSTRAINT author_id_fkey REFERENCES authors (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  subtitle TEXT,
  body TEXT NOT NULL,
  views REAL NOT NULL DEFAULT 0.0
) STRICT;
INSERT INTO posts_new SELECT id, author_id, title, subtitle, body, views FROM posts;
DROP TABLE posts;
ALTER TABLE posts_new RENAME TO posts;
PRAGMA foreign_keys = ON;
";
