-- table `artists` is new
-- table `albums` is new
-- Runs in one transaction, with foreign keys on.

CREATE TABLE artists (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE nocase
) STRICT;

CREATE TABLE albums (
  id INTEGER PRIMARY KEY,
  artist_id INTEGER NOT NULL CONSTRAINT artist_id_fkey REFERENCES artists (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  overview TEXT NOT NULL DEFAULT '',
  released_on TEXT,
  genres TEXT NOT NULL CONSTRAINT genres_json CHECK (genres IS NULL OR json_valid(genres)),
  added_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  CONSTRAINT title_not_empty CHECK (length(title) > 0)
) STRICT;

CREATE UNIQUE INDEX artists_name_key ON artists (name);
CREATE UNIQUE INDEX albums_artist_id_title_key ON albums (artist_id, title);
CREATE INDEX albums_added_at_idx ON albums (added_at);

CREATE VIRTUAL TABLE albums_fts USING fts5(
  title,
  overview,
  content = 'albums',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER albums_fts_insert AFTER INSERT ON albums BEGIN
  INSERT INTO albums_fts (rowid, title, overview) VALUES (new.id, new.title, new.overview);
END;

CREATE TRIGGER albums_fts_delete AFTER DELETE ON albums BEGIN
  INSERT INTO albums_fts (albums_fts, rowid, title, overview) VALUES ('delete', old.id, old.title, old.overview);
END;

CREATE TRIGGER albums_fts_update AFTER UPDATE OF title, overview, id, rowid, oid, _rowid_ ON albums BEGIN
  INSERT INTO albums_fts (albums_fts, rowid, title, overview) VALUES ('delete', old.id, old.title, old.overview);
  INSERT INTO albums_fts (rowid, title, overview) VALUES (new.id, new.title, new.overview);
END;

CREATE TRIGGER albums_added_at_immutable BEFORE UPDATE OF added_at ON albums
WHEN new.added_at IS NOT old.added_at COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'albums.added_at is immutable');
END;

CREATE TRIGGER albums_updated_at_touch AFTER UPDATE ON albums
WHEN new.updated_at IS old.updated_at BEGIN
  UPDATE albums SET updated_at = strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now') WHERE id = new.id AND updated_at IS NOT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'));
END;
