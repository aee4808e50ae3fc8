-- `movies.classification` is new
-- `movies` has a new CHECK `classification_values` (classification IN ('all', 'teens', 'adults'))
-- fts `movies_fts` is defined in another way
-- fts `shows_fts` is defined in another way
-- fts `episodes_fts` is defined in another way
-- fts `albums_fts` is defined in another way
-- Runs in one transaction, with foreign keys on.

-- fts `movies_fts` is defined in another way
DROP TABLE movies_fts;

-- fts `shows_fts` is defined in another way
DROP TABLE shows_fts;

-- fts `episodes_fts` is defined in another way
DROP TABLE episodes_fts;

-- fts `albums_fts` is defined in another way
DROP TABLE albums_fts;

ALTER TABLE movies ADD COLUMN classification TEXT CONSTRAINT classification_values CHECK (classification IN ('all', 'teens', 'adults'));

CREATE VIRTUAL TABLE movies_fts USING fts5(
  title,
  overview,
  content = 'movies',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);

-- fill fts `movies_fts`
INSERT INTO movies_fts (movies_fts) VALUES ('rebuild');

CREATE VIRTUAL TABLE shows_fts USING fts5(
  title,
  overview,
  content = 'shows',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);

-- fill fts `shows_fts`
INSERT INTO shows_fts (shows_fts) VALUES ('rebuild');

CREATE VIRTUAL TABLE episodes_fts USING fts5(
  title,
  overview,
  content = 'episodes',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);

-- fill fts `episodes_fts`
INSERT INTO episodes_fts (episodes_fts) VALUES ('rebuild');

CREATE VIRTUAL TABLE albums_fts USING fts5(
  title,
  overview,
  content = 'albums',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);

-- fill fts `albums_fts`
INSERT INTO albums_fts (albums_fts) VALUES ('rebuild');
