//! What nobody means, and what has to be survived.

use super::scratch::{Scratch, check};
use expect_test::expect;

/// A line in an expression must not end the comment that tells of it.
#[test]
fn an_expression_of_several_lines() {
    check(
        &[(
            "#[table(fts(",
            "#[table(check(\"length(title) > 0\\nAND length(title) < 200\"))]\n#[table(fts(",
        )],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 add_row_check_to_posts
            changes
              `posts` has a new CHECK `row_check` (length(title) > 0 …
            steps
              scan     ALTER TABLE posts ADD CONSTRAINT row_check CHECK (length(title) > 0 …
            hazards
              T203: `posts` gets a CHECK `row_check` (length(title) > 0 …
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_add_row_check_to_posts.up.sql
            wrote migrations/0002_add_row_check_to_posts.down.sql
            wrote schema.sql

            == migrations/0002_add_row_check_to_posts.down.sql
            -- The way back from add_row_check_to_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- `posts`: CHECK (length(title) > 0 AND length(title) < 200) is gone
            ALTER TABLE posts DROP CONSTRAINT row_check;

            == migrations/0002_add_row_check_to_posts.up.sql
            -- `posts` has a new CHECK `row_check` (length(title) > 0 AND length(title) < 200)
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- `posts` gets CHECK (length(title) > 0 AND length(title) < 200)
            ALTER TABLE posts ADD CONSTRAINT row_check CHECK (length(title) > 0
            AND length(title) < 200);

        "#]],
    );
}

#[test]
fn odd_names() {
    check(
        &[
            (
                "    pub body: String,",
                "    pub body: String,\n    #[column(name = \"select \\\"all\\\" `now`\\n;\")]\n    pub odd: Option<String>,",
            ),
            (
                "#[table(name = \"comments\")]",
                "#[table(name = \"les commentaires\")]",
            ),
        ],
        &[
            "cargo tablature generate",
            "cargo tablature generate --rename \"comments=les commentaires\"",
        ],
        expect![[r#"
            $ cargo tablature generate
            ! error: T104: table `comments` is gone and `les commentaires` is new
            ! hint: if it was renamed, `--rename comments=les commentaires` or `#[table(renamed_from = "comments")]`; if not, `--allow drop:comments`
            ! nothing was written; for example: cargo tablature generate --rename 'comments=les commentaires'

            exit 2
            $ cargo tablature generate --rename "comments=les commentaires"
            0002 change_les_commentaires_and_posts
            changes
              name of `comments` becomes `les commentaires`
              `posts.select "all" `now` …
              index `les commentaires_post_id_idx` is new
              index `comments_post_id_idx` is gone
            steps
              instant  ALTER TABLE comments RENAME TO "les commentaires"
              instant  DROP INDEX comments_post_id_idx
              scan     ALTER TABLE posts ADD COLUMN "select ""all"" `now` …
              scan     CREATE INDEX "les commentaires_post_id_idx" ON "les commentaires" (post_id)
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_change_les_commentaires_and_posts.up.sql
            wrote migrations/0002_change_les_commentaires_and_posts.down.sql
            wrote schema.sql

            == migrations/0002_change_les_commentaires_and_posts.down.sql
            -- The way back from change_les_commentaires_and_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE "les commentaires" RENAME TO comments;
            DROP INDEX "les commentaires_post_id_idx";

            ALTER TABLE posts DROP COLUMN "select ""all"" `now`
            ;";

            CREATE INDEX comments_post_id_idx ON comments (post_id);

            == migrations/0002_change_les_commentaires_and_posts.up.sql
            -- name of `comments` becomes `les commentaires`
            -- `posts.select "all" `now` ;` is new
            -- index `les commentaires_post_id_idx` is new
            -- index `comments_post_id_idx` is gone
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: rename comments=les commentaires

            ALTER TABLE comments RENAME TO "les commentaires";
            DROP INDEX comments_post_id_idx;

            ALTER TABLE posts ADD COLUMN "select ""all"" `now`
            ;" TEXT;

            CREATE INDEX "les commentaires_post_id_idx" ON "les commentaires" (post_id);

        "#]],
    );
}

#[test]
fn a_name_of_nothing_but_signs() {
    check(
        &[(
            "    pub text: String,",
            "    pub text: String,\n    pub rank: Option<i64>,",
        )],
        &["cargo tablature generate '../../ÄÖ ; DROP'"],
        expect![[r#"
            $ cargo tablature generate '../../ÄÖ ; DROP'
            0002 drop
            changes
              `comments.rank` is new
            steps
              scan     ALTER TABLE comments ADD COLUMN rank INTEGER
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_drop.up.sql
            wrote migrations/0002_drop.down.sql
            wrote schema.sql

            == migrations/0002_drop.down.sql
            -- The way back from drop.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE comments DROP COLUMN rank;

            == migrations/0002_drop.up.sql
            -- `comments.rank` is new
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE comments ADD COLUMN rank INTEGER;

        "#]],
    );
}

#[cfg(unix)]
#[test]
fn a_folder_in_which_nothing_can_be_written() {
    let mut blog = Scratch::blog();
    blog.edit(
        "    pub text: String,",
        "    pub text: String,\n    pub rank: Option<i64>,",
    );
    let folder = blog.path("migrations");
    std::fs::rename(&folder, blog.path("src/elsewhere")).unwrap();
    std::fs::write(&folder, "no folder").unwrap();
    blog.run("cargo tablature generate");
    blog.ends(expect![[r#"
        $ cargo tablature generate
        ! error: cannot read `migrations`: Not a directory (os error 20)

        exit 1
        == migrations/0001_initial.down.sql is gone
        == migrations/0001_initial.up.sql is gone
    "#]]);
}

#[test]
fn a_schema_that_is_no_text() {
    let mut blog = Scratch::blog();
    std::fs::write(blog.path("schema.sql"), [0xff, 0xfe, 0x00]).unwrap();
    blog.run("cargo tablature check");
    let text = blog.transcript();
    assert!(text.ends_with("exit 1\n"), "{text}");
}

#[test]
fn sources_that_are_no_schemas() {
    let mut blog = Scratch::blog();
    std::fs::write(blog.path("bytes.sql"), [0xff, 0xfe, 0x00]).unwrap();
    blog.write("empty.sql", "")
        .write("empty.db", "")
        .write("rows.sql", "SELECT 1; COMMIT; ATTACH 'other.db' AS other;")
        .run("cargo tablature diff empty.sql empty.db")
        .run("cargo tablature diff bytes.sql structs")
        .run("cargo tablature diff rows.sql empty.sql")
        .run("cargo tablature show ''");
    assert!(!blog.path("other.db").exists());
    blog.ends(expect![[r#"
        $ cargo tablature diff empty.sql empty.db
        no changes

        $ cargo tablature diff bytes.sql structs
        ! error: cannot read `bytes.sql`: stream did not contain valid UTF-8

        exit 1
        $ cargo tablature diff rows.sql empty.sql
        ! error: cannot run `rows.sql`: cannot commit - no transaction is active

        exit 1
        $ cargo tablature show ''
        ! error: there is no ``; name a `.sql` file, a database, a folder of migrations, or `structs`

        exit 1
    "#]]);
}

#[test]
fn hints_in_other_alphabets() {
    let mut blog = Scratch::blog();
    blog.edit(
        "    pub text: String,",
        "    pub text: String,\n    pub rank: i64,",
    )
    .run("cargo tablature generate --backfill =")
    .run("cargo tablature generate --backfill .=1")
    .run("cargo tablature generate --rename =x --map : --allow ''")
    .run("cargo tablature generate --backfill 'comments.rank=1); DROP TABLE posts; --'")
    .run("cargo tablature generate --backfill 'Коммент.ранг=1'");
    blog.ends(expect![[r#"
        $ cargo tablature generate --backfill =
        ! error: `=` is no hint; write it as `posts.column=expression`

        exit 2
        $ cargo tablature generate --backfill .=1
        ! error: `.` names `.`, which the wanted schema has not

        exit 2
        $ cargo tablature generate --rename =x --map : --allow ''
        ! error: `=x` is no hint; write it as `posts.old=new`

        exit 2
        $ cargo tablature generate --backfill 'comments.rank=1); DROP TABLE posts; --'
        ! error: `comments.rank=1); DROP TABLE posts; --` gives no value: write one expression in SQL, with all of its parentheses and without `;` and `--`

        exit 2
        $ cargo tablature generate --backfill 'Коммент.ранг=1'
        ! error: `Коммент.ранг` names `Коммент.ранг`, which the wanted schema has not

        exit 2
    "#]]);
}
