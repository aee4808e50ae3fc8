use super::{assert_clean, check, database, shown, texts};
use expect_test::expect;

#[test]
fn they_fire() {
    check(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT NOT NULL); CREATE TABLE log (id INTEGER PRIMARY KEY, t INTEGER NOT NULL);
         CREATE TRIGGER t_logged AFTER INSERT ON t BEGIN INSERT INTO log (t) VALUES (new.id); END;",
        2,
        expect![[r#"
            t
              1 | ' spaces '
              2 | '2024-02-29T12:34:56Z'
            log
              1 | 1
              2 | 2
              92628 | 0
              294369 | 1
        "#]],
    );
}

#[test]
fn what_they_refuse_is_not_tried_for_ever() {
    check(
        "CREATE TABLE even (n INTEGER NOT NULL);
         CREATE TRIGGER only_even BEFORE INSERT ON even WHEN new.n % 2 <> 0 BEGIN SELECT raise(ABORT, 'odd'); END;
         CREATE TABLE never (n INTEGER); CREATE TRIGGER no BEFORE INSERT ON never BEGIN SELECT raise(FAIL, 'go away'); END;
         CREATE TABLE quiet (n INTEGER); CREATE TRIGGER hush BEFORE INSERT ON quiet BEGIN SELECT raise(IGNORE); END;
         CREATE TABLE halfway (n INTEGER NOT NULL CHECK (n > 0));
         CREATE TRIGGER too_late AFTER INSERT ON halfway WHEN new.n <> 2 BEGIN SELECT raise(FAIL, 'too late'); END;",
        2,
        expect![[r#"
            even
              2
              0
            halfway
              2
              2
            unfilled never: go away
            unfilled quiet: a trigger or a conflict clause leaves every row out
        "#]],
    );
}

#[test]
fn those_that_cannot_run_here_do_not_fire() {
    check(
        "CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
         CREATE TRIGGER sort_title AFTER INSERT ON books BEGIN UPDATE books SET title = app_function(title); END;
         CREATE TABLE fatal (id INTEGER PRIMARY KEY);
         CREATE TRIGGER all_gone BEFORE INSERT ON fatal BEGIN SELECT raise(ROLLBACK, 'all gone'); END;
         CREATE TABLE leads_there (id INTEGER PRIMARY KEY);
         CREATE TRIGGER and_there AFTER INSERT ON leads_there BEGIN INSERT INTO fatal VALUES (new.id + 1000); END;
         CREATE VIEW broken AS SELECT x FROM nowhere;",
        2,
        expect![[r#"
            books
              1 | ' spaces '
              2 | '2024-02-29T12:34:56Z'
            fatal
              1
              2
            leads_there
              1
              2
        "#]],
    );
}

#[test]
fn parents_that_only_triggers_know() {
    check(
        "CREATE TABLE links (book INTEGER NOT NULL); CREATE TABLE books (id INTEGER PRIMARY KEY);
         CREATE TRIGGER check_book BEFORE INSERT ON links BEGIN
             SELECT CASE WHEN (SELECT id FROM books WHERE id = new.book) IS NULL THEN raise(ABORT, 'no such book') END; END;",
        2,
        expect![[r#"
            links
              1
              1
            books
              1
              2
        "#]],
    );
}

#[test]
fn full_text_tables_agree_with_their_content() {
    let db = database(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
         CREATE VIRTUAL TABLE posts_fts USING fts5 (body, content = 'posts', content_rowid = 'id');
         CREATE TRIGGER posts_in AFTER INSERT ON posts BEGIN INSERT INTO posts_fts (rowid, body) VALUES (new.id, new.body); END;
         CREATE VIRTUAL TABLE other_fts USING fts5 (body, content = 'posts', content_rowid = 'id');
         CREATE VIRTUAL TABLE own USING fts5 (title, body);
         CREATE VIRTUAL TABLE silent USING fts5 (body, content = '');
         CREATE VIRTUAL TABLE lost USING fts5 (body, content = 'nowhere');",
    );
    expect![[r#"
        Unfilled { table: "lost", reason: "no such table: main.nowhere" }
        'posts_fts' | 3
        'other_fts' | 3
        'own' | 1 | 'plain' | ''
        'own' | 2 | 'it\'s \"quoted\"' | '007'
        'own' | 7 | 'two\nlines\r\n\tand ; --' | 'Ünïcödé 🦀 日本語'
        'silent' | 1
        'silent' | 2
        'silent' | 7"#]]
    .assert_eq(&shown_of(&db));
    for fts in ["posts_fts", "other_fts", "own", "silent"] {
        let sql = format!("INSERT INTO {fts} ({fts}, rank) VALUES ('integrity-check', 1)");
        db.execute(&sql, ()).unwrap();
    }
    assert_clean(&db);
}

/// Counts, since not every full-text table can be read.
fn shown_of(db: &rusqlite::Connection) -> String {
    let schema = crate::inspect(db).unwrap();
    let unfilled = super::fill(db, &schema, 3, 1).unwrap();
    let mut lines: Vec<String> = unfilled.iter().map(|it| format!("{it:?}")).collect();
    for fts in ["posts_fts", "other_fts"] {
        let found = format!("SELECT '{fts}', count(*) FROM {fts}_docsize");
        lines.extend(texts(db, &found));
    }
    lines.extend(texts(db, "SELECT 'own', rowid, * FROM own"));
    lines.extend(texts(db, "SELECT 'silent', rowid FROM silent"));
    lines.join("\n")
}

#[test]
fn other_virtual_tables_are_left_alone() {
    let db =
        database("CREATE VIRTUAL TABLE area USING rtree (id, x0, x1); CREATE TABLE t (x TEXT)");
    expect![[r#"
        t
          '2024-02-29T12:34:56Z'
          NULL
    "#]]
    .assert_eq(&shown(&db, 2));
    assert_eq!(texts(&db, "SELECT * FROM area"), [""; 0]);
}
