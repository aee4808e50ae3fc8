//! Pulled structs make the tables that they were pulled from, to the letter of what was recorded: all in one crate, which
//! compiles only if they do.

use super::scratch::Scratch;
use expect_test::expect;
use std::fmt::Write as _;
use tablature::Connection;

/// Pulls each schema into a module of its own, compiles them all at once, and shows what each keeps as SQL.
fn check(schemas: &[(&str, String)]) -> String {
    let mut crate_of_all = Scratch::unwritten();
    let (mut main, mut kept) = (String::new(), String::new());
    for (name, sql) in schemas {
        let source = format!("{name}.sql");
        crate_of_all.write(&source, sql);
        let report = crate_of_all.silently(&format!(
            "cargo tablature pull {source} --out src/{name}.rs --migrations {name}/migrations"
        ));
        let told = report
            .lines()
            .filter(|it| it.starts_with("  "))
            .collect::<Vec<_>>();
        if !told.is_empty() {
            let _ = writeln!(kept, "{name}\n{}", told.join("\n"));
        }
        let formatted = crate_of_all.read(&format!("src/{name}.rs"));
        crate_of_all.quietly(&format!("rustfmt --edition 2024 --check src/{name}.rs"));
        let renamed =
            formatted.replace("static SCHEMA", &format!("static {}", name.to_uppercase()));
        crate_of_all.write(&format!("src/{name}.rs"), &renamed);
        let _ = writeln!(main, "mod {name};");
    }
    let _ = writeln!(main, "\nfn main() {{}}");
    crate_of_all.write("src/main.rs", &main);
    crate_of_all.quietly("cargo check --quiet");
    for (name, _) in schemas.iter().take(3) {
        let schema = name.to_uppercase();
        let check = format!("cargo tablature check --schema {schema}");
        let told = crate_of_all.silently(&check);
        assert!(told.contains("leads to the structs"), "{check}\n{told}");
    }
    kept
}

#[test]
fn every_kind_of_table() {
    let schemas: Vec<(&str, String)> = SCHEMAS
        .iter()
        .map(|(name, sql)| (*name, (*sql).to_owned()))
        .collect();
    expect![[r#"
        names
          table `nameless`: a name is empty
        keys
          table `descending`: a struct would make another table: `descending` has another primary key
          table `ignoring`: a struct would make another table: `ignoring.z` treats NULL in another way
          table `collated`: a struct would make another table: `collated` loses its UNIQUE (v); `collated` has a new UNIQUE (v)
          index `twice_x`: it names a column twice
        columns
          table `two_of_one_name`: it has two checks of the name `x`
        objects
          fts `notes_fts`: full-text search needs a primary key of one integer column
          fts `alone`: a struct says it only where it follows the columns of a table
          virtual table `areas`: it is a virtual table of the module `rtree`
          view `recent`: no struct says a view
          trigger `recent_in`: `recent` has no struct
          `vectors`: it needs the module `vec0`, which is not in this SQLite
    "#]].assert_eq(&check(&schemas));
}

/// Tables of random columns and constraints. A seed is printed, so that a failure can be had again.
#[test]
#[expect(clippy::print_stdout, reason = "a failure shows the tables")]
fn random_tables() {
    let names = [
        "one", "two", "three", "four", "five", "six", "seven", "eight",
    ];
    let schemas: Vec<(&str, String)> = names
        .iter()
        .zip(1_u64..)
        .map(|(name, seed)| {
            (
                *name,
                Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)).schema(),
            )
        })
        .collect();
    for (name, sql) in &schemas {
        println!("{name}:\n{sql}");
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(sql).unwrap();
    }
    assert_eq!(check(&schemas), "");
}

struct Random(u64);

impl Random {
    fn below(&mut self, count: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % count
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        let at = self.below(of.len() as u64);
        of[usize::try_from(at).unwrap()]
    }

    fn chance(&mut self, of: u64) -> bool {
        self.below(of) == 0
    }

