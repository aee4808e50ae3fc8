-- The schema after the last migration, written by `cargo tablature generate`.
-- tablature schema 1

-- table posts
CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL
) STRICT;
