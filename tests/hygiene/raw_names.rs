//! Rust's keywords as names: `r#` is no part of a name in SQL.

use expect_test::expect;
use tablature::{ColumnType, Insert, Row, Table};

#[derive(ColumnType, Debug, PartialEq, Clone, Copy)]
#[expect(non_camel_case_types, reason = "the keyword is in lower case")]
enum Kind {
    r#in,
    r#Out,
}

#[derive(Table, Debug, PartialEq)]
#[table(primary_key(r#type, r#where), index(r#match desc, r#final), unique(r#if))]
#[table(check(r#else = "\"if\" <> \"where\""))]
#[table(trigger(name = "yield", after = update, of(r#if, r#match), body = "SELECT 1;"))]
struct r#Match {
    r#type: i64,
    r#where: i64,
    r#match: Option<String>,
    #[column(name = "final ")]
    r#final: Option<i64>,
    r#if: i64,
    r#kind: Kind,
}

#[derive(Table, Debug, PartialEq)]
#[table(
    rename_all = "camelCase",
    foreign_key(r#abstract, r#do, references(r#Match(r#type, r#where)))
)]
struct Case {
    #[column(primary_key)]
    id: i64,
    r#abstract: i64,
    r#do: i64,
    #[column(references(r#Match(r#if)), on_delete = cascade)]
    r#let: i64,
}

#[derive(Insert)]
#[insert(into = r#Match)]
struct r#Move {
    r#where: i64,
    r#type: i64,
    r#if: i64,
    kind: Kind,
}

#[derive(Row, Debug, PartialEq)]
#[row(of = r#Match)]
struct r#Ref {
    r#if: i64,
    r#type: i64,
}

#[derive(Row, Debug, PartialEq)]
struct r#Static {
    r#loop: i64,
}

tablature::schema! {
    #[expect(non_upper_case_globals, reason = "the keyword is in lower case")]
    static r#mod = [r#Match, Case];
}

#[test]
fn keywords_are_names() {
    expect![[r#"
        CREATE TABLE "match" (
          type INTEGER NOT NULL,
          "where" INTEGER NOT NULL,
          "match" TEXT,
          "final " INTEGER,
          "if" INTEGER NOT NULL,
          kind TEXT NOT NULL CONSTRAINT kind_values CHECK (kind IN ('in', 'out')),
          PRIMARY KEY (type, "where"),
          CONSTRAINT "else" CHECK ("if" <> "where")
        ) STRICT;

        CREATE UNIQUE INDEX match_if_key ON "match" ("if");
        CREATE INDEX "match_match_final _idx" ON "match" ("match" DESC, "final ");

        CREATE TRIGGER yield AFTER UPDATE OF "if", "match" ON "match" BEGIN
          SELECT 1;
        END;
    "#]]
    .assert_eq(r#Match::DDL);

    let db = r#mod.open_in_memory().unwrap();
    let r#type = 1;
    let key = tablature::insert!(
        &db,
        r#Match {
            r#type,
            r#where: 2,
            r#if: 3,
            kind: Kind::r#in
        }
    );
    assert_eq!(key.unwrap(), (1, 2));
    let next = r#Move {
        r#where: 3,
        r#type,
        r#if: 4,
        kind: Kind::r#Out,
    };
    assert_eq!(next.insert(&db).unwrap(), (1, 3));
    let id = tablature::insert!(
        &db,
        Case {
            r#abstract: 1,
            r#do: 2,
            r#let: 4
        }
    )
    .unwrap();
    tablature::update!(&db, r#Match((1, 2)) { r#match: "even", r#final: None }).unwrap();
    let r#if = 4;
    tablature::upsert!(&db, r#Match { r#type, r#where: 3, r#if, kind: Kind::r#in } on (r#if))
        .unwrap();

    assert_eq!(Case::get(&db, id).unwrap().unwrap().r#let, 4);
    let row = r#Match::get(&db, (1, 2)).unwrap().unwrap();
    assert_eq!(row.r#match.as_deref(), Some("even"));
    let rows = r#Ref::query(&db, "ORDER BY \"if\" DESC", ()).unwrap();
    assert_eq!(rows[0], r#Ref { r#if: 4, r#type: 1 });
    let one = r#Static::query_one(&db, "SELECT 7 AS loop", ()).unwrap();
    assert_eq!(one, Some(r#Static { r#loop: 7 }));
}
