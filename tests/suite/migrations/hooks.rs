//! Functions beside migrations, and reports.

use super::{Author, Post};
use expect_test::expect;
use tablature::migrations::Runner;
use tablature::{HookResult, Result, Table, Transaction, insert, testing};

tablature::schema! {
    #[schema(
        migrations = "tests/suite/migrations/ours/migrations",
        hook(2, up = sign, down = unsign),
    )]
    static SIGNED = [Author, Post];
}

/// A post without an author gets one.
fn sign(db: &Transaction<'_>) -> Result<()> {
    let id = insert!(db, Author { name: "Nobody" })?;
    db.execute("UPDATE posts SET author = ?1", [id])?;
    Ok(())
}

/// With the error that it would become anyway, which must not be a lint's business.
fn unsign(db: &Transaction<'_>) -> HookResult {
    db.execute("UPDATE posts SET author = NULL", ())?;
    db.execute("DELETE FROM authors WHERE name = 'Nobody'", ())?;
    Ok(())
}

#[test]
fn a_hook_changes_the_rows_both_ways() {
    let mut db = testing::at(&SIGNED, 1).unwrap();
    db.execute("INSERT INTO posts (title) VALUES ('unsigned')", ())
        .unwrap();
    SIGNED.migrate(&mut db).unwrap();
    let post = Post::get(&db, 1).unwrap().unwrap();
    assert_eq!(
        Author::get(&db, post.author.unwrap())
            .unwrap()
            .unwrap()
            .name,
        "Nobody"
    );
    SIGNED.migrate_down_to(&mut db, 1).unwrap();
    assert_eq!(Author::count(&db).unwrap(), 0);
    assert_eq!(SIGNED.runner(), Some(Runner::Tablature));
}

#[test]
fn reports_print_and_serialise() {
    let mut db = testing::at(&SIGNED, 1).unwrap();
    expect!["0002 add_author_to_posts"].assert_eq(&SIGNED.pending(&db).unwrap().to_string());
    expect![[r#"
        applied  0001 create_authors_and_posts
        pending  0002 add_author_to_posts"#]]
    .assert_eq(&SIGNED.status(&db).unwrap().to_string());
    expect![[r#"[{"version":1,"name":"create_authors_and_posts","state":"applied"},{"version":2,"name":"add_author_to_posts","state":"pending"}]"#]].assert_eq(&serde_json::to_string(&SIGNED.status(&db).unwrap()).unwrap());
    expect![[r#"[{"what":"`posts.author` is new","subject":"posts","column":"author"},{"what":"`posts` has a new foreign key (author) to `authors`","subject":"posts","column":null},{"what":"index `posts_author_idx` is new","subject":"posts_author_idx","column":null}]"#]].assert_eq(&serde_json::to_string(&SIGNED.verify(&db).unwrap()).unwrap());
    expect![[r#"[{"version":2,"name":"add_author_to_posts","stem":"0002_add_author_to_posts","up":"ALTER TABLE posts ADD COLUMN author INTEGER CONSTRAINT author_fkey REFERENCES authors (id);\nCREATE INDEX posts_author_idx ON posts (author);\n","down":"DROP INDEX posts_author_idx;\nALTER TABLE posts DROP COLUMN author;\n"}]"#]].assert_eq(&serde_json::to_string(&SIGNED.pending(&db).unwrap()).unwrap());
    expect![[r#"[{"sql":"ALTER TABLE posts ADD COLUMN author INTEGER CONSTRAINT author_fkey REFERENCES authors (id)","reason":"add `posts.author`","cost":"scan"},{"sql":"CREATE INDEX posts_author_idx ON posts (author)","reason":"create index `posts_author_idx`","cost":"scan"}]"#]].assert_eq(
        &serde_json::to_string(
            &SIGNED
                .push(&mut db, &tablature::plan::Hints::default())
                .unwrap(),
        )
        .unwrap(),
    );
    expect!["no differences"].assert_eq(&SIGNED.verify(&db).unwrap().to_string());
    let mut fresh = tablature::Connection::open_in_memory().unwrap();
    let applied = serde_json::to_string(&SIGNED.dry_run(&mut fresh).unwrap()).unwrap();
    assert!(
        applied.starts_with(r#"[{"version":1,"name":"create_authors_and_posts","milliseconds":"#),
        "{applied}"
    );
}

#[test]
fn push_does_not_say_that_a_hook_has_run() {
    let mut db = testing::at(&SIGNED, 1).unwrap();
    SIGNED
        .push(&mut db, &tablature::plan::Hints::default())
        .unwrap();
    assert_eq!(SIGNED.pending(&db).unwrap().len(), 1);
}
