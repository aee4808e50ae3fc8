-- The schema after the last migration, written by `cargo tablature generate`.
-- tablature schema 1
-- migration 0001_create_posts 758ec83feef04cce

-- table posts
CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL
) STRICT;

-- table tags
CREATE TABLE tags (
  id INTEGER PRIMARY KEY
) STRICT;
