//! What an index would spare, and what is not worth a word.

use super::blog;
use crate::check::{complaints, query_plan};
use expect_test::{Expect, expect};

fn check(sql: &str, expect: Expect) {
    let db = blog();
    let said: Vec<String> = complaints(&db, sql)
        .unwrap()
        .iter()
        .map(|it| {
            let index = it
                .index
                .as_ref()
                .map_or("no suggestion".to_owned(), |it| it.join(", "));
            format!("{:?} of {}: {index}", it.shortcoming, it.table)
        })
        .collect();
    expect.assert_eq(&said.join("\n"));
    // What is suggested helps: with it there is nothing left to say.
    for complaint in complaints(&db, sql).unwrap() {
        if let Some(index) = complaint.index {
            let columns = index.join(", ");
            db.execute_batch(&format!(
                "CREATE INDEX tried ON {} ({columns})",
                complaint.table
            ))
            .unwrap();
            let left = complaints(&db, sql).unwrap();
            let same = |it: &crate::check::Complaint| {
                it.table == complaint.table && it.shortcoming == complaint.shortcoming
            };
            assert!(!left.iter().any(same), "{sql}: {left:?}");
            db.execute_batch("DROP INDEX tried").unwrap();
        }
    }
}

#[test]
fn scans_with_conditions() {
    check(
        "SELECT id FROM posts WHERE slug = ?1",
        expect!["Scan of posts: slug"],
    );
    check(
        "SELECT id FROM posts AS p WHERE p.slug = ?1 AND p.title > 'a'",
        expect!["Scan of posts: slug, title"],
    );
    check(
        "SELECT id FROM posts WHERE ?1 = slug AND author_id IN (1, 2)",
        expect!["Scan of posts: slug, author_id"],
    );
    check(
        "SELECT id FROM posts WHERE title BETWEEN ?1 AND ?2 AND status = 'draft'",
        expect!["Scan of posts: status, title"],
    );
    check(
        "UPDATE posts SET title = ?1 WHERE slug = ?2",
        expect!["Scan of posts: slug"],
    );
    check(
        "DELETE FROM posts WHERE author_id = ?1",
        expect!["Scan of posts: author_id"],
    );
    check(
        "SELECT email FROM authors WHERE id IN (SELECT author_id FROM posts WHERE slug = ?)",
        expect!["Scan of posts: slug"],
    );
    check(
        "SELECT a.email FROM authors a WHERE EXISTS (SELECT 1 FROM posts p WHERE p.author_id = a.id)",
        expect!["InnerScan of posts: author_id"],
    );
}

