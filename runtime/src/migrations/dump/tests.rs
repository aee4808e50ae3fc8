use super::{Hint, body, frame, read};
use crate::declare::{Column, Facts, Table, Type};
use crate::migrations::Runner;
use crate::migrations::layout::Source;
use crate::open::Entry;
use crate::sqlite::writer::Written;
use expect_test::expect;

const SOURCE: Source = Source {
    name: "BLOG",
    folder: "db/migrations",
    runner: Runner::Sqlx,
    target: Some("3.40"),
    files: &[],
    recorded: None,
    problem: None,
    hooks: &[],
};

const TITLE: Column = Column::new("a.b=c d", "title", Facts::new(Type::Text))
    .renamed_from("head\\line")
    .backfill("'a = b\n'")
    .using("lower(title)");

const TABLES: &[Entry] = &[
    Entry {
        table: &Table::new("posts", "Post", &[TITLE]).renamed_from("old.posts"),
        ddl: "CREATE TABLE posts (\n-- table x\n-- schema y\ntablature-end\n);\n",
    },
    Entry {
        table: &Table::new("two words", "Größe", &[]),
        ddl: "CREATE TABLE \"two words\" ();\n",
    },
];

fn message() -> String {
    const BODY_LENGTH: usize = body::<0>(true, &SOURCE, TABLES).length();
    const BODY: Written<BODY_LENGTH> = body(true, &SOURCE, TABLES);
    const LENGTH: usize = frame::<0>(true, &SOURCE, BODY.text()).length();
    let frame: Written<LENGTH> = frame(true, &SOURCE, BODY.text());
    frame.text().to_owned()
}

#[test]
fn what_is_written_is_read() {
    let message = format!("evaluation panicked: {}", message());
    expect![[r#"
        evaluation panicked: tablature-dump 1 BLOG 389 c692726ef74dc865
        -- schema BLOG
        -- migrations db/migrations
        -- runner sqlx
        -- sqlite 3.40
        -- rename old\.posts=posts
        -- rename posts.head\\line=a.b=c d
        -- backfill posts.a\.b\=c\ d='a = b\n'
        -- using posts.a\.b\=c\ d=lower(title)
        -- table 61 posts Post
        CREATE TABLE posts (
        -- table x
        -- schema y
        tablature-end
        );
        -- field posts.a\.b\=c\ d=title
        -- table 29 two\ words Größe
        CREATE TABLE "two words" ();
        tablature-end"#]]
    .assert_eq(&message);
    let dump = read(&message).unwrap();
    assert_eq!(
        (dump.schema.as_str(), dump.migrations.as_str()),
        ("BLOG", "db/migrations")
    );
    assert_eq!(
        (dump.runner, dump.target.as_deref()),
        (Runner::Sqlx, Some("3.40"))
    );
    for (table, entry) in dump.tables.iter().zip(TABLES) {
        assert_eq!(
            (table.name.as_str(), table.row.as_str(), table.ddl.as_str()),
            (entry.table.name, entry.table.row, entry.ddl)
        );
    }
    assert_eq!(dump.tables[0].field("A.b=c d"), "title");
    assert_eq!(dump.tables[1].field("title"), "title");
    let (table, column) = ("posts".to_owned(), "a.b=c d".to_owned());
    assert_eq!(
        dump.hints,
        [
            Hint::RenameTable {
                from: "old.posts".to_owned(),
                to: table.clone(),
            },
            Hint::RenameColumn {
                table: table.clone(),
                from: "head\\line".to_owned(),
                to: column.clone(),
            },
            Hint::Backfill {
                table: table.clone(),
                column: column.clone(),
                expression: "'a = b\n'".to_owned(),
            },
            Hint::Using {
                table,
                column,
                expression: "lower(title)".to_owned(),
            },
        ]
    );
}

#[test]
fn what_was_damaged_is_refused() {
    let check = |message: &str, expect: expect_test::Expect| {
        expect.assert_eq(&read(message).unwrap_err().to_string());
    };
    let whole = message();
    check("mismatched types", expect!["the message holds no schema"]);
    check(
        &whole.replace("lower", "upper"),
        expect!["the schema `BLOG` came out damaged: compile again"],
    );
    check(
        &whole[..whole.len() - 5],
        expect!["the schema `BLOG` came out damaged: compile again"],
    );
    check(
        &whole[..whole.len() - 40],
        expect!["the schema `BLOG` came out damaged: compile again"],
    );
    check(
        &whole.replace("dump 1", "dump 2"),
        expect![
            "the schema was written by another version of tablature; let the command line and the library be of one version"
        ],
    );
}
