//! What tables say that other programs have made.

use super::{check, refuses};
use expect_test::expect;
use tablature::types::Value;
use tablature::{ColumnType, Table, insert, upsert};

#[derive(Table)]
#[table(name = "customers", strict = false)]
struct Customer {
    #[column(primary_key, sql_type = "VARCHAR(36)")]
    id: Option<String>,
    #[column(sql_type = "varchar(120)", unique = constraint, collate = nocase)]
    email: String,
    #[column(sql_type = "BOOLEAN", check = false, default = true)]
    active: bool,
    #[column(not_null)]
    anything: Value,
    #[column(not_null, sql_type = "NUMERIC")]
    number: Value,
    #[column(sql_type = "")]
    words: Option<String>,
}

#[test]
fn types_in_the_words_of_the_table() {
    let db = check(
        Customer::DDL,
        expect![[r#"
        CREATE TABLE customers (
          id VARCHAR(36) PRIMARY KEY,
          email varchar(120) NOT NULL COLLATE nocase,
          active BOOLEAN NOT NULL DEFAULT 1,
          anything NOT NULL,
          number NUMERIC NOT NULL,
          words,
          UNIQUE (email)
        );
    "#]],
    );
    refuses(
        &db,
        "INSERT INTO customers (email, anything, number) VALUES ('a', NULL, 1)",
        expect!["NOT NULL constraint failed: customers.anything"],
    );
    // NULL is a key here, and the type takes what is there.
    db.execute_batch("INSERT INTO customers (email, anything, number) VALUES ('a', x'00', 1)")
        .unwrap();
    let row = &Customer::all(&db).unwrap()[0];
    assert_eq!((row.id.as_deref(), row.active), (None, true));
    db.execute_batch("UPDATE customers SET id = 'b'").unwrap();
    let row = upsert!(&db, Customer { id: "b", email: "A", anything: Value::Integer(1), number: Value::Real(2.5) } on (email));
    assert_eq!(row.unwrap(), "b");
    assert_eq!(Customer::get(&db, "b").unwrap().unwrap().email, "a");
}

#[test]
fn a_word_for_an_integer_is_no_rowid() {
    #[derive(Table)]
    struct Counted {
        #[column(primary_key, sql_type = "INT")]
        id: i64,
        title: String,
    }
    let db = check(
        Counted::DDL,
        expect![[r#"
        CREATE TABLE counted (
          id INT NOT NULL PRIMARY KEY,
          title TEXT NOT NULL
        ) STRICT;
    "#]],
    );
    assert_eq!(Counted::TABLE.rowid_column(), None);
    let id = insert!(&db, Counted { id: 7, title: "a" }).unwrap();
    assert_eq!(id, 7);
}

#[test]
fn constraints_in_the_statement() {
    #[derive(Table)]
    #[table(primary_key(a, b, on_conflict = replace))]
    #[table(unique(b, a, constraint), unique(c, constraint, on_conflict = ignore))]
    #[table(unique(a, c, constraint, name = "both"))]
    #[table(check("not large" = "a < 9"))]
    struct Pair {
        a: i64,
        b: i64,
        c: i64,
    }
    let db = check(
        Pair::DDL,
        expect![[r#"
        CREATE TABLE pair (
          a INTEGER NOT NULL,
          b INTEGER NOT NULL,
          c INTEGER NOT NULL,
          PRIMARY KEY (a, b) ON CONFLICT REPLACE,
          UNIQUE (b, a),
          UNIQUE (c) ON CONFLICT IGNORE,
          CONSTRAINT both UNIQUE (a, c),
          CONSTRAINT "not large" CHECK (a < 9)
        ) STRICT;
    "#]],
    );
    db.execute_batch("INSERT INTO pair VALUES (1, 1, 1), (1, 2, 2), (2, 2, 2)")
        .unwrap();
    assert_eq!(Pair::count(&db).unwrap(), 2);

    #[derive(Table)]
    #[table(primary_key(id, on_conflict = fail))]
    struct One {
        id: i64,
    }
    check(
        One::DDL,
        expect![[r#"
        CREATE TABLE one (
          id INTEGER PRIMARY KEY ON CONFLICT FAIL
        ) STRICT;
    "#]],
    );
}

#[test]
fn a_check_of_its_own_for_an_enum() {
    #[derive(ColumnType, Debug, PartialEq)]
    enum State {
        Open,
        Done,
    }
    #[derive(Table)]
    #[table(strict = false)]
    struct Task {
        #[column(
            check = false,
            check(known_state = "state IN ('open', 'done', 'lost')")
        )]
        state: State,
        #[column(check = false)]
        done: Option<bool>,
    }
    let db = check(
        Task::DDL,
        expect![[r#"
        CREATE TABLE task (
          state TEXT NOT NULL CONSTRAINT known_state CHECK (state IN ('open', 'done', 'lost')),
          done INTEGER
        );
    "#]],
    );
    insert!(
        &db,
        Task {
            state: State::Open,
            done: true
        }
    )
    .unwrap();
    db.execute_batch("INSERT INTO task VALUES ('lost', 1)")
        .unwrap();
    assert!(Task::all(&db).is_err());
}

#[test]
fn foreign_keys_to_tables_without_a_struct() {
    #[derive(Table)]
    #[table(index_foreign_keys = false)]
    #[table(foreign_key(a, references(Customer(email)), name = "fk customer"))]
    #[table(foreign_key(a, b, references("pairs"), on_delete = cascade, deferrable))]
    struct Order {
        #[column(references("other table"("it's")), on_update = set_null)]
        a: String,
        b: i64,
        #[column(references("nowhere"))]
        c: i64,
    }
    check(
        Order::DDL,
        expect![[r#"
        CREATE TABLE "order" (
          a TEXT NOT NULL CONSTRAINT a_fkey REFERENCES "other table" ("it's") ON UPDATE SET NULL,
          b INTEGER NOT NULL,
          c INTEGER NOT NULL CONSTRAINT c_fkey REFERENCES nowhere,
          CONSTRAINT "fk customer" FOREIGN KEY (a) REFERENCES customers (email),
          CONSTRAINT a_b_fkey FOREIGN KEY (a, b) REFERENCES pairs ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
        ) STRICT;
    "#]],
    );
    // Its other tables need no place in the list.
    tablature::schema! {
        static SHOP = [Customer, Order];
    }
    assert!(SHOP.open_in_memory().is_ok());
}

#[test]
fn full_text_with_triggers_of_its_own() {
    #[derive(Table)]
    #[table(name = "notes", fts(body, triggers = false))]
    #[table(trigger(name = "words_in", after = insert, body = "INSERT INTO notes_fts (rowid, body) VALUES (new.id, new.body)"))]
    struct Note {
        #[column(primary_key)]
        id: i64,
        body: String,
    }
    let db = check(
        Note::DDL,
        expect![[r#"
        CREATE TABLE notes (
          id INTEGER PRIMARY KEY,
          body TEXT NOT NULL
        ) STRICT;

        CREATE VIRTUAL TABLE notes_fts USING fts5(
          body,
          content = 'notes',
          content_rowid = 'id'
        );

        CREATE TRIGGER words_in AFTER INSERT ON notes BEGIN
          INSERT INTO notes_fts (rowid, body) VALUES (new.id, new.body);
        END;
    "#]],
    );
    insert!(
        &db,
        Note {
            body: "a rusty note"
        }
    )
    .unwrap();
    assert_eq!(Note::search(&db, "rusty", 5).unwrap().len(), 1);
}
