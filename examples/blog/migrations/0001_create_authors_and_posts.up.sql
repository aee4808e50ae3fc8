-- table `authors` is new
-- table `posts` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

CREATE TABLE authors (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL COLLATE nocase,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  author_id INTEGER NOT NULL CONSTRAINT author_id_fkey REFERENCES authors (id) ON DELETE CASCADE,
  slug TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'draft' CONSTRAINT status_values CHECK (status IN ('draft', 'published')),
  tags TEXT NOT NULL CONSTRAINT tags_json CHECK (tags IS NULL OR json_valid(tags)),
  published_at TEXT,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  CONSTRAINT title_not_empty CHECK (length(title) > 0)
) STRICT;

CREATE UNIQUE INDEX authors_email_key ON authors (email);
CREATE UNIQUE INDEX posts_author_id_slug_key ON posts (author_id, slug);
CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at DESC);

CREATE VIRTUAL TABLE posts_fts USING fts5(
  title,
  body,
  content = 'posts',
  content_rowid = 'id',
  tokenize = 'porter unicode61'
);

CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN
  INSERT INTO posts_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
END;

CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN
  INSERT INTO posts_fts (posts_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
END;

CREATE TRIGGER posts_fts_update AFTER UPDATE OF title, body, id, rowid, oid, _rowid_ ON posts BEGIN
  INSERT INTO posts_fts (posts_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
  INSERT INTO posts_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
END;

CREATE TRIGGER posts_created_at_immutable BEFORE UPDATE OF created_at ON posts
WHEN new.created_at IS NOT old.created_at COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'posts.created_at is immutable');
END;

CREATE TRIGGER posts_updated_at_touch AFTER UPDATE ON posts
WHEN new.updated_at IS old.updated_at BEGIN
  UPDATE posts SET updated_at = strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now') WHERE id = new.id AND updated_at IS NOT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'));
END;
