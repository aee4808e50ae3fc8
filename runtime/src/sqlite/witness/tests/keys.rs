use super::check;
use expect_test::expect;

#[test]
fn ids_and_rowids_have_gaps() {
    check(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT NOT NULL) STRICT; CREATE TABLE b (x TEXT NOT NULL)",
        5,
        expect![[r#"
            a
              1 | ' spaces '
              2 | '2024-02-29T12:34:56Z'
              7 | '%_\\'
              900 | 'plain'
              5000000000 | ''
            b
              '2024-02-29T12:34:56Z'
              '%_\\'
              'plain'
              ''
              'it\'s \"quoted\"'
        "#]],
    );
    let db = super::database("CREATE TABLE b (x TEXT NOT NULL)");
    super::shown(&db, 5);
    let rowids = super::texts(&db, "SELECT group_concat(rowid) FROM b");
    expect!["'1,2,7,900,5000000000'"].assert_eq(&rowids.join("\n"));
}

#[test]
fn the_counter_of_autoincrement_is_ahead() {
    let db = super::database("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, x TEXT)");
    super::shown(&db, 4);
    let counter = super::texts(&db, "SELECT max(id), seq FROM t, sqlite_sequence");
    expect!["900 | 1000"].assert_eq(&counter.join("\n"));
}

#[test]
fn without_rowid_and_composite() {
    check(
        "CREATE TABLE t (tenant INTEGER, name TEXT COLLATE NOCASE, note TEXT, PRIMARY KEY (tenant, name)) WITHOUT ROWID",
        4,
        expect![[r#"
            t
              -1 | '%_\\' | 'it\'s \"quoted\"'
              0 | '2024-02-29T12:34:56Z' | NULL
              1 | ' spaces ' | 'plain'
              9007199254740993 | 'plain' | '007'
        "#]],
    );
}

#[test]
fn unique_columns_differ() {
    check(
        "CREATE TABLE t (a TEXT UNIQUE, flag BOOLEAN NOT NULL UNIQUE, mail TEXT NOT NULL, gone INTEGER NOT NULL DEFAULT 0);
         CREATE UNIQUE INDEX by_mail ON t (lower(trim(mail)));
         CREATE UNIQUE INDEX one_that_is_left ON t (gone) WHERE gone = 0;",
        5,
        expect![[r#"
            t
              '2024-02-29T12:34:56Z' | 1 | 'plain' | 0
              NULL | 0 | '' | 1
        "#]],
    );
}

#[test]
fn conflict_clauses_do_not_swallow_rows() {
    check(
        "CREATE TABLE t (kind TEXT NOT NULL UNIQUE ON CONFLICT REPLACE CHECK (kind IN ('a', 'b')), x INTEGER NOT NULL ON CONFLICT IGNORE)",
        5,
        expect![[r#"
            t
              'a' | 2
              'b' | 1
        "#]],
    );
}

#[test]
fn a_table_with_one_row() {
    check(
        "CREATE TABLE settings (id INTEGER PRIMARY KEY CHECK (id = 1), theme TEXT NOT NULL)",
        5,
        expect![[r#"
            settings
              1 | ' spaces '
        "#]],
    );
}
