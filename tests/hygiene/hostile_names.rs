//! Names in SQL that break whatever is not quoted, in every statement that is written.

use expect_test::expect;
use tablature::{Insert, Page, Row, Table};

#[derive(Table, Debug, PartialEq)]
#[table(name = "or\"der")]
struct Order {
    #[column(primary_key, name = "select")]
    id: i64,
    #[column(name = "it's", unique)]
    owner: String,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "100% größer 🦀", rename_all = "SCREAMING-KEBAB-CASE")]
#[table(index(percent desc, quote), unique(quote, question, name = "a \"b\" 'c' %d"))]
#[table(fts(quote weight 2, crab, name = "full \"text\" 'of' 🦀"))]
#[table(check(r#where = "\"; --\" <> '%s{}'"))]
#[table(trigger(name = "it's \"on\"", after = delete, body = "UPDATE \"or\"\"der\" SET \"it's\" = \"it's\";"))]
struct Hostile {
    #[column(primary_key, name = "a \"key\"")]
    id: i64,
    #[column(name = "%s", references(Order), on_delete = cascade)]
    percent: i64,
    #[column(name = "'")]
    quote: String,
    #[column(name = "?1")]
    question: Option<i64>,
    #[column(name = "🦀")]
    crab: String,
    #[column(name = "; --", default = "DROP TABLE \"x\"; --'")]
    comment: String,
    #[column(name = "{}", touch)]
    braces: i64,
    #[column(name = "[x]", immutable, default = "`")]
    brackets: String,
    #[column(name = "größe", generated = "length(\"'\")")]
    size: i64,
    two_words: Option<String>,
}

#[derive(Insert)]
#[insert(into = Hostile)]
struct New<'a> {
    percent: i64,
    quote: &'a str,
    crab: &'a str,
}

#[derive(Row, Debug, PartialEq)]
#[row(of = Hostile)]
struct Part {
    quote: String,
    size: i64,
}

#[derive(Row, Debug, PartialEq)]
struct Sum {
    #[column(name = "sum(\"%s\") % '🦀'")]
    sum: i64,
}

tablature::schema! {
    static ALL = [Order, Hostile];
}

