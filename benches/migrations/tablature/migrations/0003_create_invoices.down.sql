-- The way back from create_invoices.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP TABLE invoices;
