-- The schema after the last migration, written by `cargo tablature generate`.
-- tablature schema 1
-- migration 0001_create_accounts f2fa2af8d2e7317d
-- migration 0002_create_addresses db000b5012b59293
-- migration 0003_create_invoices ef3240ddc01f2dd1
-- migration 0004_create_items 799a8c21ca95e91b
-- migration 0005_create_orders 6750e0e6ed21c232
-- migration 0006_create_payments b3c82b52a92c8914
-- migration 0007_create_products 45707a91ced74d31
-- migration 0008_create_reviews 92a30a54be056808
-- migration 0009_create_shipments d239b1a51261915e
-- migration 0010_create_suppliers 51bedd812b206b2c
-- migration 0011_add_email_to_accounts cdbef3c4c6f3ff02
-- migration 0012_add_email_to_addresses 08b94e5dd282fc04
-- migration 0013_add_email_to_invoices 94eaac507af185be
-- migration 0014_add_email_to_items 268d1862dfc54d88
-- migration 0015_add_email_to_orders 9a6d870b99011e8d
-- migration 0016_add_email_to_payments 994a34efbcac0b43
-- migration 0017_add_email_to_products 91d5ef9c211984c2
-- migration 0018_add_email_to_reviews 19dabf6353cc77bd
-- migration 0019_add_email_to_shipments aa087a35d43e9507
-- migration 0020_add_email_to_suppliers 4c9ffed3b3b99435
-- migration 0021_add_rank_to_accounts 1e8ad1ebfc6d64e4
-- migration 0022_add_rank_to_addresses 110707f8785ceada
-- migration 0023_add_rank_to_invoices b41289c737ee52b0
-- migration 0024_add_rank_to_items 00bd96cbbf7481ee
-- migration 0025_add_rank_to_orders 7d6bb3b48bcb22bd
-- migration 0026_add_rank_to_payments 0a7221e06d82f42f
-- migration 0027_add_rank_to_products 2c51224714b9cb14
-- migration 0028_add_rank_to_reviews c59cf55462e30397
-- migration 0029_add_rank_to_shipments f89ca1b095918a21
-- migration 0030_add_rank_to_suppliers 76479e9f6596dce7
-- migration 0031_create_index_accounts_name_rank_idx 2470d55c153db6fb
-- migration 0032_create_index_addresses_name_rank_idx b1d35f380791e1af
-- migration 0033_create_index_invoices_name_rank_idx f0a8e9b1773c4893
-- migration 0034_create_index_items_name_rank_idx 6dce0b3dc56f8e2f
-- migration 0035_create_index_orders_name_rank_idx 4301a474e97ff18f
-- migration 0036_create_index_payments_name_rank_idx 5b2947d320797ff3
-- migration 0037_create_index_products_name_rank_idx 9164675ece85153f
-- migration 0038_create_index_reviews_name_rank_idx 06ca096c03aff5a5
-- migration 0039_create_index_shipments_name_rank_idx 489a5591f5cb41d9
-- migration 0040_create_index_suppliers_name_rank_idx b4062b94ad167099
-- migration 0041_change_name_of_accounts 22d2c09b1780af0e
-- migration 0042_change_name_of_addresses e7c86c731fda8866
-- migration 0043_change_name_of_invoices 7b4afd71a0e65d16
-- migration 0044_change_name_of_items 1b91c1b70011d6e2
-- migration 0045_change_name_of_orders bd524e27292b8664
-- migration 0046_change_name_of_payments 9b0bd958551cb49c
-- migration 0047_change_name_of_products a7d8446a16161aca
-- migration 0048_change_name_of_reviews 1d4fe8e7982302b2
-- migration 0049_change_name_of_shipments fcdbfed534f3f9d2
-- migration 0050_change_name_of_suppliers 5eb9eca4e9f557ee

-- table accounts
CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE nocase,
  note TEXT,
  email TEXT,
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX accounts_email_idx ON accounts (email);
CREATE INDEX accounts_name_rank_idx ON accounts (name, rank DESC);

-- table addresses
CREATE TABLE addresses (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE nocase,
  note TEXT,
  email TEXT,
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX addresses_email_idx ON addresses (email);
CREATE INDEX addresses_name_rank_idx ON addresses (name, rank DESC);

-- table invoices
CREATE TABLE invoices (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE nocase,
  note TEXT,
  email TEXT,
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX invoices_email_idx ON invoices (email);
CREATE INDEX invoices_name_rank_idx ON invoices (name, rank DESC);

-- table items
CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE nocase,
  note TEXT,
  email TEXT,
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX items_email_idx ON items (email);
CREATE INDEX items_name_rank_idx ON items (name, rank DESC);

-- table orders
CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE nocase,
  note TEXT,
  email TEXT,
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX orders_email_idx ON orders (email);
CREATE INDEX orders_name_rank_idx ON orders (name, rank DESC);

-- table payments
CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE nocase,
  note TEXT,
  email TEXT,
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX payments_email_idx ON payments (email);
CREATE INDEX payments_name_rank_idx ON payments (name, rank DESC);

-- table products
CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE nocase,
  note TEXT,
  email TEXT,
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX products_email_idx ON products (email);
CREATE INDEX products_name_rank_idx ON products (name, rank DESC);

-- table reviews
CREATE TABLE reviews (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE nocase,
  note TEXT,
  email TEXT,
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX reviews_email_idx ON reviews (email);
CREATE INDEX reviews_name_rank_idx ON reviews (name, rank DESC);

-- table shipments
CREATE TABLE shipments (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE nocase,
  note TEXT,
  email TEXT,
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX shipments_email_idx ON shipments (email);
CREATE INDEX shipments_name_rank_idx ON shipments (name, rank DESC);

-- table suppliers
CREATE TABLE suppliers (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE nocase,
  note TEXT,
  email TEXT,
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX suppliers_email_idx ON suppliers (email);
CREATE INDEX suppliers_name_rank_idx ON suppliers (name, rank DESC);