#[test]
fn hostile_names_are_quoted() {
    expect![[r#"
        CREATE TABLE "or""der" (
          "select" INTEGER PRIMARY KEY,
          "it's" TEXT NOT NULL
        ) STRICT;

        CREATE UNIQUE INDEX "or""der_it's_key" ON "or""der" ("it's");

        CREATE TABLE "100% größer 🦀" (
          "a ""key""" INTEGER PRIMARY KEY,
          "%s" INTEGER NOT NULL CONSTRAINT "%s_fkey" REFERENCES "or""der" ("select") ON DELETE CASCADE,
          "'" TEXT NOT NULL,
          "?1" INTEGER,
          "🦀" TEXT NOT NULL,
          "; --" TEXT NOT NULL DEFAULT 'DROP TABLE "x"; --''',
          "{}" INTEGER NOT NULL DEFAULT (unixepoch()),
          "[x]" TEXT NOT NULL DEFAULT '`',
          "größe" INTEGER NOT NULL GENERATED ALWAYS AS (length("'")) VIRTUAL,
          "TWO-WORDS" TEXT,
          CONSTRAINT "where" CHECK ("; --" <> '%s{}')
        ) STRICT;

        CREATE UNIQUE INDEX "a ""b"" 'c' %d" ON "100% größer 🦀" ("'", "?1");
        CREATE INDEX "100% größer 🦀_%s_'_idx" ON "100% größer 🦀" ("%s" DESC, "'");

        CREATE VIRTUAL TABLE "full ""text"" 'of' 🦀" USING fts5(
          "'",
          "🦀",
          content = '100% größer 🦀',
          content_rowid = 'a "key"'
        );

        CREATE TRIGGER "full ""text"" 'of' 🦀_insert" AFTER INSERT ON "100% größer 🦀" BEGIN
          INSERT INTO "full ""text"" 'of' 🦀" (rowid, "'", "🦀") VALUES (new."a ""key""", new."'", new."🦀");
        END;

        CREATE TRIGGER "full ""text"" 'of' 🦀_delete" AFTER DELETE ON "100% größer 🦀" BEGIN
          INSERT INTO "full ""text"" 'of' 🦀" ("full ""text"" 'of' 🦀", rowid, "'", "🦀") VALUES ('delete', old."a ""key""", old."'", old."🦀");
        END;

        CREATE TRIGGER "full ""text"" 'of' 🦀_update" AFTER UPDATE OF "'", "🦀", "a ""key""", rowid, oid, _rowid_ ON "100% größer 🦀" BEGIN
          INSERT INTO "full ""text"" 'of' 🦀" ("full ""text"" 'of' 🦀", rowid, "'", "🦀") VALUES ('delete', old."a ""key""", old."'", old."🦀");
          INSERT INTO "full ""text"" 'of' 🦀" (rowid, "'", "🦀") VALUES (new."a ""key""", new."'", new."🦀");
        END;

        CREATE TRIGGER "100% größer 🦀_{}_touch" AFTER UPDATE ON "100% größer 🦀"
        WHEN new."{}" IS old."{}" BEGIN
          UPDATE "100% größer 🦀" SET "{}" = unixepoch() WHERE "a ""key""" = new."a ""key""" AND "{}" IS NOT (unixepoch());
        END;

        CREATE TRIGGER "100% größer 🦀_[x]_immutable" BEFORE UPDATE OF "[x]" ON "100% größer 🦀"
        WHEN new."[x]" IS NOT old."[x]" COLLATE BINARY BEGIN
          SELECT RAISE(ABORT, '100% größer 🦀.[x] is immutable');
        END;

        CREATE TRIGGER "it's ""on""" AFTER DELETE ON "100% größer 🦀" BEGIN
          UPDATE "or""der" SET "it's" = "it's";
        END;
    "#]].assert_eq(&ALL.ddl());
}

#[test]
fn hostile_names_are_written_and_read() -> tablature::Result<()> {
    let db = ALL.open_in_memory()?;
    let order = tablature::insert!(&db, Order { owner: "it's" })?;
    let first = tablature::insert!(
        &db,
        Hostile {
            percent: order,
            quote: "'",
            crab: "crab",
            question: 1
        }
    )?;
    let second = New {
        percent: order,
        quote: "\"",
        crab: "lobster",
    }
    .insert(&db)?;
    tablature::update!(&db, Hostile(second) { quote: "it's", two_words: "two words" })?;
    let same = tablature::upsert!(
        &db,
        Hostile { percent: order, quote: "'", crab: "krabbe", question: 1 } on (quote, question)
    )?;
    assert_eq!(same, first);

    let row = Hostile::get(&db, first)?.unwrap();
    assert_eq!(
        (row.crab.as_str(), row.comment.as_str()),
        ("krabbe", "DROP TABLE \"x\"; --'")
    );
    assert_eq!((row.brackets.as_str(), row.size), ("`", 1));
    assert!(row.update(&db)?);
    let parts = Part::query(&db, "WHERE \"?1\" IS NULL", ())?;
    assert_eq!(
        parts,
        [Part {
            quote: "it's".into(),
            size: 4
        }]
    );
    let hits = Hostile::search(&db, "lobster", 9)?;
    assert_eq!(hits[0].row.two_words.as_deref(), Some("two words"));
    let page = Page::by(Hostile::COLUMNS.quote).limit(1);
    let next = Hostile::page(&db, &page)?.next.unwrap();
    assert_eq!(
        Hostile::page(&db, &page.clone().after(next))?.rows[0].id,
        second
    );
    let sum = Sum::query_one(
        &db,
        "SELECT sum(\"%s\") AS \"sum(\"\"%s\"\") % '🦀'\" FROM \"100% größer 🦀\"",
        (),
    )?;
    assert_eq!(sum, Some(Sum { sum: 2 }));

    let wrong = tablature::update!(&db, Hostile(second) { quote: "'", question: 1 });
    expect![[r#"`100% größer 🦀`: another row has this `'`, `?1` (unique key `a "b" 'c' %d`)"#]]
        .assert_eq(&wrong.unwrap_err().to_string());
    let wrong = tablature::insert!(
        &db,
        Hostile {
            percent: 9,
            quote: "x",
            crab: ""
        }
    );
    expect![[r#"`100% größer 🦀`: `%s` refers to a row of `or"der` that does not exist"#]]
        .assert_eq(&wrong.unwrap_err().to_string());
    assert!(Order::delete(&db, order)?);
    assert_eq!(Hostile::count(&db)?, 0);
    Ok(())
}
