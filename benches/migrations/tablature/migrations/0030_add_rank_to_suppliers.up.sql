-- `suppliers.rank` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE suppliers ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
