use jiff::Timestamp;
use tablature::{ColumnType, Table, upsert};

#[derive(ColumnType, Debug, PartialEq)]
enum Status {
    Draft,
    Published,
}

#[derive(Table)]
#[table(name = "authors")]
struct Author {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    email: String,
}

#[derive(Table)]
#[table(name = "posts", index(author_id, published_at desc), unique(author_id, slug))]
#[table(fts(title, body, tokenize = "porter unicode61"))]
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
    #[column(touch)]
    updated_at: Timestamp,
}

tablature::schema! {
    static BLOG = [Author, Post];
}

fn main() -> tablature::Result<()> {
    let db = BLOG.open("blog.db")?;

    // Any subset of columns: the database fills the rest. A column that is unknown, missing or of another type is a
    // compile error at its token.
    let author_id = upsert!(&db, Author { email: "ann@example.org" } on (email))?;
    let id = upsert!(&db, Post {
        author_id, slug: "hello", title: "Hello", body: "Rusty rows", tags: vec![],
    } on (author_id, slug))?;

    if let Some(mut post) = Post::get(&db, id)? {
        post.status = Status::Published;
        post.published_at = Some(Timestamp::now());
        post.update(&db)?;
    }

    let newest = "WHERE author_id = ?1 ORDER BY published_at DESC LIMIT 50";
    for post in Post::query(&db, newest, [author_id])? {
        println!("{} {:?} {:?}", post.title, post.status, post.published_at);
    }
    for hit in Post::search(&db, "rust*", 20)? {
        println!("{}: {}", hit.row.title, hit.snippet.unwrap_or_default());
    }
    Ok(())
}
