//! Structs from a database whose migrations are there already.

use super::scratch::Scratch;
use expect_test::expect;
use tablature::Connection;

const ADDED: &str = "ALTER TABLE orders ADD COLUMN courier TEXT;\nDROP VIEW open_orders;\n";

/// A package with the first migration of a database, which has changed since.
fn moved_on() -> Scratch {
    let mut shop = Scratch::unwritten();
    let db = Connection::open(shop.path("shop.db")).unwrap();
    db.execute_batch(
        "CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER NOT NULL);
         CREATE VIEW open_orders AS SELECT * FROM orders;",
    )
    .unwrap();
    shop.quietly("cargo tablature pull shop.db --out src/models.rs");
    db.execute_batch(ADDED).unwrap();
    shop
}

#[test]
fn migrations_that_lead_elsewhere() {
    let mut shop = moved_on();
    shop.run("cargo tablature pull shop.db --out src/models.rs --force --baseline")
        .run("cargo tablature pull shop.db --out src/others.rs --json")
        .run("cargo tablature pull shop.db")
        .run("cargo tablature pull shop.db --json")
        .run("cargo tablature diff migrations shop.db --print up");
    shop.ends(expect![[r#"
        $ cargo tablature pull shop.db --out src/models.rs --force --baseline
        ! error: the migrations in `migrations` lead to another schema; in `shop.db`
        !   `orders.courier` is new
        !   view `open_orders` is gone
        ! nothing was written; bring the database to the migrations, or add the migration that `cargo tablature diff migrations shop.db --print up` prints, or name another folder with `--migrations`

        exit 2
        $ cargo tablature pull shop.db --out src/others.rs --json
        ! error: the migrations in `migrations` lead to another schema; in `shop.db`
        !   `orders.courier` is new
        !   view `open_orders` is gone
        ! nothing was written; bring the database to the migrations, or add the migration that `cargo tablature diff migrations shop.db --print up` prints, or name another folder with `--migrations`

        exit 2
        $ cargo tablature pull shop.db
        //! The tables of `shop.db`, as `cargo tablature pull` has read them.

        use tablature::Table;

        #[derive(Table, Clone, Debug)]
        #[table(strict = false)]
        pub struct Orders {
            #[column(primary_key)]
            pub id: i64,
            pub total: i64,
            pub courier: Option<String>,
        }

        tablature::schema! {
            #[schema(migrations = "migrations")]
            pub static SCHEMA = [Orders];
        }
        ! pulled 1 struct from shop.db
        ! the migrations in `migrations` lead to another schema; `cargo tablature diff migrations shop.db` says what differs

        $ cargo tablature pull shop.db --json
        {
          "code": "//! The tables of `shop.db`, as `cargo tablature pull` has read them.\n\nuse tablature::Table;\n\n#[derive(Table, Clone, Debug)]\n#[table(strict = false)]\npub struct Orders {\n    #[column(primary_key)]\n    pub id: i64,\n    pub total: i64,\n    pub courier: Option<String>,\n}\n\ntablature::schema! {\n    #[schema(migrations = \"migrations\")]\n    pub static SCHEMA = [Orders];\n}\n",
          "differences": [
            "`orders.courier` is new",
            "view `open_orders` is gone"
          ],
          "guesses": 0,
          "kept": [],
          "left_out": [],
          "status": "printed",
          "structs": [
            {
              "struct": "Orders",
              "table": "orders"
            }
          ],
          "unread": [],
          "written": []
        }

        $ cargo tablature diff migrations shop.db --print up
        DROP VIEW open_orders;
        ALTER TABLE orders ADD COLUMN courier TEXT;

    "#]]);
}

#[test]
fn migrations_that_lead_here() {
    let mut shop = moved_on();
    shop.write("migrations/0002_add_courier_to_orders.up.sql", ADDED)
        .run("cargo tablature pull shop.db --out src/models.rs --force --baseline")
        .run("cargo tablature pull migrations --out src/models.rs --force")
        .write("src/main.rs", "mod models;\n\nfn main() {}\n")
        .run("cargo tablature check")
        .run("cargo tablature status shop.db");
    shop.ends(expect![[r#"
        $ cargo tablature pull shop.db --out src/models.rs --force --baseline
        pulled 1 struct from shop.db
        wrote src/models.rs
        wrote schema.sql
        write `mod models;` in the crate, and run `cargo tablature check`
        `shop.db` knows that it has had the migrations

        $ cargo tablature pull migrations --out src/models.rs --force
        pulled 1 struct from migrations
        wrote src/models.rs
        wrote schema.sql
        write `mod models;` in the crate, and run `cargo tablature check`

        $ cargo tablature check
        2 migrations lead to the structs; each was proved up, down and up again, on 12 witness rows
          up alone: `0001_initial` has no way back
          up alone: `0002_add_courier_to_orders` has no way back

        $ cargo tablature status shop.db
        applied  0001 initial
        applied  0002 add_courier_to_orders

    "#]]);
}
