-- The way back from create_shipments.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP TABLE shipments;
