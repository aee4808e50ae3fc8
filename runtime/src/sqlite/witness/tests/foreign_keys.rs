use super::check;
use expect_test::expect;

#[test]
fn children_have_parents_in_whatever_order_they_are_made() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER NOT NULL REFERENCES users, editor TEXT REFERENCES users (name));
         CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
        4,
        expect![[r#"
            posts
              1 | 1 | 'plain'
              2 | 1 | NULL
              7 | 2 | NULL
              900 | 2 | NULL
            users
              1 | 'plain'
              2 | ''
              7 | 'it\'s \"quoted\"'
              900 | '007'
        "#]],
    );
}

#[test]
fn keys_that_share_a_column() {
    check(
        "CREATE TABLE tenants (id INTEGER PRIMARY KEY);
         CREATE TABLE users (tenant INTEGER NOT NULL REFERENCES tenants, name TEXT NOT NULL, PRIMARY KEY (tenant, name)) WITHOUT ROWID;
         CREATE TABLE notes (tenant INTEGER NOT NULL REFERENCES tenants, user TEXT, other TEXT NOT NULL,
             FOREIGN KEY (tenant, user) REFERENCES users, FOREIGN KEY (tenant, other) REFERENCES users (tenant, name));",
        3,
        expect![[r#"
            tenants
              1
              2
              7
            users
              1 | ''
              1 | 'plain'
              2 | 'it\'s \"quoted\"'
            notes
              1 | '' | ''
              1 | NULL | ''
              1 | 'plain' | ''
        "#]],
    );
}

#[test]
fn one_child_per_parent() {
    check(
        "CREATE TABLE a (id INTEGER PRIMARY KEY);
         CREATE TABLE b (id INTEGER PRIMARY KEY REFERENCES a, x TEXT);
         CREATE TABLE c (a INTEGER NOT NULL UNIQUE REFERENCES a, x INTEGER);",
        4,
        expect![[r#"
            a
              1
              2
              7
              900
            b
              1 | 'plain'
              2 | NULL
              7 | '007'
              900 | 'it\'s \"quoted\"'
            c
              1 | -1
              2 | NULL
              7 | 42
              900 | -9007199254740993
        "#]],
    );
}

#[test]
fn rows_that_refer_to_their_own_table() {
    check(
        "CREATE TABLE nodes (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES nodes, CHECK (parent <> id));
         CREATE TABLE strict_nodes (id TEXT PRIMARY KEY NOT NULL, parent TEXT NOT NULL REFERENCES strict_nodes);",
        4,
        expect![[r#"
            nodes
              2 | NULL
              7 | NULL
              900 | 7
              905 | 2
            strict_nodes
              '2024-02-29T12:34:56Z' | '2024-02-29T12:34:56Z'
              '%_\\' | '2024-02-29T12:34:56Z'
              'plain' | '%_\\'
              '' | '2024-02-29T12:34:56Z'
        "#]],
    );
}

#[test]
fn tables_that_refer_to_each_other() {
    check(
        "CREATE TABLE teams (id INTEGER PRIMARY KEY, lead INTEGER REFERENCES people);
         CREATE TABLE people (id INTEGER PRIMARY KEY, team INTEGER NOT NULL REFERENCES teams);
         CREATE TABLE eggs (id INTEGER PRIMARY KEY, hen TEXT NOT NULL REFERENCES hens);
         CREATE TABLE hens (id TEXT PRIMARY KEY NOT NULL, egg INTEGER NOT NULL REFERENCES eggs);",
        3,
        expect![[r#"
            teams
              1 | NULL
              2 | NULL
              7 | NULL
              900 | 900
            people
              2 | 1
              7 | 2
              900 | 1
            eggs
              1 | 'it\'s \"quoted\"'
              2 | '007'
              7 | 'two\nlines\r\n\tand ; --'
            hens
              'it\'s \"quoted\"' | 1
              '007' | 1
              'two\nlines\r\n\tand ; --' | 2
        "#]],
    );
}

#[test]
fn keys_that_are_each_others() {
    check(
        "CREATE TABLE a (id INTEGER PRIMARY KEY REFERENCES b); CREATE TABLE b (id INTEGER PRIMARY KEY REFERENCES a)",
        3,
        expect![[r#"
            a
              1
              2
              7
            b
              1
              2
              7
        "#]],
    );
}

#[test]
fn parents_that_are_missing() {
    check(
        "CREATE TABLE a (x INTEGER REFERENCES nowhere, y TEXT NOT NULL); CREATE TABLE b (id INTEGER PRIMARY KEY, x INTEGER NOT NULL REFERENCES nowhere);
         CREATE TABLE c (b INTEGER NOT NULL REFERENCES b)",
        2,
        expect![[r#"
            a
              NULL | ' spaces '
              NULL | '2024-02-29T12:34:56Z'
            unfilled b: its parent `nowhere` does not exist
            unfilled c: its parent `b` has no rows
        "#]],
    );
}

#[test]
fn types_that_differ() {
    check(
        "CREATE TABLE a (id TEXT PRIMARY KEY NOT NULL); CREATE TABLE b (a INTEGER NOT NULL REFERENCES a)",
        4,
        expect![[r#"
            a
              '2024-02-29T12:34:56Z'
              '%_\\'
              'plain'
              ''
            b
              '2024-02-29T12:34:56Z'
              '2024-02-29T12:34:56Z'
              '%_\\'
              '%_\\'
        "#]],
    );
}

#[test]
fn enforced_or_not_inside_a_transaction_or_not() {
    let ddl = "CREATE TABLE eggs (id INTEGER PRIMARY KEY, hen INTEGER NOT NULL REFERENCES hens);
               CREATE TABLE hens (id INTEGER PRIMARY KEY, egg INTEGER NOT NULL REFERENCES eggs);";
    let plain = super::shown(&super::database(ddl), 3);
    let db = super::database(&format!("{ddl} PRAGMA foreign_keys = ON;"));
    assert_eq!(super::shown(&db, 3), plain);
    assert_eq!(super::texts(&db, "PRAGMA foreign_keys"), ["1"]);
    let db = super::database(&format!("{ddl} PRAGMA foreign_keys = ON; BEGIN;"));
    assert_eq!(super::shown(&db, 3), plain);
    db.execute_batch("COMMIT").unwrap();
    let db = super::database(&format!("{ddl} PRAGMA foreign_keys = OFF; BEGIN;"));
    assert_eq!(super::shown(&db, 3), plain);
    assert_eq!(super::texts(&db, "PRAGMA foreign_keys"), ["0"]);
    db.execute_batch("ROLLBACK").unwrap();
    assert_eq!(super::texts(&db, "SELECT * FROM eggs"), [""; 0]);
}

#[test]
fn rows_that_are_there_stay() {
    check(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT); INSERT INTO a VALUES (1, 'mine'), (5, NULL);
         CREATE TABLE b (a INTEGER NOT NULL REFERENCES a); ",
        2,
        expect![[r#"
            a
              1 | 'mine'
              2 | NULL
              5 | NULL
              970661 | ' spaces '
            b
              1
              1
        "#]],
    );
    let db = super::database(
        "PRAGMA foreign_keys = OFF; CREATE TABLE a (id INTEGER PRIMARY KEY, x INTEGER REFERENCES a); INSERT INTO a VALUES (5, 77)",
    );
    super::fill(&db, &crate::inspect(&db).unwrap(), 2, 1).unwrap();
    assert_eq!(super::texts(&db, "SELECT x FROM a WHERE id = 5"), ["77"]);
}
