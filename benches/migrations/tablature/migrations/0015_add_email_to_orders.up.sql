-- `orders.email` is new
-- index `orders_email_idx` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE orders ADD COLUMN email TEXT;
CREATE INDEX orders_email_idx ON orders (email);
