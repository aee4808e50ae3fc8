//! A database whose structs say all of it, and which has had the migrations.

use super::pull::{MAIN, shop};
use expect_test::expect;

#[test]
fn a_database_without_anything_else_is_what_its_structs_say() {
    let mut shop = shop();
    shop.sql("shop.db", "DROP VIEW open_orders")
        .run("cargo tablature pull shop.db --out src/models.rs --baseline")
        .write("src/main.rs", MAIN)
        .run("cargo tablature diff shop.db structs")
        .run("cargo tablature status shop.db")
        .run("cargo tablature pull shop.db --out src/models.rs --force --runner sqlx --migrations other --baseline");
    shop.shows(expect![[r#"
        shop.db> DROP VIEW open_orders
        $ cargo tablature pull shop.db --out src/models.rs --baseline
        pulled 4 structs from shop.db
        guessed 1 type: each has a comment
        wrote src/models.rs
        wrote migrations/0001_initial.up.sql
        wrote schema.sql
        write `mod models;` in the crate, and run `cargo tablature check`
        `shop.db` knows that it has had the migrations

        == migrations/0001_initial.up.sql
        -- The schema of shop.db, as it was when it was pulled.

        CREATE TABLE customers (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          email VARCHAR(120) NOT NULL UNIQUE COLLATE NOCASE,
          "displayName" TEXT,
          active BOOLEAN NOT NULL DEFAULT 1,
          created_at DATETIME DEFAULT CURRENT_TIMESTAMP
        );

        CREATE TABLE orders (
          id INTEGER PRIMARY KEY,
          customer_id INTEGER NOT NULL REFERENCES customers ON DELETE CASCADE,
          state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'in transit', 'done')),
          gift INTEGER NOT NULL DEFAULT 0 CHECK (gift IN (0, 1)),
          total DECIMAL(10, 2) NOT NULL CHECK (total >= 0),
          lines TEXT NOT NULL DEFAULT '[]',
          placed INTEGER NOT NULL,
          note TEXT
        );

        CREATE TABLE tags (name TEXT PRIMARY KEY, "type" TEXT) WITHOUT ROWID;

        CREATE TABLE order_tags (
          order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
          tag TEXT NOT NULL,
          CONSTRAINT to_tag FOREIGN KEY (tag) REFERENCES tags (name) ON UPDATE CASCADE,
          PRIMARY KEY (order_id, tag)
        );

        CREATE VIRTUAL TABLE notes USING fts5(note, content = 'orders', content_rowid = 'id', tokenize = 'porter');

        CREATE INDEX orders_by_customer ON orders (customer_id, placed DESC);

        CREATE UNIQUE INDEX one_open_order ON orders (customer_id) WHERE state = 'open';

        CREATE TRIGGER orders_noted AFTER INSERT ON orders BEGIN
          INSERT INTO notes (rowid, note) VALUES (new.id, new.note); -- the index follows
        END;

        CREATE TRIGGER orders_unnoted AFTER DELETE ON orders BEGIN
          INSERT INTO notes (notes, rowid, note) VALUES ('delete', old.id, old.note);
        END;

        $ cargo tablature diff shop.db structs
        no changes

        $ cargo tablature status shop.db
        applied  0001 initial

        $ cargo tablature pull shop.db --out src/models.rs --force --runner sqlx --migrations other --baseline
        ! error: the history is sqlx's to write; leave out `--baseline`

        exit 2
    "#]]);
}
