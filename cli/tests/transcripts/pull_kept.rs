//! What a database has besides, where no struct says it.

use super::pull::MAIN;
use super::scratch::Scratch;
use expect_test::expect;

/// Tables that structs cannot say, what stands on them, and what this SQLite does not know.
const KEPT: &str = "\
CREATE TABLE people (name TEXT, born INTEGER, PRIMARY KEY (name, born DESC));
CREATE INDEX people_born ON people (born);
CREATE TABLE pets (id INTEGER PRIMARY KEY, owner TEXT, born INTEGER, FOREIGN KEY (owner, born) REFERENCES people);
CREATE TABLE toys (pet INTEGER REFERENCES pets (id) ON DELETE SET NULL, price NOT NULL, bought DATETIME);
CREATE VIEW old AS SELECT * FROM pets WHERE born < 2000;
CREATE VIRTUAL TABLE boxes USING rtree(id, least, most);
CREATE VIRTUAL TABLE vectors USING vec0(id, embedding float[3]);
CREATE TRIGGER vectored AFTER INSERT ON vectors BEGIN SELECT 1; END;
";

#[test]
fn what_no_struct_says_is_kept_and_named() {
    let mut pets = Scratch::unwritten();
    pets.write("pets.sql", KEPT)
        .run("cargo tablature pull pets.sql")
        .run("cargo tablature pull pets.sql --out src/models.rs --baseline")
        .run("cargo tablature pull pets.sql --out src/models.rs --json")
        .write("src/main.rs", MAIN)
        .run("cargo tablature check");
    pets.shows(expect![[r#"
        $ cargo tablature pull pets.sql
        //! The tables of `pets.sql`, as `cargo tablature pull` has read them.
        //!
        //! Left out: `vectors`, since it needs the module `vec0`, which is not in this SQLite.
        //!
        //! Left out: `vectored`, since it needs what is left out.

        use tablature::Table;

        #[derive(Table, Clone, Debug)]
        #[table(strict = false, index_foreign_keys = false)]
        #[table(foreign_key(owner, born, references("people")))]
        pub struct Pets {
            #[column(primary_key)]
            pub id: i64,
            pub owner: Option<String>,
            pub born: Option<i64>,
        }

        #[derive(Table, Clone, Debug)]
        #[table(strict = false, index_foreign_keys = false)]
        pub struct Toys {
            #[column(references(Pets), on_delete = set_null)]
            pub pet: Option<i64>,
            #[column(not_null)]
            pub price: tablature::types::Value,
            // a guess: declared DATETIME, and no rows were seen
            #[column(sql_type = "DATETIME")]
            pub bought: Option<String>,
        }

        tablature::schema! {
            #[schema(migrations = "migrations")]
            pub static SCHEMA = [Pets, Toys];
        }
        ! pulled 2 structs from pets.sql
        ! guessed 1 type: each has a comment
        ! kept as SQL, in the migrations alone:
        !   table `people`: a struct would make another table: `people` has another primary key
        !   virtual table `boxes`: it is a virtual table of the module `rtree`
        !   view `old`: no struct says a view
        !   index `people_born`: `people` has no struct
        ! left out, with its SQL in a comment:
        !   `vectors`: it needs the module `vec0`, which is not in this SQLite
        !   `vectored`: it needs what is left out

        $ cargo tablature pull pets.sql --out src/models.rs --baseline
        ! error: `pets.sql` is no database, and has no history; leave out `--baseline`

        exit 2
        $ cargo tablature pull pets.sql --out src/models.rs --json
        {
          "code": null,
          "differences": [],
          "guesses": 1,
          "kept": [
            {
              "name": "people",
              "object": "table",
              "why": "a struct would make another table: `people` has another primary key"
            },
            {
              "name": "boxes",
              "object": "virtual table",
              "why": "it is a virtual table of the module `rtree`"
            },
            {
              "name": "old",
              "object": "view",
              "why": "no struct says a view"
            },
            {
              "name": "people_born",
              "object": "index",
              "why": "`people` has no struct"
            }
          ],
          "left_out": [
            {
              "name": "vectors",
              "sql": "CREATE VIRTUAL TABLE vectors USING vec0(id, embedding float[3])",
              "why": "it needs the module `vec0`, which is not in this SQLite"
            },
            {
              "name": "vectored",
              "sql": "CREATE TRIGGER vectored AFTER INSERT ON vectors BEGIN SELECT 1; END",
              "why": "it needs what is left out"
            }
          ],
          "status": "written",
          "structs": [
            {
              "struct": "Pets",
              "table": "pets"
            },
            {
              "struct": "Toys",
              "table": "toys"
            }
          ],
          "unread": [],
          "written": [
            "src/models.rs",
            "migrations/0001_initial.up.sql",
            "schema.sql"
          ]
        }

        == migrations/0001_initial.up.sql
        -- The schema of pets.sql, as it was when it was pulled.

        CREATE TABLE people (name TEXT, born INTEGER, PRIMARY KEY (name, born DESC));

        CREATE TABLE pets (id INTEGER PRIMARY KEY, owner TEXT, born INTEGER, FOREIGN KEY (owner, born) REFERENCES people);

        CREATE TABLE toys (pet INTEGER REFERENCES pets (id) ON DELETE SET NULL, price NOT NULL, bought DATETIME);

        CREATE VIRTUAL TABLE boxes USING rtree(id, least, most);

        CREATE INDEX people_born ON people (born);

        CREATE VIEW old AS SELECT * FROM pets WHERE born < 2000;

        -- Left out: it needs the module `vec0`, which is not in this SQLite.
        -- CREATE VIRTUAL TABLE vectors USING vec0(id, embedding float[3])

        -- Left out: it needs what is left out.
        -- CREATE TRIGGER vectored AFTER INSERT ON vectors BEGIN SELECT 1; END

        $ cargo tablature check
        1 migration leads to the structs; proved up, down and up again, on 18 witness rows
          up alone: `0001_initial` has no way back

    "#]]);
}
