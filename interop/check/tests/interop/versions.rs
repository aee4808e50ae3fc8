//! What becomes of the blog: how its structs change, and what that says about the rows.

use super::rows::Rows;

pub(crate) struct Version {
    pub(crate) says: &'static str,
    /// In the source of the blog.
    pub(crate) edits: &'static [(&'static str, &'static str)],
    /// What `generate` has to be told.
    pub(crate) arguments: &'static [&'static str],
    pub(crate) up: fn(&mut Rows),
    /// From the rows of this version, and as they were before it.
    pub(crate) down: fn(&mut Rows, &Rows),
}

/// After the first.
pub(crate) const VERSIONS: [Version; 7] = [
    Version {
        says: "a column of a parent, in a circle, with full text, changes its type",
        edits: &[(
            "#[column(default = 0)]\n    pub views: i64",
            "#[column(default = 0.0)]\n    pub views: f64",
        )],
        arguments: &["--allow", "convert:posts.views"],
        up: |rows| rows.each("posts", |row| row.change("views", |it| format!("{it}.0"))),
        down: |rows, _| {
            rows.each("posts", |row| {
                row.change("views", |it| it.replace(".0", ""));
            });
        },
    },
    Version {
        says: "a column with full text has another name",
        edits: &[
            ("fts(title,", "fts(headline,"),
            ("pub title:", "pub headline:"),
        ],
        arguments: &["--rename", "posts.title=headline"],
        up: |rows| rows.each("posts", |row| row.rename("title", "headline")),
        down: |rows, _| rows.each("posts", |row| row.rename("headline", "title")),
    },
    Version {
        says: "a column of a table that refers to itself becomes NOT NULL",
        edits: &[("pub text: Option<String>", "pub text: String")],
        arguments: &[
            "--backfill",
            "comments.text=(CASE WHEN id > 1 THEN 'no; END -- said' END)",
        ],
        up: |rows| {
            rows.each("comments", |row| {
                row.change("text", |it| it.replace("NULL", "'no; END -- said'"));
            });
        },
        down: |_, _| {},
    },
    Version {
        says: "a column goes, and what it had is kept",
        edits: &[("    pub subtitle: Option<String>,\n", "")],
        arguments: &["--keep"],
        up: |rows| rows.each("posts", |row| row.remove("subtitle")),
        down: |rows, before| rows.take("posts", "subtitle", before),
    },
    Version {
        says: "a column goes, with what it had",
        edits: &[("    pub motto: Option<String>,\n", "")],
        arguments: &["--allow", "drop:authors.motto"],
        up: |rows| rows.each("authors", |row| row.remove("motto")),
        down: |rows, _| rows.each("authors", |row| row.set("motto", "NULL")),
    },
    Version {
        says: "columns have another collation: in a table that refers to itself, in a circle, and in one without a key",
        edits: &[
            (
                "    pub line:",
                "    #[column(collate = nocase)]\n    pub line:",
            ),
            (
                "#[column(unique)]\n    pub email",
                "#[column(unique, collate = nocase)]\n    pub email",
            ),
        ],
        arguments: &[],
        up: |_| {},
        down: |_, _| {},
    },
    Version {
        says: "a table is new, and a foreign key to it",
        edits: &[
            (
                "/// Has no key",
                "#[derive(Table)]\n#[table(name = \"series\")]\npub struct Series {\n    #[column(primary_key)]\n    pub id: i64,\n    pub name: String,\n}\n\n/// Has no key",
            ),
            (
                "    pub headline: String,\n",
                "    pub headline: String,\n    #[column(references(Series), on_delete = cascade)]\n    pub series_id: Option<i64>,\n",
            ),
            ("[Author, Post,", "[Author, Series, Post,"),
        ],
        arguments: &[],
        up: |rows| {
            rows.table("series");
            rows.each("posts", |row| row.set("series_id", "NULL"));
        },
        down: |rows, _| {
            rows.drop("series");
            rows.each("posts", |row| row.remove("series_id"));
        },
    },
];

/// Rows of the first version. The greatest key of a post is one of a post that is gone; `log` has a gap.
pub(crate) const ROWS: &str = "
    INSERT INTO authors (id, email, mentor_id, motto) VALUES
        (1, 'ann@example.org', NULL, 'it''s fine'), (2, 'ben@example.org', 1, NULL), (7, 'cy@example.org', 2, '');
    INSERT INTO posts (id, author_id, title, subtitle, body, views) VALUES
        (1, 1, 'Hello', 'first', 'rusty rows', 0),
        (2, 1, 'Keys', NULL, 'keys and rust', 3),
        (5, 2, 'Ünïcode; -- not a comment', '', 'running''s END; BEGIN', -9),
        (900, 7, 'Gone', 'gone', 'rust', 1);
    DELETE FROM posts WHERE id = 900;
    UPDATE authors SET pinned_id = 5 WHERE id = 1;
    UPDATE authors SET pinned_id = 2 WHERE id = 2;
    INSERT INTO comments (id, post_id, parent_id, text) VALUES
        (1, 1, NULL, 'one'), (2, 1, 1, NULL), (3, 1, 2, 'three'), (4, 2, NULL, NULL), (8, 5, 8, 'of itself'), (9, 5, 8, '');
    INSERT INTO tags (post_id, tag) VALUES (1, 'a'), (1, 'b'), (2, 'a'), (5, '');
    INSERT INTO log (rowid, line) VALUES (3, 'three'), (4, 'four'), (40, 'forty');
    DELETE FROM log WHERE rowid = 4;
";
