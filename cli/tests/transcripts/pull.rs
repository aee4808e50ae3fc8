//! Structs from a database that is there already.

use super::scratch::Scratch;
use expect_test::expect;
use tablature::Connection;

/// A database as programs make them by hand: lax tables, words for types, triggers of its own.
const SHOP: &str = r#"
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
CREATE INDEX orders_by_customer ON orders (customer_id, placed DESC);
CREATE UNIQUE INDEX one_open_order ON orders (customer_id) WHERE state = 'open';
CREATE TABLE tags (name TEXT PRIMARY KEY, "type" TEXT) WITHOUT ROWID;
CREATE TABLE order_tags (
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  CONSTRAINT to_tag FOREIGN KEY (tag) REFERENCES tags (name) ON UPDATE CASCADE,
  PRIMARY KEY (order_id, tag)
);
CREATE VIRTUAL TABLE notes USING fts5(note, content = 'orders', content_rowid = 'id', tokenize = 'porter');
CREATE TRIGGER orders_noted AFTER INSERT ON orders BEGIN
  INSERT INTO notes (rowid, note) VALUES (new.id, new.note); -- the index follows
END;
CREATE TRIGGER orders_unnoted AFTER DELETE ON orders BEGIN
  INSERT INTO notes (notes, rowid, note) VALUES ('delete', old.id, old.note);
END;
CREATE VIEW open_orders AS SELECT * FROM orders WHERE state = 'open';
INSERT INTO customers (email, active) VALUES ('ann@example.org', 1), ('ben@example.org', 0);
INSERT INTO orders (customer_id, total, lines, placed) VALUES (1, 9.5, '[{"sku":"a"}]', 1767225600);
"#;

fn shop() -> Scratch {
    let shop = Scratch::unwritten();
    let db = Connection::open(shop.path("shop.db")).unwrap();
    db.execute_batch(SHOP).unwrap();
    shop
}

const MAIN: &str = "mod models;\n\nfn main() {}\n";