    fn schema(&mut self) -> String {
        let mut sql = String::new();
        for table in 0..4 {
            let strict = self.chance(3);
            let _ = write!(
                sql,
                "CREATE TABLE \"Table {table}\" (\n  id {} PRIMARY KEY",
                self.key(strict)
            );
            let columns = 3 + self.below(6);
            for column in 0..columns {
                let column = self.column(&format!("c{column}"), table, strict);
                let _ = write!(sql, ",\n  {column}");
            }
            if self.chance(2) {
                let conflict = self.one(&["", " ON CONFLICT REPLACE", " ON CONFLICT IGNORE"]);
                let _ = write!(sql, ",\n  UNIQUE (c0, c1){conflict}");
            }
            if self.chance(2) {
                let name = self.one(&["", "CONSTRAINT small ", "CONSTRAINT \"not large\" "]);
                let _ = write!(sql, ",\n  {name}CHECK (c0 IS NOT c1 OR c2 = 'it''s')");
            }
            let _ = writeln!(sql, "\n){};", if strict { " STRICT" } else { "" });
            for index in 0..self.below(4) {
                let unique = self.one(&["", "UNIQUE "]);
                let part = self.one(&["c0", "c1 DESC", "c2 COLLATE NOCASE", "lower(c1)"]);
                let filter = self.one(&["", " WHERE c0 IS NOT NULL"]);
                let _ = writeln!(
                    sql,
                    "CREATE {unique}INDEX \"index {table} {index}\" ON \"Table {table}\" ({part}, id){filter};"
                );
            }
        }
        sql
    }

    fn key(&mut self, strict: bool) -> &'static str {
        if strict {
            self.one(&["INTEGER", "TEXT", "INT"])
        } else {
            self.one(&[
                "INTEGER",
                "INTEGER NOT NULL",
                "TEXT",
                "BIGINT",
                "VARCHAR(36) NOT NULL",
            ])
        }
    }

    fn column(&mut self, name: &str, table: u64, strict: bool) -> String {
        let ty = if strict {
            self.one(&["INTEGER", "TEXT", "BLOB", "REAL", "ANY"])
        } else {
            self.one(&[
                "INTEGER",
                "VARCHAR(80)",
                "",
                "BOOLEAN",
                "DECIMAL(10, 2)",
                "datetime",
                "TEXT",
            ])
        };
        let mut sql = format!("{name} {ty}");
        if self.chance(2) {
            sql.push_str(" NOT NULL");
        }
        match self.below(8) {
            0 => sql.push_str(" DEFAULT 1"),
            1 => sql.push_str(" DEFAULT 'a \"b\" \\'"),
            2 => sql.push_str(" DEFAULT (abs(random()))"),
            3 => {
                let _ = write!(sql, " CHECK ({name} IN ('a', 'B c', ''))");
            }
            4 => {
                let _ = write!(sql, " CHECK ({name} IN (0, 1))");
            }
            5 if table > 0 => {
                let action = self.one(&[
                    "",
                    " ON DELETE CASCADE",
                    " ON UPDATE SET NULL",
                    " DEFERRABLE INITIALLY DEFERRED",
                ]);
                let _ = write!(sql, " REFERENCES \"Table {}\"{action}", self.below(table));
            }
            6 => sql.push_str(" UNIQUE COLLATE NOCASE"),
            _ => {}
        }
        sql
    }
}

const SCHEMAS: &[(&str, &str)] = &[
    ("names", NAMES),
    ("keys", KEYS),
    ("columns", COLUMNS),
    ("objects", OBJECTS),
    ("rowids", ROWIDS),
    ("ours", OURS),
];

const NAMES: &str = r#"
CREATE TABLE "group" ("order" INTEGER PRIMARY KEY, "select" TEXT NOT NULL, "type" VARCHAR(30) NOT NULL DEFAULT "x",
  "a b" NUMERIC NOT NULL, "self" INT, "SELF_" TEXT, "a""b" TEXT, [weird.name] FLOAT CHECK ([weird.name] > 0),
  `tick` DATETIME DEFAULT CURRENT_TIMESTAMP, "1st" DOUBLE PRECISION, "größe" TEXT, "+" TEXT, "²" INTEGER);
CREATE TABLE "table" (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, value NOT NULL, "Option" BOOLEAN NOT NULL DEFAULT FALSE);
CREATE TABLE nameless ("" TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, columns TEXT);
CREATE TABLE posts_columns (id INTEGER PRIMARY KEY);
CREATE TABLE "POSTS-2" (a TEXT CHECK (a IN ('x', 'X', 'self', '1', '-1', '')));
CREATE TABLE "posts 2" (a TEXT);
CREATE TABLE "2fa" (a TEXT);
"#;

