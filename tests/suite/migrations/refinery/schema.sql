-- The schema after the last migration, written by `cargo tablature generate`.
-- tablature schema 1
-- migration V001__create_authors_and_posts dc297e9d2322afd9
-- migration V002__add_author_to_posts 7f626dd3604f48e9

-- table authors
CREATE TABLE authors (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;

-- table posts
CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  author INTEGER CONSTRAINT author_fkey REFERENCES authors (id)
) STRICT;

CREATE INDEX posts_author_idx ON posts (author);
