use super::{check, refuses};
use expect_test::expect;
use tablature::Table;

#[test]
fn primary_keys() {
    #[derive(Table)]
    struct Counted {
        #[column(primary_key, autoincrement)]
        id: i64,
    }
    check(
        Counted::DDL,
        expect![[r#"
        CREATE TABLE counted (
          id INTEGER PRIMARY KEY AUTOINCREMENT
        ) STRICT;
    "#]],
    );

    #[derive(Table)]
    struct Optional {
        #[column(primary_key)]
        id: Option<i64>,
    }
    check(
        Optional::DDL,
        expect![[r#"
        CREATE TABLE optional (
          id INTEGER PRIMARY KEY
        ) STRICT;
    "#]],
    );

    #[derive(Table)]
    struct Named {
        #[column(primary_key)]
        name: String,
    }
    let db = check(
        Named::DDL,
        expect![[r#"
        CREATE TABLE named (
          name TEXT NOT NULL PRIMARY KEY
        ) STRICT;
    "#]],
    );
    refuses(
        &db,
        "INSERT INTO named VALUES (NULL)",
        expect!["NOT NULL constraint failed: named.name"],
    );

    #[derive(Table)]
    #[table(primary_key(tenant, number), without_rowid)]
    struct Composite {
        tenant: i64,
        number: i64,
        title: String,
    }
    let db = check(
        Composite::DDL,
        expect![[r#"
        CREATE TABLE composite (
          tenant INTEGER NOT NULL,
          number INTEGER NOT NULL,
          title TEXT NOT NULL,
          PRIMARY KEY (tenant, number)
        ) STRICT, WITHOUT ROWID;
    "#]],
    );
    db.execute_batch("INSERT INTO composite VALUES (1, 1, 'a'), (1, 2, 'b')")
        .unwrap();
    refuses(
        &db,
        "INSERT INTO composite VALUES (1, 2, 'c')",
        expect!["UNIQUE constraint failed: composite.tenant, composite.number"],
    );

    #[derive(Table)]
    #[table(without_rowid)]
    struct IntegerWithoutRowid {
        #[column(primary_key)]
        id: i64,
    }
    let db = check(
        IntegerWithoutRowid::DDL,
        expect![[r#"
        CREATE TABLE integer_without_rowid (
          id INTEGER NOT NULL PRIMARY KEY
        ) STRICT, WITHOUT ROWID;
    "#]],
    );
    refuses(
        &db,
        "INSERT INTO integer_without_rowid VALUES (NULL)",
        expect!["NOT NULL constraint failed: integer_without_rowid.id"],
    );

    #[derive(Table)]
    struct Keyless {
        line: String,
    }
    check(
        Keyless::DDL,
        expect![[r#"
        CREATE TABLE keyless (
          line TEXT NOT NULL
        ) STRICT;
    "#]],
    );
}

#[test]
fn defaults() {
    #[derive(Table)]
    struct Defaults {
        #[column(default = "it's")]
        text: String,
        #[column(default = -7)]
        integer: i64,
        #[column(default = true)]
        flag: bool,
        #[column(default = -1.5e3)]
        real: f64,
        #[column(default = 2)]
        whole: f64,
        #[column(default = b"\x00\xFF")]
        blob: Vec<u8>,
        #[column(default = 'x')]
        letter: char,
        #[column(default = -9223372036854775808)]
        least: i64,
        #[column(default_sql = "lower(hex(randomblob(16)))")]
        token: String,
        #[column(default = now)]
        seconds: i64,
        #[column(default = now)]
        at: jiff::Timestamp,
        #[column(default = "maybe")]
        nullable: Option<String>,
    }
    let db = check(
        Defaults::DDL,
        expect![[r#"
        CREATE TABLE defaults (
          text TEXT NOT NULL DEFAULT 'it''s',
          integer INTEGER NOT NULL DEFAULT -7,
          flag INTEGER NOT NULL DEFAULT 1 CONSTRAINT flag_values CHECK (flag IN (0, 1)),
          real REAL NOT NULL DEFAULT -1.5e3,
          whole REAL NOT NULL DEFAULT 2,
          blob BLOB NOT NULL DEFAULT X'00FF',
          letter TEXT NOT NULL DEFAULT 'x',
          least INTEGER NOT NULL DEFAULT -9223372036854775808,
          token TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))),
          seconds INTEGER NOT NULL DEFAULT (unixepoch()),
          at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
          nullable TEXT DEFAULT 'maybe'
        ) STRICT;
    "#]],
    );
    db.execute_batch("INSERT INTO defaults DEFAULT VALUES")
        .unwrap();
    let row = Defaults::query_one(&db, "", ()).unwrap().unwrap();
    assert_eq!(
        (
            row.text.as_str(),
            row.integer,
            row.flag,
            row.real,
            row.whole
        ),
        ("it's", -7, true, -1500.0, 2.0)
    );
    assert_eq!(
        (row.blob.as_slice(), row.letter, row.least, row.token.len()),
        (&[0, 255][..], 'x', i64::MIN, 32)
    );
    assert!(row.seconds > 1_700_000_000 && row.at.as_second() >= row.seconds - 1);
    assert_eq!(row.nullable.as_deref(), Some("maybe"));
}

#[test]
fn unique_keys_are_indexes() {
    #[derive(Table)]
    #[table(unique(tenant, slug))]
    #[table(unique(tenant, title, name = "one_title"))]
    struct Post {
        #[column(unique)]
        code: String,
        tenant: i64,
        slug: String,
        title: String,
    }
    let db = check(
        Post::DDL,
        expect![[r#"
        CREATE TABLE post (
          code TEXT NOT NULL,
          tenant INTEGER NOT NULL,
          slug TEXT NOT NULL,
          title TEXT NOT NULL
        ) STRICT;

        CREATE UNIQUE INDEX post_code_key ON post (code);
        CREATE UNIQUE INDEX post_tenant_slug_key ON post (tenant, slug);
        CREATE UNIQUE INDEX one_title ON post (tenant, title);
    "#]],
    );
    db.execute_batch("INSERT INTO post VALUES ('a', 1, 'b', 'c')")
        .unwrap();
    refuses(
        &db,
        "INSERT INTO post VALUES ('x', 1, 'b', 'y')",
        expect!["UNIQUE constraint failed: post.tenant, post.slug"],
    );
}

#[test]
fn checks_have_names() {
    #[derive(Table)]
    #[table(
        check("low <= high", ends_meet = "low + high > 0"),
        check("high < 100")
    )]
    struct Range {
        #[column(check("low > -10"), check("low < 10", low_is_even = "low % 2 = 0"))]
        low: i64,
        high: i64,
    }
    let db = check(
        Range::DDL,
        expect![[r#"
        CREATE TABLE "range" (
          low INTEGER NOT NULL CONSTRAINT low_check CHECK (low > -10) CONSTRAINT low_check_2 CHECK (low < 10) CONSTRAINT low_is_even CHECK (low % 2 = 0),
          high INTEGER NOT NULL,
          CONSTRAINT row_check CHECK (low <= high),
          CONSTRAINT ends_meet CHECK (low + high > 0),
          CONSTRAINT row_check_3 CHECK (high < 100)
        ) STRICT;
    "#]],
    );
    db.execute_batch("INSERT INTO range VALUES (2, 4)").unwrap();
    refuses(
        &db,
        "INSERT INTO range VALUES (3, 4)",
        expect!["CHECK constraint failed: low_is_even"],
    );
    refuses(
        &db,
        "INSERT INTO range VALUES (4, 2)",
        expect!["CHECK constraint failed: row_check"],
    );
}

#[test]
fn collations_and_generated_columns() {
    #[derive(Table)]
    struct Person {
        #[column(collate = nocase)]
        name: String,
        #[column(collate = "binary")]
        code: Option<String>,
        born: i64,
        #[column(generated = "upper(name)")]
        shouted: String,
        #[column(generated = "born + 100", stored, check("century > 0"))]
        century: i64,
    }
    let db = check(
        Person::DDL,
        expect![[r#"
        CREATE TABLE person (
          name TEXT NOT NULL COLLATE nocase,
          code TEXT COLLATE binary,
          born INTEGER NOT NULL,
          shouted TEXT NOT NULL GENERATED ALWAYS AS (upper(name)) VIRTUAL,
          century INTEGER NOT NULL GENERATED ALWAYS AS (born + 100) STORED CONSTRAINT century_check CHECK (century > 0)
        ) STRICT;
    "#]],
    );
    tablature::insert!(
        &db,
        Person {
            name: "Ann",
            born: 1900
        }
    )
    .unwrap();
    let ann = Person::query_one(&db, "WHERE name = 'aNN'", ())
        .unwrap()
        .unwrap();
    assert_eq!((ann.shouted.as_str(), ann.century), ("ANN", 2000));
    assert_eq!((ann.name.as_str(), ann.code, ann.born), ("Ann", None, 1900));
}
