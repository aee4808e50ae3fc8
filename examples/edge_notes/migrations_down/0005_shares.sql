-- The way back from shares.
-- Runs in one transaction, with foreign keys on.

DROP TABLE shares;
