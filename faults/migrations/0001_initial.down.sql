-- The way back from initial.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP TABLE books_fts;
DROP TABLE loans;
DROP TABLE books;
DROP TABLE authors;