const KEYS: &str = r#"
CREATE TABLE descending (x TEXT, y INT, PRIMARY KEY (x, y DESC));
CREATE TABLE ignoring (x TEXT PRIMARY KEY, z TEXT NOT NULL ON CONFLICT IGNORE);
CREATE TABLE replacing (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, n TEXT COLLATE NOCASE UNIQUE ON CONFLICT FAIL);
CREATE TABLE pairs (a TEXT, b TEXT, PRIMARY KEY (a, b) ON CONFLICT ROLLBACK) WITHOUT ROWID;
CREATE TABLE nullable (a TEXT, b TEXT, c INTEGER, PRIMARY KEY (a, b));
CREATE TABLE collated (id INT PRIMARY KEY, u TEXT UNIQUE, v TEXT, UNIQUE (v COLLATE NOCASE));
CREATE TABLE big (id BIGINT PRIMARY KEY NOT NULL, u TEXT UNIQUE);
CREATE TABLE refers (
  id INTEGER PRIMARY KEY, a REFERENCES big, b TEXT REFERENCES big (id) ON DELETE SET NULL,
  c INT NOT NULL REFERENCES big ON DELETE SET NULL, d REFERENCES nowhere, e REFERENCES ignoring (z),
  f INTEGER REFERENCES refers DEFERRABLE INITIALLY DEFERRED, g TEXT CONSTRAINT named REFERENCES big (u),
  h INTEGER REFERENCES descending (x) REFERENCES replacing (id)
);
CREATE TABLE refers_to_pairs (a TEXT, b TEXT, FOREIGN KEY (a, b) REFERENCES pairs,
  CONSTRAINT "my key" FOREIGN KEY (b, a) REFERENCES pairs (a, b) ON UPDATE CASCADE);
CREATE TABLE left_hand (id INTEGER PRIMARY KEY, hand INTEGER REFERENCES right_hand);
CREATE TABLE right_hand (id INTEGER PRIMARY KEY, hand INTEGER REFERENCES left_hand ON DELETE CASCADE);
CREATE TABLE twice (id TEXT NOT NULL PRIMARY KEY UNIQUE, x TEXT, y TEXT, UNIQUE (x, y), UNIQUE (y, x) ON CONFLICT IGNORE);
CREATE INDEX twice_id ON twice (id);
CREATE UNIQUE INDEX twice_id_again ON twice (id);
CREATE INDEX twice_x ON twice (x, y, x COLLATE NOCASE);
"#;

