//! What is asked, and how it is answered.

use super::scratch::Scratch;
use expect_test::expect;

#[test]
fn a_report_of_what_is_refused() {
    let mut blog = Scratch::blog();
    blog.edit(
        "    pub subtitle: Option<String>,\n",
        "    pub slug: String,\n",
    )
    .run("cargo tablature generate --json");
    blog.ends(expect![[r#"
        $ cargo tablature generate --json
        {
          "status": "refused",
          "changes": [],
          "steps": [],
          "hazards": [
            {
              "code": "T104",
              "reason": "`posts.subtitle` is gone and `posts.slug` is new",
              "fix": "if it was renamed, `--rename posts.subtitle=slug` or `#[column(renamed_from = \"subtitle\")]`; if not, `--allow drop:posts.subtitle`",
              "flags": [
                "--rename posts.subtitle=slug",
                "--allow drop:posts.subtitle"
              ]
            }
          ],
          "safe_to_deploy": false,
          "next_action": "answer, for example: cargo tablature generate --json --rename posts.subtitle=slug"
        }
        ! error: T104: `posts.subtitle` is gone and `posts.slug` is new
        ! hint: if it was renamed, `--rename posts.subtitle=slug` or `#[column(renamed_from = "subtitle")]`; if not, `--allow drop:posts.subtitle`
        ! nothing was written; for example: cargo tablature generate --json --rename posts.subtitle=slug

        exit 2
    "#]]);
}

#[test]
fn several_answers_are_asked_for_at_once() {
    let mut blog = Scratch::blog();
    blog.edit("pub subtitle: Option<String>", "pub lead: Option<String>")
        .edit("    pub text: String,\n", "    pub rank: i64,\n")
        .run("cargo tablature generate moderation")
        .run("cargo tablature generate moderation --rename posts.subtitle=lead --allow drop:comments.text --backfill comments.rank=0");
    blog.shows(expect![[r#"
        $ cargo tablature generate moderation
        ! error: T104: `posts.subtitle` is gone and `posts.lead` is new
        ! hint: if it was renamed, `--rename posts.subtitle=lead` or `#[column(renamed_from = "subtitle")]`; if not, `--allow drop:posts.subtitle`
        ! error: T102: drops `comments.text` with its values
        ! hint: agree with `--allow drop:comments.text`
        ! error: T103: adds `comments.rank`, NOT NULL and without a value for the rows that exist
        ! hint: give `--backfill comments.rank=…` or `#[column(backfill = "…")]`, or a default, or make it an `Option`
        ! nothing was written; for example: cargo tablature generate moderation --rename posts.subtitle=lead --allow drop:comments.text --backfill comments.rank=0

        exit 2
        $ cargo tablature generate moderation --rename posts.subtitle=lead --allow drop:comments.text --backfill comments.rank=0
        0002 moderation
        changes
          `posts.subtitle` becomes `lead`
          `comments.rank` is new
          `comments.text` is gone
        steps
          instant  ALTER TABLE posts RENAME COLUMN subtitle TO lead
          instant  ALTER TABLE comments ADD COLUMN rank INTEGER
          rewrite  UPDATE comments SET rank = (0)
          rewrite  ALTER TABLE comments DROP COLUMN text
          scan     ALTER TABLE comments ALTER COLUMN rank SET NOT NULL
        hazards
          T102: drops `comments.text` with its values
        proved up, down and up again, on 18 witness rows
        wrote migrations/0002_moderation.up.sql
        wrote migrations/0002_moderation.down.sql
        wrote schema.sql

        == migrations/0002_moderation.down.sql
        -- The way back from moderation.
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.

        ALTER TABLE posts RENAME COLUMN lead TO subtitle;
        ALTER TABLE comments ADD COLUMN text TEXT;

        -- fill `comments.text`
        UPDATE comments SET text = ('');

        ALTER TABLE comments DROP COLUMN rank;

        -- `comments.text` becomes NOT NULL
        ALTER TABLE comments ALTER COLUMN text SET NOT NULL;

        == migrations/0002_moderation.up.sql
        -- `posts.subtitle` becomes `lead`
        -- `comments.rank` is new
        -- `comments.text` is gone
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.
        -- tablature: rename posts.subtitle=lead
        -- tablature: backfill comments.rank=0
        -- tablature: allow drop:comments.text

        ALTER TABLE posts RENAME COLUMN subtitle TO lead;
        ALTER TABLE comments ADD COLUMN rank INTEGER;

        -- fill `comments.rank`
        UPDATE comments SET rank = (0);

        ALTER TABLE comments DROP COLUMN text;

        -- `comments.rank` becomes NOT NULL
        ALTER TABLE comments ALTER COLUMN rank SET NOT NULL;

    "#]]);
}

#[test]
fn hints_that_cannot_be_meant() {
    let mut blog = Scratch::blog();
    blog.edit(
        "    pub body: String,",
        "    pub body: String,\n    pub slug: Option<String>,",
    )
    .run("cargo tablature generate --rename posts.nothing=slug")
    .run("cargo tablature generate --rename slug")
    .run("cargo tablature generate --backfill posts.slugs=1")
    .run("cargo tablature generate --backfill 'posts.slug=lower('")
    .run("cargo tablature generate --backfill 'posts.slug=nothing'")
    .run("cargo tablature generate --allow posts.slug")
    .run("cargo tablature generate --map posts.status=1");
    blog.ends(expect![[r#"
        $ cargo tablature generate --rename posts.nothing=slug
        ! error: `posts.nothing=slug` names `nothing`, which the schema as it is has not

        exit 2
        $ cargo tablature generate --rename slug
        ! error: `slug` is no hint; write it as `posts.old=new`

        exit 2
        $ cargo tablature generate --backfill posts.slugs=1
        ! error: `posts.slugs` names `posts.slugs`, which the wanted schema has not

        exit 2
        $ cargo tablature generate --backfill 'posts.slug=lower('
        ! error: `posts.slug=lower(` gives no value: write one expression in SQL, with all of its parentheses and without `;` and `--`

        exit 2
        $ cargo tablature generate --backfill 'posts.slug=nothing'
        ! error: `posts.slug=nothing` gives a value that does not work: near "nothing": syntax error; correct the expression

        exit 2
        $ cargo tablature generate --allow posts.slug
        ! error: `posts.slug` is no hint; write it as `drop:posts.column`

        exit 2
        $ cargo tablature generate --map posts.status=1
        ! error: `posts.status=1` is no hint; write it as `posts.status:old=new`

        exit 2
    "#]]);
}
