-- table `downloads` is new
-- Runs in one transaction, with foreign keys on.

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
