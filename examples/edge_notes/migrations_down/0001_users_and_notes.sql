-- The way back from users_and_notes.
-- Runs in one transaction, with foreign keys on.

DROP TABLE notes;
DROP TABLE users;
