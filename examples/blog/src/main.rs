//! A blog in one file. It makes a database, writes to it, reads from it, searches it, and shows what it did.

#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use jiff::Timestamp;
use std::env;
use std::path::PathBuf;
use tablature::search::words;
use tablature::{ColumnType, Insert, Page, Table};

#[derive(ColumnType, Clone, Copy, Debug, PartialEq)]
enum Status {
    Draft,
    Published,
}

#[derive(Table, Clone, Debug)]
#[table(name = "authors")]
struct Author {
    #[column(primary_key)]
    id: i64,
    #[column(unique, collate = nocase)]
    email: String,
    name: String,
}

/// One article.
#[derive(Table, Clone, Debug)]
#[table(name = "posts", index(author_id, published_at desc), unique(author_id, slug))]
#[table(fts(title weight 5, body, tokenize = "porter unicode61"))]
#[table(check(title_not_empty = "length(title) > 0"))]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(references(Author), on_delete = cascade)]
    author_id: i64,
    slug: String,
    title: String,
    body: String,
    #[column(default = "draft")]
    status: Status,
    #[column(json)]
    tags: Vec<String>,
    published_at: Option<Timestamp>,
    #[column(default = now, immutable)]
    created_at: Timestamp,
    #[column(touch)]
    updated_at: Timestamp,
}

/// What a form sends.
#[derive(Insert)]
#[insert(into = Post)]
struct NewPost<'a> {
    author_id: i64,
    slug: &'a str,
    title: &'a str,
    body: &'a str,
    tags: Vec<String>,
}

tablature::schema! {
    /// Everything the blog stores.
    #[schema(migrations = "migrations")]
    static BLOG = [Author, Post];
}

fn main() -> tablature::Result<()> {
    let path = env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from("blog.db"), PathBuf::from);
    println!(
        "-- The DDL of the structs, which `open` runs in an empty database\n\n{}",
        BLOG.ddl()
    );
    let mut db = BLOG.open(&path)?;
    println!("-- {}\n", path.display());

    let author_id =
        tablature::upsert!(&db, Author { email: "ann@example.org", name: "Ann" } on (email))?;
    println!("author {author_id}: Ann");

    let drafts = [
        NewPost {
            author_id,
            slug: "hello",
            title: "Hello",
            body: "A first post about rusty tools",
            tags: vec![],
        },
        NewPost {
            author_id,
            slug: "rows",
            title: "Rust and rows",
            body: "Structs become tables",
            tags: vec!["sqlite".into()],
        },
    ];
    let transaction = db.transaction()?;
    for draft in &drafts {
        match draft.insert_or_ignore(&transaction)? {
            Some(id) => println!("post {id}: {}", draft.title),
            None => println!("there already: {}", draft.title),
        }
    }
    transaction.commit()?;

    for mut post in Post::query(
        &db,
        "WHERE author_id = ?1 AND status = ?2",
        (author_id, Status::Draft),
    )? {
        post.status = Status::Published;
        post.published_at = Some(Timestamp::now());
        post.update(&db)?;
    }

    let page = Post::page(
        &db,
        &Page::by(Post::COLUMNS.published_at).descending().limit(10),
    )?;
    for Post {
        id,
        title,
        status,
        tags,
        updated_at,
        ..
    } in page.rows
    {
        println!("read post {id}: {title}, {status:?}, tags {tags:?}, updated {updated_at}");
    }

    for hit in Post::search(&db, words("rust").prefix().marks("*", "*"), 20)? {
        println!(
            "found post {}: {}",
            hit.row.id,
            hit.snippet.unwrap_or_default()
        );
    }

    let error = tablature::insert!(
        &db,
        Post {
            author_id: 99,
            slug: "x",
            title: "X",
            body: "",
            tags: vec![]
        }
    );
    if let Err(error) = error {
        println!("refused: {error}");
    }
    Ok(())
}
