ALTER TABLE posts RENAME COLUMN state TO status;
ALTER TABLE posts RENAME COLUMN author TO author_id;
ALTER TABLE posts ADD COLUMN subtitle TEXT;
ALTER TABLE posts ADD COLUMN rating REAL;

CREATE VIRTUAL TABLE posts_fts USING fts5(title, body, content = 'posts', content_rowid = 'id');

CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN
  INSERT INTO posts_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
END;

CREATE VIEW published AS
SELECT id, author_id, title, published_at FROM posts WHERE published_at IS NOT NULL;

CREATE TABLE legacy (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  made DATETIME,
  data BLOB
);
