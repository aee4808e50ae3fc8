-- The schema after the last migration, written by `cargo tablature generate`.
-- tablature schema 1
-- migration 0001_create_note d19341fff433f6d4

-- table note
CREATE TABLE note (
  id INTEGER PRIMARY KEY
) STRICT;
