-- `books.title` changes its collation from none to nocase
-- `books.year` changes its default from none to 1900
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

-- rebuild `books`: `title` changes its collation from none to nocase
PRAGMA legacy_alter_table = ON;
ALTER TABLE books RENAME TO books__old;
PRAGMA legacy_alter_table = OFF;
CREATE TABLE books (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  author_id INTEGER NOT NULL CONSTRAINT author_id_fkey REFERENCES authors (id) ON DELETE CASCADE,
  title TEXT NOT NULL COLLATE nocase,
  blurb TEXT NOT NULL,
  year INTEGER NOT NULL DEFAULT 1900
) STRICT;
INSERT INTO books (id, author_id, title, blurb, year) SELECT id, author_id, title, blurb, year FROM books__old;
DELETE FROM sqlite_sequence WHERE name = 'books';
INSERT INTO sqlite_sequence (name, seq) SELECT 'books', seq FROM sqlite_sequence WHERE name = 'books__old';
DROP TABLE books__old;

CREATE INDEX books_author_id_idx ON books (author_id);
CREATE INDEX books_title_idx ON books (title);

CREATE TRIGGER books_fts_insert AFTER INSERT ON books BEGIN
  INSERT INTO books_fts (rowid, title, blurb) VALUES (new.id, new.title, new.blurb);
END;

CREATE TRIGGER books_fts_delete AFTER DELETE ON books BEGIN
  INSERT INTO books_fts (books_fts, rowid, title, blurb) VALUES ('delete', old.id, old.title, old.blurb);
END;

CREATE TRIGGER books_fts_update AFTER UPDATE OF title, blurb, id, rowid, oid, _rowid_ ON books BEGIN
  INSERT INTO books_fts (books_fts, rowid, title, blurb) VALUES ('delete', old.id, old.title, old.blurb);
  INSERT INTO books_fts (rowid, title, blurb) VALUES (new.id, new.title, new.blurb);
END;
