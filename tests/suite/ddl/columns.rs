use super::{check, refuses};
use expect_test::expect;
use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::Arc;
use tablature::{ColumnType, Table};

#[test]
fn every_type_of_the_standard_library() {
    #[derive(Table)]
    struct Everything {
        a: i8,
        b: i16,
        c: i32,
        d: i64,
        e: isize,
        f: u8,
        g: u16,
        h: u32,
        i: u64,
        j: usize,
        k: f32,
        l: f64,
        m: bool,
        n: String,
        o: Box<str>,
        p: Arc<str>,
        q: Cow<'static, str>,
        r: char,
        s: Vec<u8>,
        t: Box<[u8]>,
        u: [u8; 16],
        v: Option<i64>,
        w: Option<String>,
        x: Option<bool>,
        y: tablature::types::Value,
    }
    let db = check(
        Everything::DDL,
        expect![[r#"
        CREATE TABLE everything (
          a INTEGER NOT NULL,
          b INTEGER NOT NULL,
          c INTEGER NOT NULL,
          d INTEGER NOT NULL,
          e INTEGER NOT NULL,
          f INTEGER NOT NULL,
          g INTEGER NOT NULL,
          h INTEGER NOT NULL,
          i INTEGER NOT NULL,
          j INTEGER NOT NULL,
          k REAL NOT NULL,
          l REAL NOT NULL,
          m INTEGER NOT NULL CONSTRAINT m_values CHECK (m IN (0, 1)),
          n TEXT NOT NULL,
          o TEXT NOT NULL,
          p TEXT NOT NULL,
          q TEXT NOT NULL,
          r TEXT NOT NULL,
          s BLOB NOT NULL,
          t BLOB NOT NULL,
          u BLOB NOT NULL CONSTRAINT u_length CHECK (length(u) = 16),
          v INTEGER,
          w TEXT,
          x INTEGER CONSTRAINT x_values CHECK (x IN (0, 1)),
          y ANY
        ) STRICT;
    "#]],
    );
    db.execute_batch("INSERT INTO everything VALUES (1,1,1,1,1,1,1,1,1,1,1,1,1,'','','','','x',x'',x'',zeroblob(16),NULL,NULL,NULL,NULL)").unwrap();
    refuses(
        &db,
        "UPDATE everything SET m = 2",
        expect!["CHECK constraint failed: m_values"],
    );
    refuses(
        &db,
        "UPDATE everything SET u = x'00'",
        expect!["CHECK constraint failed: u_length"],
    );
    refuses(
        &db,
        "UPDATE everything SET a = 'one'",
        expect!["cannot store TEXT value in INTEGER column everything.a"],
    );
    refuses(
        &db,
        "UPDATE everything SET n = NULL",
        expect!["NOT NULL constraint failed: everything.n"],
    );
}

#[test]
fn enums_are_text_or_integers_with_their_values() {
    #[derive(ColumnType)]
    enum Status {
        Draft,
        InReview,
        #[column_type(rename = "it's out")]
        Published,
    }
    #[derive(ColumnType)]
    #[column_type(rename_all = "SCREAMING-KEBAB-CASE")]
    enum Loud {
        VeryLoud,
    }
    #[derive(ColumnType)]
    #[column_type(integer)]
    enum Priority {
        Low = -1,
        Normal,
        High = 10,
    }
    #[derive(Table)]
    struct Task {
        status: Status,
        loud: Option<Loud>,
        #[column(default = 10)]
        priority: Priority,
    }
    let db = check(
        Task::DDL,
        expect![[r#"
        CREATE TABLE task (
          status TEXT NOT NULL CONSTRAINT status_values CHECK (status IN ('draft', 'in_review', 'it''s out')),
          loud TEXT CONSTRAINT loud_values CHECK (loud IN ('VERY-LOUD')),
          priority INTEGER NOT NULL DEFAULT 10 CONSTRAINT priority_values CHECK (priority IN (-1, 0, 10))
        ) STRICT;
    "#]],
    );
    db.execute_batch("INSERT INTO task (status) VALUES ('it''s out')")
        .unwrap();
    refuses(
        &db,
        "INSERT INTO task (status) VALUES ('other')",
        expect!["CHECK constraint failed: status_values"],
    );
    refuses(
        &db,
        "UPDATE task SET priority = 5",
        expect!["CHECK constraint failed: priority_values"],
    );
    let _ = (
        Status::Draft,
        Status::InReview,
        Status::Published,
        Loud::VeryLoud,
        Priority::Low,
        Priority::Normal,
        Priority::High,
    );
}

#[test]
fn newtypes_are_what_they_hold() {
    #[derive(ColumnType)]
    struct PostId(i64);
    #[derive(ColumnType)]
    struct Slug {
        text: String,
    }
    #[derive(Table)]
    struct Post {
        #[column(primary_key)]
        id: PostId,
        slug: Slug,
        parent: Option<PostId>,
    }
    check(
        Post::DDL,
        expect![[r#"
        CREATE TABLE post (
          id INTEGER PRIMARY KEY,
          slug TEXT NOT NULL,
          parent INTEGER
        ) STRICT;
    "#]],
    );
}

#[test]
fn json_and_text_take_other_types() {
    #[derive(serde::Serialize, serde::Deserialize, ColumnType)]
    #[column_type(json)]
    struct Settings {
        dark: bool,
    }
    #[derive(Table)]
    struct Device {
        #[column(json)]
        tags: Vec<String>,
        #[column(json)]
        extra: Option<Vec<u8>>,
        settings: Settings,
        #[column(text)]
        address: IpAddr,
        #[column(text)]
        gateway: Option<IpAddr>,
    }
    let db = check(
        Device::DDL,
        expect![[r#"
        CREATE TABLE device (
          tags TEXT NOT NULL CONSTRAINT tags_json CHECK (tags IS NULL OR json_valid(tags)),
          extra TEXT CONSTRAINT extra_json CHECK (extra IS NULL OR json_valid(extra)),
          settings TEXT NOT NULL CONSTRAINT settings_json CHECK (settings IS NULL OR json_valid(settings)),
          address TEXT NOT NULL,
          gateway TEXT
        ) STRICT;
    "#]],
    );
    db.execute_batch("INSERT INTO device VALUES ('[]', NULL, '{}', '::1', NULL)")
        .unwrap();
    refuses(
        &db,
        "UPDATE device SET tags = '['",
        expect!["CHECK constraint failed: tags_json"],
    );
}

#[test]
fn types_of_other_crates() {
    #[derive(Table)]
    struct Event {
        id: uuid::Uuid,
        #[column(text)]
        token: uuid::Uuid,
        link: Option<url::Url>,
        price: rust_decimal::Decimal,
        data: serde_json::Value,
        a: jiff::Timestamp,
        b: jiff::civil::Date,
        c: jiff::civil::Time,
        d: jiff::civil::DateTime,
        e: chrono::DateTime<chrono::Utc>,
        f: chrono::NaiveDate,
        g: chrono::NaiveTime,
        h: chrono::NaiveDateTime,
        i: time::OffsetDateTime,
        j: time::Date,
        k: time::Time,
        l: time::PrimitiveDateTime,
    }
    check(
        Event::DDL,
        expect![[r#"
        CREATE TABLE event (
          id BLOB NOT NULL CONSTRAINT id_length CHECK (length(id) = 16),
          token TEXT NOT NULL,
          link TEXT,
          price TEXT NOT NULL,
          data TEXT NOT NULL CONSTRAINT data_json CHECK (data IS NULL OR json_valid(data)),
          a TEXT NOT NULL,
          b TEXT NOT NULL,
          c TEXT NOT NULL,
          d TEXT NOT NULL,
          e TEXT NOT NULL,
          f TEXT NOT NULL,
          g TEXT NOT NULL,
          h TEXT NOT NULL,
          i TEXT NOT NULL,
          j TEXT NOT NULL,
          k TEXT NOT NULL,
          l TEXT NOT NULL
        ) STRICT;
    "#]],
    );
}

#[test]
fn a_table_may_be_lax() {
    #[derive(Table)]
    #[table(strict = false)]
    struct Lax {
        id: i64,
        any: tablature::types::Value,
    }
    let db = check(
        Lax::DDL,
        expect![[r#"
        CREATE TABLE lax (
          id INTEGER NOT NULL,
          any
        );
    "#]],
    );
    db.execute_batch("INSERT INTO lax VALUES ('not a number', '1')")
        .unwrap();
    let kept: String = db
        .query_row("SELECT typeof(any) FROM lax", (), |row| row.get(0))
        .unwrap();
    assert_eq!(kept, "text");
}
