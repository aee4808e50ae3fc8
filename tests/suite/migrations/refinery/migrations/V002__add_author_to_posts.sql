ALTER TABLE posts ADD COLUMN author INTEGER CONSTRAINT author_fkey REFERENCES authors (id);
CREATE INDEX posts_author_idx ON posts (author);
