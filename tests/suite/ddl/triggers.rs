use super::{check, refuses};
use expect_test::expect;
use tablature::Table;

#[test]
fn touch_immutable_and_general_triggers() {
    #[derive(Table)]
    #[table(
        trigger(name = "log_title", after = update, of(title, rank), when = "new.title <> old.title", body = "INSERT INTO log VALUES (old.title)"),
        trigger(name = "no_delete", before = delete, body = "SELECT RAISE(ABORT, 'posts stay');"),
        trigger(name = "log_new", after = insert, body = "INSERT INTO log VALUES (new.title); INSERT INTO log VALUES ('two')"),
    )]
    struct Post {
        #[column(primary_key)]
        id: i64,
        title: String,
        #[column(default = 0)]
        rank: i64,
        #[column(immutable, collate = nocase)]
        author: String,
        #[column(touch)]
        updated: i64,
        #[column(touch = "updated || '!'", default = "")]
        seen: String,
    }
    let db = check(
        &["CREATE TABLE log (line);\n", Post::DDL].concat(),
        expect![[r#"
        CREATE TABLE log (line);
        CREATE TABLE post (
          id INTEGER PRIMARY KEY,
          title TEXT NOT NULL,
          rank INTEGER NOT NULL DEFAULT 0,
          author TEXT NOT NULL COLLATE nocase,
          updated INTEGER NOT NULL DEFAULT (unixepoch()),
          seen TEXT NOT NULL DEFAULT ''
        ) STRICT;

        CREATE TRIGGER post_author_immutable BEFORE UPDATE OF author ON post
        WHEN new.author IS NOT old.author COLLATE BINARY BEGIN
          SELECT RAISE(ABORT, 'post.author is immutable');
        END;

        CREATE TRIGGER post_updated_touch AFTER UPDATE ON post
        WHEN new.updated IS old.updated BEGIN
          UPDATE post SET updated = unixepoch() WHERE id = new.id AND updated IS NOT (unixepoch());
        END;

        CREATE TRIGGER post_seen_touch AFTER UPDATE ON post
        WHEN new.seen IS old.seen BEGIN
          UPDATE post SET seen = updated || '!' WHERE id = new.id AND seen IS NOT (updated || '!');
        END;

        CREATE TRIGGER log_title AFTER UPDATE OF title, rank ON post
        WHEN new.title <> old.title BEGIN
          INSERT INTO log VALUES (old.title);
        END;

        CREATE TRIGGER no_delete BEFORE DELETE ON post BEGIN
          SELECT RAISE(ABORT, 'posts stay');
        END;

        CREATE TRIGGER log_new AFTER INSERT ON post BEGIN
          INSERT INTO log VALUES (new.title); INSERT INTO log VALUES ('two');
        END;
    "#]],
    );
    tablature::insert!(
        &db,
        Post {
            title: "a",
            author: "ann"
        }
    )
    .unwrap();
    refuses(
        &db,
        "UPDATE post SET author = 'ANN'",
        expect!["post.author is immutable"],
    );
    refuses(&db, "DELETE FROM post", expect!["posts stay"]);
}

#[test]
fn keys_of_every_kind_are_touched() {
    #[derive(Table)]
    #[table(primary_key(a, b), without_rowid)]
    struct Without {
        a: i64,
        b: String,
        #[column(touch)]
        at: i64,
    }
    check(
        Without::DDL,
        expect![[r#"
        CREATE TABLE "without" (
          a INTEGER NOT NULL,
          b TEXT NOT NULL,
          at INTEGER NOT NULL DEFAULT (unixepoch()),
          PRIMARY KEY (a, b)
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER without_at_touch AFTER UPDATE ON "without"
        WHEN new.at IS old.at BEGIN
          UPDATE "without" SET at = unixepoch() WHERE a = new.a AND b = new.b AND at IS NOT (unixepoch());
        END;
    "#]],
    );

    #[derive(Table)]
    struct Shadowed {
        rowid: String,
        oid: String,
        #[column(touch)]
        at: i64,
    }
    check(
        Shadowed::DDL,
        expect![[r#"
        CREATE TABLE shadowed (
          rowid TEXT NOT NULL,
          oid TEXT NOT NULL,
          at INTEGER NOT NULL DEFAULT (unixepoch())
        ) STRICT;

        CREATE TRIGGER shadowed_at_touch AFTER UPDATE ON shadowed
        WHEN new.at IS old.at BEGIN
          UPDATE shadowed SET at = unixepoch() WHERE _rowid_ = new._rowid_ AND at IS NOT (unixepoch());
        END;
    "#]],
    );
}
