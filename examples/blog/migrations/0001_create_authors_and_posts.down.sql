-- The way back from create_authors_and_posts.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP TABLE posts_fts;
DROP TABLE posts;
DROP TABLE authors;
