-- The schema after the last migration, written by `cargo tablature generate`.
-- tablature schema 1
-- migration V001__initial b8a99c646ebe606d
-- migration V002__add_music_tables f3646a899630a8af
-- migration V003__add_downloads 5c50ca0465bc588d
-- migration V004__date_movies d2419df7de12040f
-- migration V005__classify_movies_and_index_prefixes ce3fda0d1fa9137a

-- table users
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL COLLATE nocase,
  name TEXT NOT NULL,
  role TEXT NOT NULL DEFAULT 'guest' CONSTRAINT role_values CHECK (role IN ('guest', 'member', 'admin')),
  active INTEGER NOT NULL DEFAULT 1 CONSTRAINT active_values CHECK (active IN (0, 1)),
  preferences TEXT NOT NULL DEFAULT ('{}') CONSTRAINT preferences_json CHECK (preferences IS NULL OR json_valid(preferences)),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'))
) STRICT;

CREATE UNIQUE INDEX users_email_key ON users (email);

CREATE TRIGGER users_created_at_immutable BEFORE UPDATE OF created_at ON users
WHEN new.created_at IS NOT old.created_at COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'users.created_at is immutable');
END;

CREATE TRIGGER users_updated_at_touch AFTER UPDATE ON users
WHEN new.updated_at IS old.updated_at BEGIN
  UPDATE users SET updated_at = strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now') WHERE id = new.id AND updated_at IS NOT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'));
END;

-- table sessions
CREATE TABLE sessions (
  token BLOB NOT NULL PRIMARY KEY CONSTRAINT token_length CHECK (length(token) = 16),
  user_id INTEGER NOT NULL CONSTRAINT user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
  expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_expires_at_idx ON sessions (expires_at);
CREATE INDEX sessions_user_id_idx ON sessions (user_id);

-- table movies
CREATE TABLE movies (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  overview TEXT NOT NULL DEFAULT '',
  released_on TEXT,
  classification TEXT CONSTRAINT classification_values CHECK (classification IN ('all', 'teens', 'adults')),
  genres TEXT NOT NULL CONSTRAINT genres_json CHECK (genres IS NULL OR json_valid(genres)),
  added_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  CONSTRAINT title_not_empty CHECK (length(title) > 0)
) STRICT;

CREATE INDEX movies_released_on_idx ON movies (released_on);
CREATE INDEX movies_added_at_idx ON movies (added_at);

CREATE VIRTUAL TABLE movies_fts USING fts5(
  title,
  overview,
  content = 'movies',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);

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

-- table shows
CREATE TABLE shows (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  overview TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL DEFAULT 'running' CONSTRAINT status_values CHECK (status IN ('running', 'ended', 'cancelled')),
  genres TEXT NOT NULL CONSTRAINT genres_json CHECK (genres IS NULL OR json_valid(genres)),
  added_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  CONSTRAINT title_not_empty CHECK (length(title) > 0)
) STRICT;

CREATE INDEX shows_added_at_idx ON shows (added_at);

CREATE VIRTUAL TABLE shows_fts USING fts5(
  title,
  overview,
  content = 'shows',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);

CREATE TRIGGER shows_fts_insert AFTER INSERT ON shows BEGIN
  INSERT INTO shows_fts (rowid, title, overview) VALUES (new.id, new.title, new.overview);
END;

CREATE TRIGGER shows_fts_delete AFTER DELETE ON shows BEGIN
  INSERT INTO shows_fts (shows_fts, rowid, title, overview) VALUES ('delete', old.id, old.title, old.overview);
END;

CREATE TRIGGER shows_fts_update AFTER UPDATE OF title, overview, id, rowid, oid, _rowid_ ON shows BEGIN
  INSERT INTO shows_fts (shows_fts, rowid, title, overview) VALUES ('delete', old.id, old.title, old.overview);
  INSERT INTO shows_fts (rowid, title, overview) VALUES (new.id, new.title, new.overview);
END;

CREATE TRIGGER shows_added_at_immutable BEFORE UPDATE OF added_at ON shows
WHEN new.added_at IS NOT old.added_at COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'shows.added_at is immutable');
END;

CREATE TRIGGER shows_updated_at_touch AFTER UPDATE ON shows
WHEN new.updated_at IS old.updated_at BEGIN
  UPDATE shows SET updated_at = strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now') WHERE id = new.id AND updated_at IS NOT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'));
