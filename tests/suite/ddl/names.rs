use super::check;
use expect_test::expect;
use tablature::Table;

#[test]
fn names_are_snake_case_and_never_plural() {
    #[derive(Table)]
    struct BlogPost {
        author_id: i64,
    }
    check(
        BlogPost::DDL,
        expect![[r#"
        CREATE TABLE blog_post (
          author_id INTEGER NOT NULL
        ) STRICT;
    "#]],
    );

    #[derive(Table)]
    #[table(name = "Posts", rename_all = "camelCase", index(author_id))]
    struct Post {
        author_id: i64,
        #[column(name = "CREATED")]
        created_at: i64,
    }
    check(
        Post::DDL,
        expect![[r#"
        CREATE TABLE Posts (
          authorId INTEGER NOT NULL,
          CREATED INTEGER NOT NULL
        ) STRICT;

        CREATE INDEX Posts_authorId_idx ON Posts (authorId);
    "#]],
    );
}

#[test]
fn any_name_is_quoted() {
    #[derive(Table)]
    #[table(
        name = "or\"der",
        index(r#where, odd),
        unique(odd),
        check(r#type = "\"a'b\" <> ''")
    )]
    #[table(foreign_key(odd, references(Hostile(odd))))]
    #[table(fts(odd))]
    struct Hostile {
        #[column(primary_key)]
        select: i64,
        r#where: i64,
        #[column(name = "a'b", check("\"a'b\" > ''"), immutable)]
        odd: String,
        #[column(name = "größe 📏", touch)]
        size: i64,
        #[column(name = "%\"%")]
        percent: Option<i64>,
    }
    let db = tablature::Connection::open_in_memory().unwrap();
    db.execute_batch(Hostile::DDL).unwrap();
    expect![[r#"
        CREATE TABLE "or""der" (
          "select" INTEGER PRIMARY KEY,
          "where" INTEGER NOT NULL,
          "a'b" TEXT NOT NULL CONSTRAINT "a'b_check" CHECK ("a'b" > ''),
          "größe 📏" INTEGER NOT NULL DEFAULT (unixepoch()),
          "%""%" INTEGER,
          CONSTRAINT type CHECK ("a'b" <> ''),
          CONSTRAINT "a'b_fkey" FOREIGN KEY ("a'b") REFERENCES "or""der" ("a'b")
        ) STRICT;

        CREATE UNIQUE INDEX "or""der_a'b_key" ON "or""der" ("a'b");
        CREATE INDEX "or""der_where_a'b_idx" ON "or""der" ("where", "a'b");

        CREATE VIRTUAL TABLE "or""der_fts" USING fts5(
          "a'b",
          content = 'or"der',
          content_rowid = 'select'
        );

        CREATE TRIGGER "or""der_fts_insert" AFTER INSERT ON "or""der" BEGIN
          INSERT INTO "or""der_fts" (rowid, "a'b") VALUES (new."select", new."a'b");
        END;

        CREATE TRIGGER "or""der_fts_delete" AFTER DELETE ON "or""der" BEGIN
          INSERT INTO "or""der_fts" ("or""der_fts", rowid, "a'b") VALUES ('delete', old."select", old."a'b");
        END;

        CREATE TRIGGER "or""der_fts_update" AFTER UPDATE OF "a'b", "select", rowid, oid, _rowid_ ON "or""der" BEGIN
          INSERT INTO "or""der_fts" ("or""der_fts", rowid, "a'b") VALUES ('delete', old."select", old."a'b");
          INSERT INTO "or""der_fts" (rowid, "a'b") VALUES (new."select", new."a'b");
        END;

        CREATE TRIGGER "or""der_a'b_immutable" BEFORE UPDATE OF "a'b" ON "or""der"
        WHEN new."a'b" IS NOT old."a'b" COLLATE BINARY BEGIN
          SELECT RAISE(ABORT, 'or"der.a''b is immutable');
        END;

        CREATE TRIGGER "or""der_größe 📏_touch" AFTER UPDATE ON "or""der"
        WHEN new."größe 📏" IS old."größe 📏" BEGIN
          UPDATE "or""der" SET "größe 📏" = unixepoch() WHERE "select" = new."select" AND "größe 📏" IS NOT (unixepoch());
        END;
    "#]].assert_eq(Hostile::DDL);

    let id = tablature::insert!(
        &db,
        Hostile {
            r#where: 1,
            odd: "x",
            size: 2
        }
    )
    .unwrap();
    assert!(tablature::update!(&db, Hostile(id) { r#where: 5 }).unwrap());
    assert!(Hostile::get(&db, id).unwrap().unwrap().size > 2);
    assert_eq!(Hostile::search(&db, "x", 1).unwrap()[0].row.r#where, 5);
    let error = tablature::update!(&db, Hostile(id) { odd: "y" }).unwrap_err();
    expect![[r#"`or"der`: refused by a trigger: or"der.a'b is immutable"#]]
        .assert_eq(&error.to_string());
}
