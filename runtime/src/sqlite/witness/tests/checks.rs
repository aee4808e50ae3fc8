use super::check;
use expect_test::expect;

#[test]
fn every_variant_of_an_enum_occurs() {
    check(
        "CREATE TABLE t (a TEXT NOT NULL CHECK (a IN ('x', 'y', 'z', 'it''s')), b TEXT CHECK (b IS NULL OR b IN ('m', 'n')),
             c TEXT CHECK (c = 'p' OR c = 'q'), d INTEGER NOT NULL CHECK (d IN (0, 1))) STRICT",
        2,
        expect![[r#"
            t
              'x' | 'm' | 'p' | 0
              'y' | NULL | NULL | 1
              'z' | 'm' | 'p' | 0
              'it\'s' | 'n' | 'q' | 1
        "#]],
    );
}

#[test]
fn ranges() {
    check(
        "CREATE TABLE t (a INTEGER NOT NULL CHECK (a >= 0), b INTEGER CHECK (b BETWEEN -3 AND -2), c REAL CHECK (c > 0 AND c < 1),
             d INT CHECK (d > 1000000 AND d < 1000003)) STRICT",
        4,
        expect![[r#"
            t
              0 | -3 | 0.5 | 1000001
              1 | NULL | NULL | NULL
              9007199254740993 | -3 | 0.5 | 1000001
              42 | -2 | NULL | 1000002
        "#]],
    );
}

#[test]
fn lengths() {
    check(
        "CREATE TABLE t (a TEXT NOT NULL CHECK (length(a) > 0), b TEXT CHECK (length(b) <= 3), c BLOB NOT NULL UNIQUE CHECK (length(c) = 4),
             d TEXT NOT NULL UNIQUE CHECK (length(d) = 6 AND d NOT GLOB '*[^0-9a-f]*'), e TEXT CHECK (trim(e) <> '')) STRICT",
        4,
        expect![[r#"
            t
              '1' | '111' | x[01, 01, 01, 01] | '111111' | 'ab'
              '2024-02-29T12:34:56Z' | NULL | x[02, 02, 02, 02] | '222222' | NULL
              '2' | '333' | x[03, 03, 03, 03] | '333333' | '1'
              '%_\\' | '%_\\' | x[74, 65, 78, 74] | '444444' | NULL
        "#]],
    );
}

#[test]
fn json() {
    check(
        "CREATE TABLE t (a TEXT NOT NULL CHECK (json_valid(a)), b TEXT CHECK (json_type(b) = 'array'),
             c TEXT NOT NULL CHECK (c ->> '$.kind' IN ('point', 'line')),
             kind TEXT GENERATED ALWAYS AS (json_extract(d, '$.k')), d TEXT) STRICT;
         CREATE INDEX by_kind ON t (json_extract(c, '$.kind'))",
        3,
        expect![[r#"
            t
              '{}' | '[]' | '{\"kind\":\"point\"}' | 'it\'s' | '{\"k\":\"it\'s\"}'
              '[]' | NULL | '{\"kind\":\"line\"}' | NULL | NULL
              '[1]' | '[\"ü\", null]' | '{}' | NULL | '[]'
        "#]],
    );
}

#[test]
fn patterns() {
    check(
        "CREATE TABLE t (url TEXT CHECK (url LIKE 'http%://_%'), day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
             slug TEXT NOT NULL CHECK (slug = lower(slug) AND slug <> ''), mail TEXT CHECK (instr(mail, '@') > 1),
             code TEXT CHECK (substr(code, 1, 2) = 'X-'), kind CHECK (typeof(kind) = 'text'))",
        4,
        expect![[r#"
            t
              'http://a' | '1111-11-11' | 'ab' | 'a@b' | 'X-' | 'text'
              NULL | '2024-02-29' | 'plain' | NULL | NULL | 'text1'
              'httpb1://ab1' | '1111-11-11' | '1' | 'a@b' | 'X-' | 'text1'
              'http://a' | '2024-02-29' | 'it\'s \"quoted\"' | NULL | 'X-1' | 'text'
        "#]],
    );
}

#[test]
fn several_columns_in_one_check() {
    check(
        "CREATE TABLE t (low INTEGER NOT NULL, high INTEGER NOT NULL CHECK (low < high), kind TEXT NOT NULL CHECK (kind IN ('file', 'link')),
             path TEXT, target INTEGER, CONSTRAINT one_of CHECK ((path IS NULL) <> (target IS NULL)),
             CONSTRAINT by_kind CHECK (CASE kind WHEN 'file' THEN path IS NOT NULL ELSE target > 5 END)) STRICT",
        4,
        expect![[r#"
            t
              1 | 2 | 'link' | 'plain' | NULL
              0 | 1 | 'link' | 'it\'s \"quoted\"' | NULL
              -1 | 0 | 'link' | '2024-02-29' | NULL
              -9007199254740993 | -1 | 'link' | NULL | 7
              42 | 9007199254740993 | 'file' | 'plain' | NULL
        "#]],
    );
}

#[test]
fn what_nothing_satisfies_is_said() {
    check(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT NOT NULL CHECK (x = '1' AND x <> '1'));
         CREATE TABLE b (x TEXT NOT NULL CONSTRAINT never CHECK (length(x) < 0));
         CREATE TABLE c (a INTEGER NOT NULL REFERENCES a);",
        2,
        expect![[r#"
            unfilled a: no value satisfies CHECK (x = '1' AND x <> '1')
            unfilled b: no value satisfies CHECK (length(x) < 0)
            unfilled c: its parent `a` has no rows
        "#]],
    );
}
