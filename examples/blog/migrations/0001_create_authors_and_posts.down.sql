-- The way back from create_authors_and_posts.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

-- fts `posts_fts` is gone
DROP TABLE posts_fts;

-- drop table `posts`
DROP TABLE posts;

-- drop table `authors`
DROP TABLE authors;