#[test]
fn a_database_moves_in() {
    let mut shop = shop();
    shop.run("cargo tablature pull shop.db --out src/models.rs")
        .run("cargo tablature pull shop.db --out src/models.rs")
        .run("rustfmt --edition 2024 --check src/models.rs")
        .shown("src/models.rs")
        .write("src/main.rs", MAIN)
        .run("cargo tablature check")
        .run("cargo tablature generate")
        .run("cargo tablature up shop.db")
        .run("cargo tablature baseline shop.db")
        .run("cargo tablature status shop.db");
    shop.edit_file(
        "src/models.rs",
        "    pub display_name: Option<String>,\n",
        "    pub display_name: Option<String>,\n    pub phone: Option<String>,\n",
    );
    shop.run("cargo tablature generate")
        .run("cargo tablature up shop.db")
        .sql("shop.db", "SELECT id, email, phone FROM customers");
    shop.shows(expect![[r#"
        $ cargo tablature pull shop.db --out src/models.rs
        pulled 4 structs from shop.db
        guessed 1 type: each has a comment
        kept as SQL, in the migrations alone:
          view `open_orders`: no struct says a view
        wrote src/models.rs
        wrote migrations/0001_initial.up.sql
        wrote schema.sql
        write `mod models;` in the crate, and run `cargo tablature check`
        then `cargo tablature baseline shop.db` tells the database that it has had the migrations

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

        CREATE VIEW open_orders AS SELECT * FROM orders WHERE state = 'open';

        CREATE TRIGGER orders_noted AFTER INSERT ON orders BEGIN
          INSERT INTO notes (rowid, note) VALUES (new.id, new.note); -- the index follows
        END;

        CREATE TRIGGER orders_unnoted AFTER DELETE ON orders BEGIN
          INSERT INTO notes (notes, rowid, note) VALUES ('delete', old.id, old.note);
        END;

        $ cargo tablature pull shop.db --out src/models.rs
        ! error: `src/models.rs` exists; name another file, or write over it with `--force`

        exit 2
        $ rustfmt --edition 2024 --check src/models.rs

        == src/models.rs
        //! The tables of `shop.db`, as `cargo tablature pull` has read them.

        use tablature::{ColumnType, Table};

        #[derive(Table, Clone, Debug)]
        #[table(strict = false)]
        pub struct Customers {
            #[column(primary_key, autoincrement)]
            pub id: i64,
            #[column(sql_type = "VARCHAR(120)", unique = constraint, collate = nocase)]
            pub email: String,
            #[column(name = "displayName")]
            pub display_name: Option<String>,
            // a guess: declared BOOLEAN, and all rows hold 0 or 1
            #[column(sql_type = "BOOLEAN", default = true, check = false)]
            pub active: bool,
            // the rows hold moments: a type of jiff, chrono or time may fit, if it writes them in the same form
            #[column(sql_type = "DATETIME", default_sql = "CURRENT_TIMESTAMP")]
            pub created_at: Option<String>,
        }

        #[derive(ColumnType, Clone, Copy, Debug, PartialEq, Eq)]
        pub enum OrdersState {
            Open,
            #[column_type(rename = "in transit")]
            InTransit,
            Done,
        }

        #[allow(clippy::duplicated_attributes)]
        #[derive(Table, Clone, Debug)]
        #[table(strict = false)]
        #[table(index(customer_id, placed desc, name = "orders_by_customer"))]
        #[table(index(customer_id, unique, where = "state = 'open'", name = "one_open_order"))]
        #[table(fts(note, name = "notes", tokenize = "porter", triggers = false))]
        #[table(trigger(
            name = "orders_noted",
            after = insert,
            body = "INSERT INTO notes (rowid, note) VALUES (new.id, new.note);"
        ))]
        #[table(trigger(
            name = "orders_unnoted",
            after = delete,
            body = "INSERT INTO notes (notes, rowid, note) VALUES ('delete', old.id, old.note);"
        ))]
        pub struct Orders {
            #[column(primary_key)]
            pub id: i64,
            #[column(references(Customers), on_delete = cascade)]
            pub customer_id: i64,
            #[column(default = "open")]
            pub state: OrdersState,
            #[column(default = false)]
            pub gift: bool,
            #[column(sql_type = "DECIMAL(10, 2)", check("total >= 0"))]
            pub total: f64,
            // the rows hold JSON: `#[column(json, check = false)]` on a type of yours may fit
            #[column(default = "[]")]
            pub lines: String,
            pub placed: i64,
            pub note: Option<String>,
        }

        #[derive(Table, Clone, Debug)]
        #[table(strict = false, without_rowid)]
        pub struct Tags {
            #[column(primary_key)]
            pub name: String,
            pub r#type: Option<String>,
        }

        #[allow(clippy::duplicated_attributes)]
        #[derive(Table, Clone, Debug)]
        #[table(strict = false, index_foreign_keys = false)]
        #[table(primary_key(order_id, tag))]
        #[table(foreign_key(tag, references(Tags), on_update = cascade, name = "to_tag"))]
        pub struct OrderTags {
            #[column(references(Orders), on_delete = cascade)]
            pub order_id: i64,
            pub tag: String,
        }

        tablature::schema! {
            #[schema(migrations = "migrations")]
            pub static SCHEMA = [Customers, Orders, Tags, OrderTags];
        }

        $ cargo tablature check
        1 migration leads to the structs; proved up, down and up again, on 24 witness rows
          up alone: `0001_initial` has no way back

        $ cargo tablature generate
        nothing to do: the migrations lead to the structs

        $ cargo tablature up shop.db
        ! error: the database has tables already, and no history of migrations; `baseline` says which it has had, or `adopt`, if rusqlite_migration has counted them: migration `0001_initial` failed at statement 1, `CREATE TABLE customers (`: table customers already exists; the database is as it was: mend the file, or, if `push` has brought the database here, write that into the history with `baseline`

        exit 1
        $ cargo tablature baseline shop.db
        1 migration is marked as applied; nothing was run

        $ cargo tablature status shop.db
        applied  0001 initial

        $ cargo tablature generate
        0002 add_phone_to_customers
        changes
          `customers.phone` is new
        steps
          instant  ALTER TABLE customers ADD COLUMN phone TEXT
        proved up, down and up again, on 24 witness rows
        wrote migrations/0002_add_phone_to_customers.up.sql
        wrote migrations/0002_add_phone_to_customers.down.sql
        wrote schema.sql

        == migrations/0002_add_phone_to_customers.down.sql
        -- The way back from add_phone_to_customers.
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.

        ALTER TABLE customers DROP COLUMN phone;

        == migrations/0002_add_phone_to_customers.up.sql
        -- `customers.phone` is new
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.

        ALTER TABLE customers ADD COLUMN phone TEXT;

        $ cargo tablature up shop.db
        applied 0002 add_phone_to_customers

        shop.db> SELECT id, email, phone FROM customers
        1 | ann@example.org | NULL
        2 | ben@example.org | NULL
    "#]]);
}

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

