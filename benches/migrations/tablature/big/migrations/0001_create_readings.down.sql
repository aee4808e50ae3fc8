-- The way back from create_readings.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP TABLE readings;
