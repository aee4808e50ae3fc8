-- `movies.year` becomes `released_on`
-- `movies.released_on` changes its type from INTEGER to TEXT
-- `movies.released_on` becomes nullable
-- `movies` loses its CHECK `year_in_range` (released_on BETWEEN 1880 AND 2200)
-- index `movies_released_on_idx` is new
-- index `movies_year_idx` is gone
-- Runs in one transaction, with foreign keys on.
-- tablature: rename movies.year=released_on
-- tablature: using movies.released_on=year || '-01-01'

ALTER TABLE movies RENAME COLUMN year TO released_on;

-- check foreign keys at the end
PRAGMA defer_foreign_keys = ON;

-- triggers of `movies` must not fire, and come back at the end
DROP TRIGGER movies_fts_insert;
DROP TRIGGER movies_fts_delete;
DROP TRIGGER movies_fts_update;
DROP TRIGGER movies_added_at_immutable;
DROP TRIGGER movies_updated_at_touch;

-- triggers of `downloads` must not fire, and come back at the end
DROP TRIGGER downloads_created_at_immutable;
DROP TRIGGER downloads_updated_at_touch;

-- rebuild `movies`: `released_on` changes its type from INTEGER to TEXT
PRAGMA legacy_alter_table = ON;
ALTER TABLE movies RENAME TO movies__old;

-- rebuild `downloads`: it refers to `movies`
ALTER TABLE downloads RENAME TO downloads__old;
PRAGMA legacy_alter_table = OFF;

-- rebuild `movies`
CREATE TABLE movies (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  overview TEXT NOT NULL DEFAULT '',
  released_on TEXT,
  genres TEXT NOT NULL CONSTRAINT genres_json CHECK (genres IS NULL OR json_valid(genres)),
  added_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  CONSTRAINT title_not_empty CHECK (length(title) > 0)
) STRICT;

-- rebuild `downloads`
CREATE TABLE downloads (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL CONSTRAINT user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
  movie_id INTEGER CONSTRAINT movie_id_fkey REFERENCES movies (id) ON DELETE CASCADE,
  episode_id INTEGER CONSTRAINT episode_id_fkey REFERENCES episodes (id) ON DELETE CASCADE,
  album_id INTEGER CONSTRAINT album_id_fkey REFERENCES albums (id) ON DELETE CASCADE,
  status TEXT NOT NULL DEFAULT 'queued' CONSTRAINT status_values CHECK (status IN ('queued', 'running', 'done', 'failed')),
  received INTEGER NOT NULL DEFAULT 0 CONSTRAINT received_counts CHECK (received >= 0),
  size INTEGER NOT NULL,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  CONSTRAINT one_item CHECK ((movie_id IS NOT NULL) + (episode_id IS NOT NULL) + (album_id IS NOT NULL) = 1),
  CONSTRAINT progress CHECK (received <= size)
) STRICT;

-- rebuild `movies`
INSERT INTO movies (id, title, overview, released_on, genres, added_at, updated_at) SELECT id, title, overview, released_on || '-01-01', genres, added_at, updated_at FROM movies__old AS movies;

-- rebuild `downloads`
INSERT INTO downloads (id, user_id, movie_id, episode_id, album_id, status, received, size, created_at, updated_at) SELECT id, user_id, movie_id, episode_id, album_id, status, received, size, created_at, updated_at FROM downloads__old;
DELETE FROM sqlite_sequence WHERE name = 'downloads';
INSERT INTO sqlite_sequence (name, seq) SELECT 'downloads', seq FROM sqlite_sequence WHERE name = 'downloads__old';
DROP TABLE downloads__old;

-- rebuild `movies`
DROP TABLE movies__old;

CREATE INDEX movies_released_on_idx ON movies (released_on);
CREATE INDEX movies_added_at_idx ON movies (added_at);
CREATE INDEX downloads_queue ON downloads (id) WHERE status = 'queued';
CREATE INDEX downloads_user_id_idx ON downloads (user_id);
CREATE INDEX downloads_movie_id_idx ON downloads (movie_id);
CREATE INDEX downloads_episode_id_idx ON downloads (episode_id);
CREATE INDEX downloads_album_id_idx ON downloads (album_id);

CREATE TRIGGER movies_fts_insert AFTER INSERT ON movies BEGIN
  INSERT INTO movies_fts (rowid, title, overview) VALUES (new.id, new.title, new.overview);
END;

CREATE TRIGGER movies_fts_delete AFTER DELETE ON movies BEGIN
  INSERT INTO movies_fts (movies_fts, rowid, title, overview) VALUES ('delete', old.id, old.title, old.overview);
END;

CREATE TRIGGER movies_fts_update AFTER UPDATE OF title, overview, id, rowid, oid, _rowid_ ON movies BEGIN
  INSERT INTO movies_fts (movies_fts, rowid, title, overview) VALUES ('delete', old.id, old.title, old.overview);
  INSERT INTO movies_fts (rowid, title, overview) VALUES (new.id, new.title, new.overview);
END;

CREATE TRIGGER movies_added_at_immutable BEFORE UPDATE OF added_at ON movies
WHEN new.added_at IS NOT old.added_at COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'movies.added_at is immutable');
END;

CREATE TRIGGER movies_updated_at_touch AFTER UPDATE ON movies
WHEN new.updated_at IS old.updated_at BEGIN
  UPDATE movies SET updated_at = strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now') WHERE id = new.id AND updated_at IS NOT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'));
END;

CREATE TRIGGER downloads_created_at_immutable BEFORE UPDATE OF created_at ON downloads
WHEN new.created_at IS NOT old.created_at COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'downloads.created_at is immutable');
END;

CREATE TRIGGER downloads_updated_at_touch AFTER UPDATE ON downloads
WHEN new.updated_at IS old.updated_at BEGIN
  UPDATE downloads SET updated_at = strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now') WHERE id = new.id AND updated_at IS NOT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'));
END;
