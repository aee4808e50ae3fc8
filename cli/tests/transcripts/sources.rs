//! `diff` and `show`: schemas wherever they are.

use super::scratch::Scratch;
use expect_test::expect;

const BEFORE: &str = "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT);\n";
const AFTER: &str = "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL, tag TEXT);\n";

#[test]
fn files_are_compared() {
    let mut blog = Scratch::blog();
    blog.write("before.sql", BEFORE)
        .write("after.sql", AFTER)
        .run("cargo tablature diff before.sql after.sql")
        .run("cargo tablature diff before.sql after.sql --print up")
        .run("cargo tablature diff before.sql after.sql --print down")
        .run("cargo tablature diff before.sql after.sql --print up --runner sqlx --sqlite 3.40")
        .run("cargo tablature diff after.sql before.sql --json")
        .run("cargo tablature diff after.sql before.sql")
        .run("cargo tablature diff before.sql before.sql");
    blog.ends(expect![[r#"
        $ cargo tablature diff before.sql after.sql
        changes
          `notes.text` becomes NOT NULL
          `notes.tag` is new
        steps
          instant  ALTER TABLE notes ADD COLUMN tag TEXT
          scan     ALTER TABLE notes ALTER COLUMN text SET NOT NULL
        hazards
          T201: `notes.text` becomes NOT NULL; it fails where a row has NULL; give `--backfill notes.text=…` for rows that have NULL
        proved up, down and up again, on 3 witness rows

        $ cargo tablature diff before.sql after.sql --print up
        ALTER TABLE notes ADD COLUMN tag TEXT;

        -- `notes.text` becomes NOT NULL
        ALTER TABLE notes ALTER COLUMN text SET NOT NULL;

        $ cargo tablature diff before.sql after.sql --print down
        -- `notes.text` becomes nullable
        ALTER TABLE notes ALTER COLUMN text DROP NOT NULL;

        ALTER TABLE notes DROP COLUMN tag;

        $ cargo tablature diff before.sql after.sql --print up --runner sqlx --sqlite 3.40
        -- rebuild `notes`: `text` becomes NOT NULL, which SQLite alters in place since 3.53
        PRAGMA legacy_alter_table = ON;
        ALTER TABLE notes RENAME TO notes__old;
        PRAGMA legacy_alter_table = OFF;
        CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL, tag TEXT);
        INSERT INTO notes (id, text) SELECT id, text FROM notes__old;
        DROP TABLE notes__old;

        $ cargo tablature diff after.sql before.sql --json
        {
          "status": "refused",
          "changes": [],
          "steps": [],
          "hazards": [
            {
              "code": "T102",
              "reason": "drops `notes.tag` with its values",
              "fix": "agree with `--allow drop:notes.tag`",
              "flags": [
                "--allow drop:notes.tag"
              ]
            }
          ],
          "safe_to_deploy": false,
          "next_action": "answer, for example: cargo tablature diff after.sql before.sql --json --allow drop:notes.tag"
        }
        ! error: T102: drops `notes.tag` with its values
        ! hint: agree with `--allow drop:notes.tag`
        ! nothing was written; for example: cargo tablature diff after.sql before.sql --json --allow drop:notes.tag

        exit 2
        $ cargo tablature diff after.sql before.sql
        ! error: T102: drops `notes.tag` with its values
        ! hint: agree with `--allow drop:notes.tag`
        ! nothing was written; for example: cargo tablature diff after.sql before.sql --allow drop:notes.tag

        exit 2
        $ cargo tablature diff before.sql before.sql
        no changes

    "#]]);
}

#[test]
fn folders_databases_and_structs_are_compared() {
    let mut blog = Scratch::blog();
    blog.run("cargo tablature diff migrations structs")
        .quietly("cargo tablature up blog.db")
        .run("cargo tablature diff blog.db structs")
        .sql("blog.db", "DROP INDEX comments_post_id_idx")
        .run("cargo tablature diff blog.db migrations")
        .run("cargo tablature diff nowhere.sql structs")
        .run("cargo tablature diff nowhere.db structs")
        .run("cargo tablature diff src structs")
        .run("cargo tablature diff Cargo.toml structs");
    blog.ends(expect![[r#"
        $ cargo tablature diff migrations structs
        no changes

        $ cargo tablature diff blog.db structs
        no changes

        blog.db> DROP INDEX comments_post_id_idx
        $ cargo tablature diff blog.db migrations
        changes
          index `comments_post_id_idx` is new
        steps
          scan     CREATE INDEX comments_post_id_idx ON comments (post_id)
        proved up, down and up again, on 18 witness rows

        $ cargo tablature diff nowhere.sql structs
        ! error: there is no `nowhere.sql`; name a `.sql` file, a database, a folder of migrations, or `structs`

        exit 1
        $ cargo tablature diff nowhere.db structs
        ! error: there is no `nowhere.db`; name a `.sql` file, a database, a folder of migrations, or `structs`

        exit 1
        $ cargo tablature diff src structs
        ! error: there are no migrations in `src`; name a folder that has some, or an empty one

        exit 1
        $ cargo tablature diff Cargo.toml structs
        ! error: cannot open `Cargo.toml`: file is not a database; name a SQLite database that is not encrypted

        exit 1
    "#]]);
}

#[test]
fn schemas_are_shown() {
    let mut blog = Scratch::blog();
    blog.quietly("cargo tablature up blog.db")
        .write("broken.sql", "CREATE TABLE notes (id INTEGER;\n")
        .run("cargo tablature show")
        .run("cargo tablature show blog.db")
        .run("cargo tablature show broken.sql");
    blog.ends(expect![[r#"
        $ cargo tablature show
        CREATE TABLE authors (
          id INTEGER PRIMARY KEY,
          email TEXT NOT NULL,
          name TEXT NOT NULL
        ) STRICT;

        CREATE UNIQUE INDEX authors_email_key ON authors (email);

        CREATE TABLE posts (
          id INTEGER PRIMARY KEY,
          author_id INTEGER NOT NULL CONSTRAINT author_id_fkey REFERENCES authors (id) ON DELETE CASCADE,
          title TEXT NOT NULL,
          subtitle TEXT,
          body TEXT NOT NULL,
          status TEXT NOT NULL DEFAULT 'draft' CONSTRAINT status_values CHECK (status IN ('draft', 'published')),
          views INTEGER NOT NULL DEFAULT 0,
          published_at TEXT
        ) STRICT;

        CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at DESC);

        CREATE VIRTUAL TABLE posts_fts USING fts5(
          title,
          body,
          content = 'posts',
          content_rowid = 'id',
          tokenize = 'porter unicode61'
        );

        CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN
          INSERT INTO posts_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
        END;

        CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN
          INSERT INTO posts_fts (posts_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
        END;

        CREATE TRIGGER posts_fts_update AFTER UPDATE OF title, body, id, rowid, oid, _rowid_ ON posts BEGIN
          INSERT INTO posts_fts (posts_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
          INSERT INTO posts_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
        END;

        CREATE TABLE comments (
          id INTEGER PRIMARY KEY,
          post_id INTEGER NOT NULL CONSTRAINT post_id_fkey REFERENCES posts (id) ON DELETE CASCADE,
          text TEXT NOT NULL
        ) STRICT;

        CREATE INDEX comments_post_id_idx ON comments (post_id);

        $ cargo tablature show blog.db
        CREATE TABLE authors (
          id INTEGER PRIMARY KEY,
          email TEXT NOT NULL,
          name TEXT NOT NULL
        ) STRICT;

        CREATE TABLE posts (
          id INTEGER PRIMARY KEY,
          author_id INTEGER NOT NULL CONSTRAINT author_id_fkey REFERENCES authors (id) ON DELETE CASCADE,
          title TEXT NOT NULL,
          subtitle TEXT,
          body TEXT NOT NULL,
          status TEXT NOT NULL DEFAULT 'draft' CONSTRAINT status_values CHECK (status IN ('draft', 'published')),
          views INTEGER NOT NULL DEFAULT 0,
          published_at TEXT
        ) STRICT;

        CREATE TABLE comments (
          id INTEGER PRIMARY KEY,
          post_id INTEGER NOT NULL CONSTRAINT post_id_fkey REFERENCES posts (id) ON DELETE CASCADE,
          text TEXT NOT NULL
        ) STRICT;

        CREATE VIRTUAL TABLE posts_fts USING fts5(
          title,
          body,
          content = 'posts',
          content_rowid = 'id',
          tokenize = 'porter unicode61'
        );

        CREATE UNIQUE INDEX authors_email_key ON authors (email);

        CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at DESC);

        CREATE INDEX comments_post_id_idx ON comments (post_id);

        CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN
          INSERT INTO posts_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
        END;

        CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN
          INSERT INTO posts_fts (posts_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
        END;

        CREATE TRIGGER posts_fts_update AFTER UPDATE OF title, body, id, rowid, oid, _rowid_ ON posts BEGIN
          INSERT INTO posts_fts (posts_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
          INSERT INTO posts_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
        END;

        $ cargo tablature show broken.sql
        ! error: cannot run `broken.sql`: line 1, column 31: near ";": syntax error

        exit 1
    "#]]);
}

#[test]
fn the_help_says_what_exit_codes_mean() {
    let mut blog = Scratch::unwritten();
    blog.run("cargo tablature --help")
        .run("cargo tablature hazards")
        .run("cargo tablature generate --nonsense");
    blog.ends(expect![[r#"
        $ cargo tablature --help
        Your structs are the schema: writes, proves and runs its migrations

        Usage: cargo tablature <COMMAND>

        Commands:
          init      Makes the folder of migrations, and says what to write in the crate
          generate  Writes the migration that leads to the structs, proved, and `schema.sql`
          check     Checks a crate, for CI: drift, replay, proof of each migration, and the SQL in the sources
          explain   Says which SQL in the sources wants an index, and which foreign keys have none
          status    Lists the migrations, and which of them a database has had
          up        Applies all pending migrations to a database, or none
          down      Undoes the newest migration of a database
          redo      Undoes the newest migration of a database and applies it again, as its file is now
          rehearse  Runs the pending migrations on a copy of a database, which is only read: how long each statement takes, the rows before and after, the space, and what would fail
          diff      Shows what leads from one schema to another
          show      Prints the schema of the structs, or of a source, as SQL
          squash    Makes one migration of the oldest ones, proved to be equal
          purge     Writes the migration that drops what `generate --keep` has kept
          pull      Writes structs from a database, proved to make the same tables, and its first migration
          baseline  Tells a database that it has had migrations already, without running them; it must be as they leave it
          adopt     Takes over the history that another runner has left in a database
          repair    Takes the files as they are now for what a database has had, where only their text has changed
          hazards   Lists the hazards by their codes
          help      Print this message or the help of the given subcommand(s)

        Options:
          -h, --help     Print help
          -V, --version  Print version

        Exit codes:
          0  done, or nothing to do
          1  a check has found something, or something failed
          2  refused: an answer or an agreement is missing, and nothing was written

        $ cargo tablature hazards
        T101  asks for agreement  a table is dropped with its rows
        T102  asks for agreement  a column is dropped with its values
        T103  asks for an answer  a column that is NOT NULL has no value for the rows that exist
        T104  asks for an answer  something is gone and something like it is new: renamed, or dropped and added
        T105  asks for agreement  the rows of a table are discarded
        T106  asks for agreement  a generated column takes the place of values
        T107  asks for agreement  text that only a full-text table has is lost, or it cannot be filled again
        T108  asks for agreement  a virtual table is made anew, without its rows
        T109  asks for an answer  a table is dropped to which rows still refer
        T110  asks for an answer  a column gets a type that no value of the old one can become
        T111  asks for an answer  the values of a key change to which others refer
        T112  asks for agreement  a column gets another type; values become others, or do not fit
        T201  is told             a column becomes NOT NULL; rows with NULL are refused
        T202  is told             a column gets another type, in which every number stays equal
        T203  is told             a new check; rows that break it are refused
        T204  is told             a new unique key; rows with equal values are refused
        T205  is told             a new foreign key; rows without a parent are refused
        T206  is told             another primary key; rows with equal or missing keys are refused
        T207  is told             a table becomes strict; values of another type are refused
        T208  is told             another collation; unique keys may refuse texts that are equal in it
        T209  is told             rows that break a new foreign key follow its action
        T210  is told             a column becomes NOT NULL; rows with NULL get its default
        T211  is told             values are given to rows; those that a constraint does not allow are refused
        T212  is told             a check lists the values of a column; rows with others are refused

        $ cargo tablature generate --nonsense
        ! error: unexpected argument '--nonsense' found
        ! 
        !   tip: to pass '--nonsense' as a value, use '-- --nonsense'
        ! 
        ! Usage: cargo tablature generate [OPTIONS] [NAME]
        ! 
        ! For more information, try '--help'.

        exit 2
    "#]]);
}
