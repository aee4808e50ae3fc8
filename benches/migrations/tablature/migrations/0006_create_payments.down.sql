-- The way back from create_payments.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP TABLE payments;
