CREATE TABLE authors (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL
) STRICT;

CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  author INTEGER NOT NULL REFERENCES authors (id),
  slug TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'draft',
  published_at TEXT
) STRICT;

CREATE UNIQUE INDEX posts_author_slug_key ON posts (author, slug);
