-- table `users` is new
-- table `sessions` is new
-- table `movies` is new
-- table `shows` is new
-- table `episodes` is new
-- table `activity` is new
-- Runs in one transaction, with foreign keys on.

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

CREATE TABLE sessions (
  token BLOB NOT NULL PRIMARY KEY CONSTRAINT token_length CHECK (length(token) = 16),
  user_id INTEGER NOT NULL CONSTRAINT user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
  expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE movies (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  overview TEXT NOT NULL DEFAULT '',
  year INTEGER NOT NULL CONSTRAINT year_in_range CHECK (year BETWEEN 1880 AND 2200),
  genres TEXT NOT NULL CONSTRAINT genres_json CHECK (genres IS NULL OR json_valid(genres)),
  added_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  CONSTRAINT title_not_empty CHECK (length(title) > 0)
) STRICT;

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

CREATE TABLE activity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER CONSTRAINT user_id_fkey REFERENCES users (id) ON DELETE SET NULL,
  "action" TEXT NOT NULL CONSTRAINT action_values CHECK ("action" IN ('signed_in', 'signed_out', 'added', 'changed', 'removed')),
  detail TEXT NOT NULL CONSTRAINT detail_json CHECK (detail IS NULL OR json_valid(detail)),
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'))
) STRICT;

CREATE UNIQUE INDEX users_email_key ON users (email);
CREATE INDEX sessions_expires_at_idx ON sessions (expires_at);
CREATE INDEX sessions_user_id_idx ON sessions (user_id);
CREATE INDEX movies_year_idx ON movies (year);
CREATE INDEX movies_added_at_idx ON movies (added_at);
CREATE INDEX shows_added_at_idx ON shows (added_at);
CREATE UNIQUE INDEX episodes_show_id_season_number_key ON episodes (show_id, season, number);
CREATE INDEX activity_user_id_idx ON activity (user_id);

CREATE VIRTUAL TABLE movies_fts USING fts5(
  title,
  overview,
  content = 'movies',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2'
);

CREATE VIRTUAL TABLE shows_fts USING fts5(
  title,
  overview,
  content = 'shows',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2'
);

CREATE VIRTUAL TABLE episodes_fts USING fts5(
  title,
  overview,
  content = 'episodes',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER users_created_at_immutable BEFORE UPDATE OF created_at ON users
WHEN new.created_at IS NOT old.created_at COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'users.created_at is immutable');
END;

CREATE TRIGGER users_updated_at_touch AFTER UPDATE ON users
WHEN new.updated_at IS old.updated_at BEGIN
  UPDATE users SET updated_at = strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now') WHERE id = new.id AND updated_at IS NOT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'));
END;

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
