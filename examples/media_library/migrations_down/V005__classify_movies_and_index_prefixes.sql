-- The way back from classify_movies_and_index_prefixes.
-- Runs in one transaction, with foreign keys on.

-- views and triggers would stand in the way, and come back at the end
DROP TRIGGER users_created_at_immutable;
DROP TRIGGER users_updated_at_touch;
DROP TRIGGER movies_fts_insert;
DROP TRIGGER movies_fts_delete;
DROP TRIGGER movies_fts_update;
DROP TRIGGER movies_added_at_immutable;
DROP TRIGGER movies_updated_at_touch;
DROP TRIGGER shows_fts_insert;
DROP TRIGGER shows_fts_delete;
DROP TRIGGER shows_fts_update;
DROP TRIGGER shows_added_at_immutable;
DROP TRIGGER shows_updated_at_touch;
DROP TRIGGER episodes_fts_insert;
DROP TRIGGER episodes_fts_delete;
DROP TRIGGER episodes_fts_update;
DROP TRIGGER episodes_updated_at_touch;
DROP TRIGGER albums_fts_insert;
DROP TRIGGER albums_fts_delete;
DROP TRIGGER albums_fts_update;
DROP TRIGGER albums_added_at_immutable;
DROP TRIGGER albums_updated_at_touch;
DROP TRIGGER downloads_created_at_immutable;
DROP TRIGGER downloads_updated_at_touch;
DROP TRIGGER activity_action_immutable;
DROP TRIGGER activity_detail_immutable;
DROP TRIGGER activity_at_immutable;

-- fts `movies_fts` is defined in another way
DROP TABLE movies_fts;

-- fts `shows_fts` is defined in another way
DROP TABLE shows_fts;

-- fts `episodes_fts` is defined in another way
DROP TABLE episodes_fts;

-- fts `albums_fts` is defined in another way
DROP TABLE albums_fts;

ALTER TABLE movies DROP COLUMN classification;

CREATE VIRTUAL TABLE movies_fts USING fts5(
  title,
  overview,
  content = 'movies',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2'
);

-- fill fts `movies_fts`
INSERT INTO movies_fts (movies_fts) VALUES ('rebuild');

CREATE VIRTUAL TABLE shows_fts USING fts5(
  title,
  overview,
  content = 'shows',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2'
);

-- fill fts `shows_fts`
INSERT INTO shows_fts (shows_fts) VALUES ('rebuild');

CREATE VIRTUAL TABLE episodes_fts USING fts5(
  title,
  overview,
  content = 'episodes',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2'
);

-- fill fts `episodes_fts`
INSERT INTO episodes_fts (episodes_fts) VALUES ('rebuild');

CREATE VIRTUAL TABLE albums_fts USING fts5(
  title,
  overview,
  content = 'albums',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2'
);

-- fill fts `albums_fts`
INSERT INTO albums_fts (albums_fts) VALUES ('rebuild');

CREATE TRIGGER users_created_at_immutable BEFORE UPDATE OF created_at ON users
WHEN new.created_at IS NOT old.created_at COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'users.created_at is immutable');
END;

CREATE TRIGGER users_updated_at_touch AFTER UPDATE ON users
WHEN new.updated_at IS old.updated_at BEGIN
  UPDATE users SET updated_at = strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now') WHERE id = new.id AND updated_at IS NOT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'));
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