/// Tables that structs cannot say, what stands on them, and what this SQLite does not know.
const KEPT: &str = "\
CREATE TABLE people (name TEXT, born INTEGER, PRIMARY KEY (name, born DESC));
CREATE INDEX people_born ON people (born);
CREATE TABLE pets (id INTEGER PRIMARY KEY, owner TEXT, born INTEGER, FOREIGN KEY (owner, born) REFERENCES people);
CREATE TABLE toys (pet INTEGER REFERENCES pets (id) ON DELETE SET NULL, price NOT NULL, bought DATETIME);
CREATE VIEW old AS SELECT * FROM pets WHERE born < 2000;
CREATE VIRTUAL TABLE boxes USING rtree(id, least, most);
CREATE VIRTUAL TABLE vectors USING vec0(id, embedding float[3]);
CREATE TRIGGER vectored AFTER INSERT ON vectors BEGIN SELECT 1; END;
";

#[test]
fn what_no_struct_says_is_kept_and_named() {
    let mut pets = Scratch::unwritten();
    pets.write("pets.sql", KEPT)
        .run("cargo tablature pull pets.sql")
        .run("cargo tablature pull pets.sql --out src/models.rs --baseline")
        .run("cargo tablature pull pets.sql --out src/models.rs --json")
        .write("src/main.rs", MAIN)
        .run("cargo tablature check");
    pets.shows(expect![[r#"
        $ cargo tablature pull pets.sql
        //! The tables of `pets.sql`, as `cargo tablature pull` has read them.
        //!
        //! Left out: `vectors`, since it needs the module `vec0`, which is not in this SQLite.
        //!
        //! Left out: `vectored`, since it needs what is left out.

        use tablature::Table;

        #[derive(Table, Clone, Debug)]
        #[table(strict = false, index_foreign_keys = false)]
        #[table(foreign_key(owner, born, references("people")))]
        pub struct Pets {
            #[column(primary_key)]
            pub id: i64,
            pub owner: Option<String>,
            pub born: Option<i64>,
        }

        #[derive(Table, Clone, Debug)]
        #[table(strict = false, index_foreign_keys = false)]
        pub struct Toys {
            #[column(references(Pets), on_delete = set_null)]
            pub pet: Option<i64>,
            #[column(not_null)]
            pub price: tablature::types::Value,
            // a guess: declared DATETIME, and no rows were seen
            #[column(sql_type = "DATETIME")]
            pub bought: Option<String>,
        }

        tablature::schema! {
            #[schema(migrations = "migrations")]
            pub static SCHEMA = [Pets, Toys];
        }
        ! pulled 2 structs from pets.sql
        ! guessed 1 type: each has a comment
        ! kept as SQL, in the migrations alone:
        !   table `people`: a struct would make another table: `people` has another primary key
        !   virtual table `boxes`: it is a virtual table of the module `rtree`
        !   view `old`: no struct says a view
        !   index `people_born`: `people` has no struct
        ! left out, with its SQL in a comment:
        !   `vectors`: it needs the module `vec0`, which is not in this SQLite
        !   `vectored`: it needs what is left out

        $ cargo tablature pull pets.sql --out src/models.rs --baseline
        ! error: `pets.sql` is no database, and has no history; leave out `--baseline`

        exit 2
        $ cargo tablature pull pets.sql --out src/models.rs --json
        {
          "code": null,
          "differences": [],
          "guesses": 1,
          "kept": [
            {
              "name": "people",
              "object": "table",
              "why": "a struct would make another table: `people` has another primary key"
            },
            {
              "name": "boxes",
              "object": "virtual table",
              "why": "it is a virtual table of the module `rtree`"
            },
            {
              "name": "old",
              "object": "view",
              "why": "no struct says a view"
            },
            {
              "name": "people_born",
              "object": "index",
              "why": "`people` has no struct"
            }
          ],
          "left_out": [
            {
              "name": "vectors",
              "sql": "CREATE VIRTUAL TABLE vectors USING vec0(id, embedding float[3])",
              "why": "it needs the module `vec0`, which is not in this SQLite"
            },
            {
              "name": "vectored",
              "sql": "CREATE TRIGGER vectored AFTER INSERT ON vectors BEGIN SELECT 1; END",
              "why": "it needs what is left out"
            }
          ],
          "status": "written",
          "structs": [
            {
              "struct": "Pets",
              "table": "pets"
            },
            {
              "struct": "Toys",
              "table": "toys"
            }
          ],
          "unread": [],
          "written": [
            "src/models.rs",
            "migrations/0001_initial.up.sql",
            "schema.sql"
          ]
        }

        == migrations/0001_initial.up.sql
        -- The schema of pets.sql, as it was when it was pulled.

        CREATE TABLE people (name TEXT, born INTEGER, PRIMARY KEY (name, born DESC));

        CREATE TABLE pets (id INTEGER PRIMARY KEY, owner TEXT, born INTEGER, FOREIGN KEY (owner, born) REFERENCES people);

        CREATE TABLE toys (pet INTEGER REFERENCES pets (id) ON DELETE SET NULL, price NOT NULL, bought DATETIME);

        CREATE VIRTUAL TABLE boxes USING rtree(id, least, most);

        CREATE INDEX people_born ON people (born);

        CREATE VIEW old AS SELECT * FROM pets WHERE born < 2000;

        -- Left out: it needs the module `vec0`, which is not in this SQLite.
        -- CREATE VIRTUAL TABLE vectors USING vec0(id, embedding float[3])

        -- Left out: it needs what is left out.
        -- CREATE TRIGGER vectored AFTER INSERT ON vectors BEGIN SELECT 1; END

        $ cargo tablature check
        1 migration leads to the structs; proved up, down and up again, on 18 witness rows
          up alone: `0001_initial` has no way back

    "#]]);
}

#[test]
fn what_cannot_be_read_is_told() {
    let mut app = Scratch::unwritten();
    app.write(
        "broken.sql",
        "CREATE TABLE a (id INTEGER PRIMARY KEY);\nCREATE TABL b;\n",
    )
    .write("text.db", "no database")
    .run("cargo tablature pull nowhere.db")
    .run("cargo tablature pull broken.sql")
    .run("cargo tablature pull text.db")
    .run("cargo tablature pull src");
    app.ends(expect![[r#"
        $ cargo tablature pull nowhere.db
        ! error: there is no `nowhere.db`; name a database, a `.sql` file or a folder of migrations

        exit 1
        $ cargo tablature pull broken.sql
        ! error: cannot run `broken.sql`: line 2, column 8: near "TABL": syntax error

        exit 1
        $ cargo tablature pull text.db
        ! error: cannot open `text.db`: file is not a database

        exit 1
        $ cargo tablature pull src
        ! error: there are no migrations in `src`; name a folder that has some, or an empty one

        exit 1
    "#]]);
}

/// Types without words, words without types, and what the rows say of both.
const READINGS: &str = "\
CREATE TABLE readings (id INTEGER PRIMARY KEY, whole NUMERIC, part NUMERIC, word DATETIME, mixed INTEGER, bits BOOLEAN,
  flag BOOLEAN NOT NULL, untyped, bytes, since INTEGER, seen_at INTEGER, huge DOUBLE, kind TEXT CHECK (kind IN ('a', 'b')), torn TEXT, old TEXT CHECK (old IN ('a', 'b')));
PRAGMA ignore_check_constraints = ON;
INSERT INTO readings VALUES
  (1, 1, 1.5, '2026-11-21 09:00:00', 1, 1, 0, NULL, x'00', 1767225600, 1767225600, 2.5, 'a', CAST(x'ff' AS TEXT), 'a'),
  (2, 2, 2, NULL, 'one', 7, 1, NULL, x'01', NULL, NULL, 3, NULL, 'whole', 'c'),
  (3, 3, 3, '2026-11-21 10:00:00.5', x'00', 0, 1, NULL, NULL, 1767225600, 1767225600, 1, 'b', NULL, NULL);
";

#[test]
fn types_are_what_the_rows_hold() {
    let mut app = Scratch::unwritten();
    let db = Connection::open(app.path("app.db")).unwrap();
    db.execute_batch(READINGS).unwrap();
    app.run("cargo tablature pull app.db --out src/models.rs --baseline")
        .shown("src/models.rs")
        .write(
            "src/main.rs",
            "mod models;\n\nuse tablature::Table;\n\nfn main() -> tablature::Result<()> {\n    \
             let db = models::SCHEMA.open(\"app.db\")?;\n    \
             println!(\"{}\", models::Readings::all(&db)?.len());\n    Ok(())\n}\n",
        );
    app.shows(expect![[r#"
        $ cargo tablature pull app.db --out src/models.rs --baseline
        pulled 1 struct from app.db
        guessed 3 types: each has a comment
        wrote src/models.rs
        wrote migrations/0001_initial.up.sql
        wrote schema.sql
        write `mod models;` in the crate, and run `cargo tablature check`
        `app.db` knows that it has had the migrations

        == migrations/0001_initial.up.sql
        -- The schema of app.db, as it was when it was pulled.

        CREATE TABLE readings (id INTEGER PRIMARY KEY, whole NUMERIC, part NUMERIC, word DATETIME, mixed INTEGER, bits BOOLEAN,
          flag BOOLEAN NOT NULL, untyped, bytes, since INTEGER, seen_at INTEGER, huge DOUBLE, kind TEXT CHECK (kind IN ('a', 'b')), torn TEXT, old TEXT CHECK (old IN ('a', 'b')));

        == src/models.rs
        //! The tables of `app.db`, as `cargo tablature pull` has read them.

        use tablature::{ColumnType, Table};

        #[derive(ColumnType, Clone, Copy, Debug, PartialEq, Eq)]
        pub enum ReadingsKind {
            A,
            B,
        }

        #[derive(Table, Clone, Debug)]
        #[table(strict = false)]
        pub struct Readings {
            #[column(primary_key)]
            pub id: i64,
            #[column(sql_type = "NUMERIC")]
            pub whole: Option<f64>,
            #[column(sql_type = "NUMERIC")]
            pub part: Option<f64>,
            // the rows hold moments: a type of jiff, chrono or time may fit, if it writes them in the same form
            #[column(sql_type = "DATETIME")]
            pub word: Option<String>,
            // declared INTEGER; the rows hold integers and texts and blobs
            #[column(sql_type = "INTEGER")]
            pub mixed: tablature::types::Value,
            // a guess: declared BOOLEAN, and all rows hold integers
            #[column(sql_type = "BOOLEAN")]
            pub bits: Option<i64>,
            // a guess: declared BOOLEAN, and all rows hold 0 or 1
            #[column(sql_type = "BOOLEAN", check = false)]
            pub flag: bool,
            pub untyped: tablature::types::Value,
            // a guess: declared without a type, and all rows hold blobs
            #[column(sql_type = "")]
            pub bytes: Option<Vec<u8>>,
            pub since: Option<i64>,
            // the rows look like seconds since 1970
            pub seen_at: Option<i64>,
            #[column(sql_type = "DOUBLE")]
            pub huge: Option<f64>,
            pub kind: Option<ReadingsKind>,
            // texts that are not UTF-8, which no type reads: 1
            pub torn: Option<String>,
            #[column(check("old IN ('a', 'b')"))]
            pub old: Option<String>,
        }

        tablature::schema! {
            #[schema(migrations = "migrations")]
            pub static SCHEMA = [Readings];
        }

    "#]]);
}
