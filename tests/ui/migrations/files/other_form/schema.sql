-- The schema after the last migration, written by `cargo tablature generate`.
-- tablature schema 2
-- migration 0001_create_posts 758ec83feef04cce

-- table posts
CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL
) STRICT;
