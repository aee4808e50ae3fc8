-- The schema after the last migration, written by `cargo tablature generate`.
-- tablature schema 1
-- migration 0001_create_posts 758ec83feef04cce
-- migration 1_create_tags d139c4f1a559c07a

-- table posts
CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL
) STRICT;