const COLUMNS: &str = r#"
CREATE TABLE checked (
  id INTEGER PRIMARY KEY, -- the key
  a TEXT NOT NULL DEFAULT 'draft' CHECK (a IN ('draft', 'in review', 'done')),
  b TEXT CONSTRAINT odd CHECK (b IN ('a', 'b')), c TEXT CONSTRAINT "odd one" CHECK (c <> 'it''s'),
  d INTEGER NOT NULL CHECK (d IN (0, 1)), e INTEGER CHECK (e IN (1, 0)), f BOOLEAN CHECK (f IN (0,1)),
  g BLOB CHECK (length(g) = 16), h TEXT CHECK (json_valid(h)), i VARCHAR(12) COLLATE NOCASE CHECK (i IN ('a', 'A')),
  CHECK (d + e > 0), CONSTRAINT both CHECK (d <> e OR e IS NULL), CHECK (id >= 0 /* a comment */ AND id < 9)
);
CREATE TABLE defaults (
  a "quoted type", b UNSIGNED BIG INT, c NVARCHAR(100) NULL, d DECIMAL(10, 5) NOT NULL DEFAULT -1.50, e DECIMAL(10,5) DEFAULT +5,
  f TEXT DEFAULT (lower(hex(randomblob(16)))), g BLOB DEFAULT x'00ff', h TEXT DEFAULT "double", i INTEGER DEFAULT 0x10,
  j REAL DEFAULT 1e3, k TEXT DEFAULT 'it''s "quoted" \ back', l INTEGER DEFAULT (1 + (2)), m TEXT DEFAULT NULL,
  n DEFAULT (CURRENT_TIMESTAMP) NOT NULL, o JSON, p INTEGER DEFAULT -7, q REAL DEFAULT 3, r TEXT DEFAULT 'two
lines'
);
CREATE TABLE generated (a INTEGER, b INTEGER AS (a * 2) STORED, c TEXT GENERATED ALWAYS AS (a || 'x') VIRTUAL NOT NULL, d AS (a + 1));
CREATE TABLE strict_ones (a INT PRIMARY KEY, b ANY NOT NULL, c ANY, d REAL, e BLOB) STRICT;
CREATE TABLE strict_pairs (a TEXT, b INTEGER, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID;
CREATE TABLE two_of_one_name (a CONSTRAINT x CHECK (a > 0), b CONSTRAINT x CHECK (b > 0));
CREATE TABLE orders (a TEXT, b TEXT UNIQUE, c TEXT, UNIQUE (c, a), UNIQUE (a), UNIQUE (b) ON CONFLICT IGNORE);
CREATE UNIQUE INDEX orders_c_a_key ON orders (c, a);
CREATE UNIQUE INDEX orders_b_key ON orders (b);
CREATE INDEX orders_c_b_idx ON orders (c, b);
CREATE INDEX orders_a_idx ON orders (a);
CREATE TABLE copied AS SELECT id, a, d + 1.5 AS sum FROM checked;
"#;

const OBJECTS: &str = r#"
CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL, body TEXT, author INTEGER REFERENCES authors (id), at TEXT);
CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX posts_author_idx ON posts (author);
CREATE INDEX by_expression ON posts (lower(title), at DESC) WHERE body IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS by_title ON posts (title COLLATE NOCASE);
CREATE UNIQUE INDEX unpublished ON posts (author, title) WHERE at IS NULL;
CREATE VIRTUAL TABLE posts_words USING fts5(title, body, content='posts', tokenize="porter unicode61");
CREATE TRIGGER posts_in AFTER INSERT ON posts BEGIN
  INSERT INTO posts_words (rowid, title, body) VALUES (new.id, new.title, new.body); -- index it
END;
CREATE TRIGGER posts_out AFTER DELETE ON posts FOR EACH ROW BEGIN
  INSERT INTO posts_words (posts_words, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
END;
CREATE TRIGGER posts_changed AFTER UPDATE OF title, "body" ON posts WHEN new.title IS NOT old.title BEGIN
  INSERT INTO posts_words (posts_words, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
  INSERT INTO posts_words (rowid, title, body) VALUES (new.id, new.title, new.body);
END;
CREATE TRIGGER whenever UPDATE ON authors BEGIN SELECT RAISE(ABORT, 'no; never'); END;
CREATE TRIGGER if not exists qualified before delete on main.authors begin
  select case when old.id = 1 then raise(ignore) end;
end;
CREATE VIEW recent AS SELECT * FROM posts ORDER BY at DESC;
CREATE TRIGGER recent_in INSTEAD OF INSERT ON recent BEGIN INSERT INTO posts (title) VALUES (new.title); END;
CREATE VIRTUAL TABLE alone USING fts5(x, y UNINDEXED, prefix='2 3');
CREATE VIRTUAL TABLE areas USING rtree(id, least, most);
CREATE VIRTUAL TABLE vectors USING vec0(embedding float[3]);
CREATE TABLE notes (id TEXT PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE notes_fts USING fts5(body, content='notes');
CREATE TABLE docs (id INTEGER PRIMARY KEY, rank TEXT, body TEXT);
CREATE VIRTUAL TABLE docs_fts USING fts5(body, content=docs, content_rowid=id, detail=column, columnsize=0);
"#;

/// Tables that name their rowid, as turbosql's do, and its history.
const ROWIDS: &str = r#"
CREATE TABLE _turbosql_migrations (rowid INTEGER PRIMARY KEY, migration TEXT NOT NULL) STRICT;
CREATE TABLE person (rowid INTEGER PRIMARY KEY, name TEXT, age INTEGER, image_jpg BLOB) STRICT;
CREATE TABLE oids (oid INTEGER PRIMARY KEY, _rowid_ TEXT UNIQUE);
CREATE UNIQUE INDEX person_name ON person (name);
CREATE TRIGGER person_ages AFTER UPDATE OF rowid, age ON person BEGIN SELECT RAISE(ABORT, 'no') WHERE new.age < old.age; END;
"#;

/// What our own structs have made.
const OURS: &str = include_str!("../../../examples/blog/schema.sql");
