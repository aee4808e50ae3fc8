use super::check;
use expect_test::expect;

#[test]
fn each_strict_type_has_values_of_its_own() {
    check(
        "CREATE TABLE t (i INTEGER, r REAL, x TEXT, b BLOB, a ANY, n TEXT NOT NULL) STRICT",
        5,
        expect![[r#"
            t
              1 | 0.0 | 'plain' | x[00, ff, 27] | 7.25 | ''
              NULL | NULL | NULL | NULL | NULL | 'it\'s \"quoted\"'
              -1 | 1e300 | NULL | x[74, 65, 78, 74] | -1 | '007'
              9007199254740993 | 3.0 | '007' | x[03, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 5d] | x[74, 65, 78, 74] | 'two\nlines\r\n\tand ; --'
              42 | -1e-300 | 'two\nlines\r\n\tand ; --' | NULL | 11.25 | 'Ünïcödé 🦀 日本語'
        "#]],
    );
}

#[test]
fn loose_types_hold_what_they_are_named_for() {
    check(
        "CREATE TABLE t (v VARCHAR(20), flag BOOLEAN NOT NULL, at DATETIME, price DECIMAL(10, 2), anything)",
        5,
        expect![[r#"
            t
              '2024-02-29T12:34:56Z' | 1 | '2024-02-29 12:34:56' | 17.5 | 7.25
              NULL | 0 | NULL | NULL | NULL
              'plain' | 1 | 1709210096 | 9007199254740993 | NULL
              '' | 0 | '2024-12-31T23:59:59.999+14:00' | 20.5 | x[74, 65, 78, 74]
              'it\'s \"quoted\"' | 1 | 1709210096.789 | -11.125 | 11.25
        "#]],
    );
}

#[test]
fn a_column_with_a_default_is_left_out_of_some_rows() {
    check(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT 'the default', b INTEGER DEFAULT (1 + 1))",
        3,
        expect![[r#"
            t
              1 | ' spaces ' | 1
              2 | '2024-02-29T12:34:56Z' | NULL
              7 | 'the default' | 2
        "#]],
    );
}

#[test]
fn only_defaults() {
    check(
        "CREATE TABLE t (rowid INTEGER DEFAULT 1, _rowid_ TEXT DEFAULT 'x', oid REAL DEFAULT 2)",
        3,
        expect![[r#"
            t
              1 | ' spaces ' | 1.5
              NULL | NULL | NULL
              1 | 'x' | 2.0
        "#]],
    );
}

#[test]
fn hostile_names() {
    check(
        "CREATE TABLE \"a \"\"b\"\", c\" (\"select\" INTEGER PRIMARY KEY, \"it's\" TEXT NOT NULL UNIQUE,
             [größe, 2] INTEGER CHECK (\"größe, 2\" > 5), \"\" TEXT CHECK (\"\" IN ('x', 'y')));
         CREATE TABLE \"table\" (\"a.b\" INTEGER NOT NULL REFERENCES \"a \"\"b\"\", c\");",
        3,
        expect![[r#"
            a "b", c
              1 | ' spaces ' | 6 | 'x'
              2 | '2024-02-29T12:34:56Z' | NULL | NULL
              7 | '%_\\' | 42 | 'x'
              900 | 'plain' | 2147483648 | 'y'
            table
              1
              1
              7
        "#]],
    );
}