END;

-- table episodes
CREATE TABLE episodes (
  id INTEGER PRIMARY KEY,
  show_id INTEGER NOT NULL CONSTRAINT show_id_fkey REFERENCES shows (id) ON DELETE CASCADE,
  season INTEGER NOT NULL CONSTRAINT season_counts CHECK (season >= 0),
  number INTEGER NOT NULL CONSTRAINT number_counts CHECK (number > 0),
  title TEXT NOT NULL,
  overview TEXT NOT NULL DEFAULT '',
  aired_on TEXT,
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'))
) STRICT;

CREATE UNIQUE INDEX episodes_show_id_season_number_key ON episodes (show_id, season, number);

CREATE VIRTUAL TABLE episodes_fts USING fts5(
  title,
  overview,
  content = 'episodes',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);

CREATE TRIGGER episodes_fts_insert AFTER INSERT ON episodes BEGIN
  INSERT INTO episodes_fts (rowid, title, overview) VALUES (new.id, new.title, new.overview);
END;

CREATE TRIGGER episodes_fts_delete AFTER DELETE ON episodes BEGIN
  INSERT INTO episodes_fts (episodes_fts, rowid, title, overview) VALUES ('delete', old.id, old.title, old.overview);
END;

CREATE TRIGGER episodes_fts_update AFTER UPDATE OF title, overview, id, rowid, oid, _rowid_ ON episodes BEGIN
  INSERT INTO episodes_fts (episodes_fts, rowid, title, overview) VALUES ('delete', old.id, old.title, old.overview);
  INSERT INTO episodes_fts (rowid, title, overview) VALUES (new.id, new.title, new.overview);
END;

CREATE TRIGGER episodes_updated_at_touch AFTER UPDATE ON episodes
WHEN new.updated_at IS old.updated_at BEGIN
  UPDATE episodes SET updated_at = strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now') WHERE id = new.id AND updated_at IS NOT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'));
END;

-- table artists
CREATE TABLE artists (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE nocase
) STRICT;

CREATE UNIQUE INDEX artists_name_key ON artists (name);

-- table albums
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

CREATE UNIQUE INDEX albums_artist_id_title_key ON albums (artist_id, title);
CREATE INDEX albums_added_at_idx ON albums (added_at);

CREATE VIRTUAL TABLE albums_fts USING fts5(
  title,
  overview,
  content = 'albums',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
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

-- table downloads
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

CREATE INDEX downloads_queue ON downloads (id) WHERE status = 'queued';
CREATE INDEX downloads_user_id_idx ON downloads (user_id);
CREATE INDEX downloads_movie_id_idx ON downloads (movie_id);
CREATE INDEX downloads_episode_id_idx ON downloads (episode_id);
CREATE INDEX downloads_album_id_idx ON downloads (album_id);

CREATE TRIGGER downloads_created_at_immutable BEFORE UPDATE OF created_at ON downloads
WHEN new.created_at IS NOT old.created_at COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'downloads.created_at is immutable');
END;

CREATE TRIGGER downloads_updated_at_touch AFTER UPDATE ON downloads
WHEN new.updated_at IS old.updated_at BEGIN
  UPDATE downloads SET updated_at = strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now') WHERE id = new.id AND updated_at IS NOT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'));
END;

-- table activity
CREATE TABLE activity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER CONSTRAINT user_id_fkey REFERENCES users (id) ON DELETE SET NULL,
  "action" TEXT NOT NULL CONSTRAINT action_values CHECK ("action" IN ('signed_in', 'signed_out', 'added', 'changed', 'removed')),
  detail TEXT NOT NULL CONSTRAINT detail_json CHECK (detail IS NULL OR json_valid(detail)),
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'))
) STRICT;

CREATE INDEX activity_user_id_idx ON activity (user_id);

CREATE TRIGGER activity_action_immutable BEFORE UPDATE OF "action" ON activity
WHEN new."action" IS NOT old."action" COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'activity.action is immutable');
END;

CREATE TRIGGER activity_detail_immutable BEFORE UPDATE OF detail ON activity
WHEN new.detail IS NOT old.detail COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'activity.detail is immutable');
END;

CREATE TRIGGER activity_at_immutable BEFORE UPDATE OF at ON activity
WHEN new.at IS NOT old.at COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'activity.at is immutable');
END;
