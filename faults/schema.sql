-- The schema after the last migration, written by `cargo tablature generate`.
-- tablature schema 1
-- migration 0001_initial 38c1884112b47cac
-- migration 0002_order_books_without_case edcec0aaeffc396a

-- table authors
CREATE TABLE authors (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;

-- table books
CREATE TABLE books (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  author_id INTEGER NOT NULL CONSTRAINT author_id_fkey REFERENCES authors (id) ON DELETE CASCADE,
  title TEXT NOT NULL COLLATE nocase,
  blurb TEXT NOT NULL,
  year INTEGER NOT NULL DEFAULT 1900
) STRICT;

CREATE INDEX books_author_id_idx ON books (author_id);
CREATE INDEX books_title_idx ON books (title);

CREATE VIRTUAL TABLE books_fts USING fts5(
  title,
  blurb,
  content = 'books',
  content_rowid = 'id'
);

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

-- table loans
CREATE TABLE loans (
  id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL CONSTRAINT book_id_fkey REFERENCES books (id) ON DELETE CASCADE,
  reader TEXT NOT NULL
) STRICT;

CREATE INDEX loans_book_id_idx ON loans (book_id);