/// What is read is an index that has the columns in another order, or by another collation.
#[test]
fn scans_of_an_index_with_conditions() {
    let indexes = "CREATE INDEX by_author ON posts (author_id, slug);
        CREATE INDEX published ON posts (id, slug) WHERE status = 'published'";
    let check = |sql, expect: Expect| {
        let db = blog();
        db.execute_batch(indexes).unwrap();
        let plan = query_plan(&db, sql).unwrap();
        let complaints = complaints(&db, sql).unwrap();
        let said = complaints
            .iter()
            .map(|it| format!("{:?}: {:?}\n", it.shortcoming, it.index));
        expect.assert_eq(&format!("{plan}{}", said.collect::<String>()));
    };
    check(
        "SELECT id FROM posts WHERE slug = ?1",
        expect![[r#"
        SCAN posts USING COVERING INDEX by_author
        Scan: Some(["slug"])
    "#]],
    );
    check(
        "SELECT id FROM posts WHERE author_id = ?1 COLLATE NOCASE",
        expect![[r#"
            SCAN posts USING COVERING INDEX by_author
            Scan: None
        "#]],
    );
    check(
        "SELECT p.id FROM authors a JOIN posts p ON p.slug = lower(a.email)",
        expect![[r#"
            SCAN a
            BLOOM FILTER ON p (slug=?)
            SEARCH p USING AUTOMATIC COVERING INDEX (slug=?)
            InnerScan: Some(["slug"])
        "#]],
    );
    check(
        "SELECT author_id FROM posts",
        expect![[r#"
        SCAN posts USING COVERING INDEX by_author
    "#]],
    );
    check(
        "SELECT id FROM posts WHERE slug > ?1 ORDER BY author_id",
        expect![[r#"
            SCAN posts USING COVERING INDEX by_author
        "#]],
    );
    check(
        "SELECT author_id, count(*) FROM posts WHERE slug > ?1 GROUP BY author_id",
        expect![[r#"
            SCAN posts USING COVERING INDEX by_author
        "#]],
    );
    check(
        "SELECT slug FROM posts WHERE status = 'published'",
        expect![[r#"
            SCAN posts USING COVERING INDEX published
        "#]],
    );
}

#[test]
fn scans_that_no_index_spares() {
    check(
        "SELECT id FROM posts WHERE title LIKE '%a%'",
        expect!["Scan of posts: no suggestion"],
    );
    check(
        "SELECT id FROM posts WHERE slug = ?1 OR title = ?2",
        expect!["Scan of posts: no suggestion"],
    );
    check(
        "SELECT id FROM posts WHERE lower(slug) = ?1",
        expect!["Scan of posts: no suggestion"],
    );
    check(
        "SELECT id FROM posts WHERE (?1 IS NULL OR slug = ?1)",
        expect!["Scan of posts: no suggestion"],
    );
    check(
        "SELECT id FROM posts WHERE slug = title",
        expect!["Scan of posts: no suggestion"],
    );
}

#[test]
fn joins() {
    check(
        "SELECT p.id, a.email FROM posts p JOIN authors a ON a.id = p.author_id",
        expect![""],
    );
    check(
        "SELECT p.id FROM authors a LEFT JOIN posts p ON p.author_id = a.id",
        expect!["InnerScan of posts: author_id"],
    );
    check(
        "SELECT p.id FROM authors a, posts p WHERE p.slug = a.name AND a.email = ?1",
        expect![[r#"
            Scan of authors: email
            InnerScan of posts: slug"#]],
    );
}

#[test]
fn orders() {
    check(
        "SELECT id FROM posts ORDER BY title DESC, slug LIMIT 10",
        expect!["Sort of posts: title desc, slug"],
    );
    check(
        "SELECT id FROM posts WHERE author_id = ?1 ORDER BY slug",
        expect!["Scan of posts: author_id, slug"],
    );
    check(
        "SELECT id FROM posts WHERE author_id = ?1 AND title > ?2 ORDER BY slug",
        expect!["Scan of posts: author_id, slug"],
    );
    check(
        "SELECT id FROM posts WHERE title LIKE '%a%' ORDER BY slug LIMIT 9",
        expect![[r#"
            Scan of posts: no suggestion
            Sort of posts: slug"#]],
    );
    check("SELECT id FROM posts ORDER BY length(title)", expect![""]);
    check(
        "SELECT author_id, count(*) FROM posts GROUP BY author_id ORDER BY count(*)",
        expect![""],
    );
}

#[test]
fn nothing_to_say() {
    check("SELECT * FROM posts", expect![""]);
    check("SELECT count(*) FROM posts", expect![""]);
    check("SELECT * FROM posts LIMIT 10", expect![""]);
    check("SELECT * FROM posts WHERE id = ?1", expect![""]);
    check("SELECT * FROM posts ORDER BY id DESC", expect![""]);
    check(
        "SELECT rowid FROM posts_fts WHERE posts_fts MATCH ?1 ORDER BY rank",
        expect![""],
    );
    check("INSERT INTO authors (email) VALUES (?1)", expect![""]);
    check(
        "SELECT value FROM json_each(?1) WHERE value > 1",
        expect![""],
    );
    check(
        "WITH t AS (SELECT 1 AS a) SELECT a FROM t WHERE a = 1",
        expect![""],
    );
    check("SELECT * FROM titles WHERE title = 'a'", expect![""]);
    check("DELETE FROM posts", expect![""]);
}
