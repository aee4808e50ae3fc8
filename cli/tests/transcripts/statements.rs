//! SQL in the sources: each kind of mistake, and what cannot be seen.

use super::scratch::Scratch;
use expect_test::{Expect, expect};

const HEAD: &str = "use tablature::rusqlite::{Connection, Result, named_params, params};\n\n";

/// What `check` says of a file of the crate.
fn check(source: &str, expect: Expect) {
    let mut blog = Scratch::blog();
    blog.write("src/queries.rs", &format!("{HEAD}{source}"))
        .run("cargo tablature check");
    blog.ends(expect);
}

#[test]
fn all_is_well() {
    check(
        r##"const RECENT: &str = "SELECT id, title FROM posts ORDER BY published_at DESC LIMIT ?1";

pub fn all(db: &Connection, sql: &str) -> Result<()> {
    db.execute("INSERT INTO authors (email, name) VALUES (?1, ?2)", params!["ann@example.org", "Ann"])?;
    db.execute(
        "UPDATE posts SET title = :title, body = :body WHERE id = :id",
        named_params! { ":title": "A", ":body": "B", ":id": 1 },
    )?;
    db.execute("DELETE FROM comments WHERE id = ?", [1])?;
    db.execute("DELETE FROM comments", ())?;
    db.execute("UPDATE posts SET views = ? WHERE id = ?", (1, 2))?;
    db.execute("UPDATE posts SET views = :v", &[(":v", &1)])?;
    db.query_row(RECENT, [1], |row| row.get::<_, i64>(0))?;
    let mut statement = db.prepare(r#"SELECT "id" FROM posts WHERE title = ?1 AND views > ?2"#)?;
    statement.query_map(params!["a", 1], |row| row.get::<_, i64>(0))?;
    for table in ["posts", "authors"] {
        db.execute(&format!("DELETE FROM {table}"), [])?;
    }
    db.execute_batch(include_str!("../reset.sql"))?;
    db.execute_batch("BEGIN; CREATE TEMP TABLE seen (id); INSERT INTO seen SELECT id FROM posts; COMMIT")?;
    db.execute("INSERT INTO seen VALUES (?)", [1])?;
    db.execute("PRAGMA optimize", [])?;
    db.execute(sql, [])?;
    let given: Vec<i64> = Vec::new();
    db.execute("DELETE FROM posts WHERE id IN (?1, ?2)", tablature::rusqlite::params_from_iter(given))?;
    Ok(())
}
"##,
        expect![[r#"
            $ cargo tablature check
            1 migration leads to the structs; proved up, down and up again, on 18 witness rows
            SQL in the sources: 13 calls checked, 3 not checked
              not checked: src/queries.rs:21: `src/../reset.sql` cannot be read
              not checked: src/queries.rs:25: `sql` is given by the caller
              not checked: src/queries.rs:27: its arguments are put together at run time; the statement is checked

        "#]],
    );
}
