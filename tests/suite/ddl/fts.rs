use super::check;
use expect_test::expect;
use tablature::Table;

#[test]
fn every_option_of_full_text_search() {
    #[derive(Table)]
    #[table(fts(
        title weight 10,
        body,
        lang unindexed,
        name = "search",
        tokenize = "unicode61 remove_diacritics 2 tokenchars '-_'",
        prefix = "2 3",
        detail = column,
        columnsize = false
    ))]
    struct Post {
        #[column(primary_key)]
        id: i64,
        title: String,
        body: Option<String>,
        lang: String,
    }
    let db = tablature::Connection::open_in_memory().unwrap();
    db.execute_batch(Post::DDL).unwrap();
    expect![[r#"
        CREATE TABLE post (
          id INTEGER PRIMARY KEY,
          title TEXT NOT NULL,
          body TEXT,
          lang TEXT NOT NULL
        ) STRICT;

        CREATE VIRTUAL TABLE search USING fts5(
          title,
          body,
          lang UNINDEXED,
          content = 'post',
          content_rowid = 'id',
          tokenize = 'unicode61 remove_diacritics 2 tokenchars ''-_''',
          prefix = '2 3',
          detail = column,
          columnsize = 0
        );

        CREATE TRIGGER search_insert AFTER INSERT ON post BEGIN
          INSERT INTO search (rowid, title, body, lang) VALUES (new.id, new.title, new.body, new.lang);
        END;

        CREATE TRIGGER search_delete AFTER DELETE ON post BEGIN
          INSERT INTO search (search, rowid, title, body, lang) VALUES ('delete', old.id, old.title, old.body, old.lang);
        END;

        CREATE TRIGGER search_update AFTER UPDATE OF title, body, lang, id, rowid, oid, _rowid_ ON post BEGIN
          INSERT INTO search (search, rowid, title, body, lang) VALUES ('delete', old.id, old.title, old.body, old.lang);
          INSERT INTO search (rowid, title, body, lang) VALUES (new.id, new.title, new.body, new.lang);
        END;
    "#]].assert_eq(Post::DDL);
}

#[test]
fn an_index_without_the_text() {
    #[derive(Table)]
    #[table(fts(body, content = none, detail = none))]
    struct Log {
        #[column(primary_key)]
        id: i64,
        body: String,
    }
    check(
        Log::DDL,
        expect![[r#"
        CREATE TABLE log (
          id INTEGER PRIMARY KEY,
          body TEXT NOT NULL
        ) STRICT;

        CREATE VIRTUAL TABLE log_fts USING fts5(
          body,
          content = '',
          contentless_delete = 1,
          detail = none
        );

        CREATE TRIGGER log_fts_insert AFTER INSERT ON log BEGIN
          INSERT INTO log_fts (rowid, body) VALUES (new.id, new.body);
        END;

        CREATE TRIGGER log_fts_delete AFTER DELETE ON log BEGIN
          DELETE FROM log_fts WHERE rowid = old.id;
        END;

        CREATE TRIGGER log_fts_update AFTER UPDATE OF body, id, rowid, oid, _rowid_ ON log BEGIN
          DELETE FROM log_fts WHERE rowid = old.id;
          INSERT INTO log_fts (rowid, body) VALUES (new.id, new.body);
        END;
    "#]],
    );
}

#[test]
fn an_index_with_a_copy_of_the_text() {
    #[derive(Table)]
    #[table(fts(body, content = own, tokenize = "trigram"))]
    struct Note {
        #[column(primary_key)]
        id: i64,
        body: String,
    }
    check(
        Note::DDL,
        expect![[r#"
        CREATE TABLE note (
          id INTEGER PRIMARY KEY,
          body TEXT NOT NULL
        ) STRICT;

        CREATE VIRTUAL TABLE note_fts USING fts5(
          body,
          tokenize = 'trigram'
        );

        CREATE TRIGGER note_fts_insert AFTER INSERT ON note BEGIN
          INSERT INTO note_fts (rowid, body) VALUES (new.id, new.body);
        END;

        CREATE TRIGGER note_fts_delete AFTER DELETE ON note BEGIN
          DELETE FROM note_fts WHERE rowid = old.id;
        END;

        CREATE TRIGGER note_fts_update AFTER UPDATE OF body, id, rowid, oid, _rowid_ ON note BEGIN
          DELETE FROM note_fts WHERE rowid = old.id;
          INSERT INTO note_fts (rowid, body) VALUES (new.id, new.body);
        END;
    "#]],
    );
}

#[test]
fn a_generated_column_is_armed_by_every_update() {
    #[derive(Table)]
    #[table(fts(whole, tokenize = "ascii"))]
    struct Person {
        #[column(primary_key)]
        id: i64,
        first: String,
        last: String,
        #[column(generated = "first || ' ' || last")]
        whole: String,
    }
    let db = check(
        Person::DDL,
        expect![[r#"
        CREATE TABLE person (
          id INTEGER PRIMARY KEY,
          "first" TEXT NOT NULL,
          "last" TEXT NOT NULL,
          whole TEXT NOT NULL GENERATED ALWAYS AS (first || ' ' || last) VIRTUAL
        ) STRICT;

        CREATE VIRTUAL TABLE person_fts USING fts5(
          whole,
          content = 'person',
          content_rowid = 'id',
          tokenize = 'ascii'
        );

        CREATE TRIGGER person_fts_insert AFTER INSERT ON person BEGIN
          INSERT INTO person_fts (rowid, whole) VALUES (new.id, new.whole);
        END;

        CREATE TRIGGER person_fts_delete AFTER DELETE ON person BEGIN
          INSERT INTO person_fts (person_fts, rowid, whole) VALUES ('delete', old.id, old.whole);
        END;

        CREATE TRIGGER person_fts_update AFTER UPDATE ON person BEGIN
          INSERT INTO person_fts (person_fts, rowid, whole) VALUES ('delete', old.id, old.whole);
          INSERT INTO person_fts (rowid, whole) VALUES (new.id, new.whole);
        END;
    "#]],
    );
    let id = tablature::insert!(
        &db,
        Person {
            first: "Ada",
            last: "King"
        }
    )
    .unwrap();
    tablature::update!(&db, Person(id) { last: "Lovelace" }).unwrap();
    let hits = Person::search(&db, "lovelace", 1).unwrap();
    assert_eq!(hits[0].row.whole, "Ada Lovelace");
    db.execute_batch("INSERT INTO person_fts (person_fts, rank) VALUES ('integrity-check', 1)")
        .unwrap();
}
