-- The schema after the last migration, written by `cargo tablature generate`.
-- tablature schema 1
-- migration 0001_create_posts 758ec83feef04cce
-- migration 0002_add_subtitle_to_posts 1b9398209bf64d3b

-- table posts
CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  subtitle TEXT
) STRICT;
