DROP INDEX posts_author_idx;
ALTER TABLE posts DROP COLUMN author;
