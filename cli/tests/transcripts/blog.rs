use jiff::Timestamp;
use tablature::{ColumnType, Table};

#[derive(ColumnType, Clone, Copy, Debug, PartialEq)]
pub enum Status {
    Draft,
    Published,
}

/// Who writes.
#[derive(Table)]
#[table(name = "authors")]
pub struct Author {
    #[column(primary_key)]
    pub id: i64,
    #[column(unique)]
    pub email: String,
    pub name: String,
}

/// One article.
#[derive(Table)]
#[table(name = "posts", index(author_id, published_at desc))]
#[table(fts(title, body, tokenize = "porter unicode61"))]
pub struct Post {
    #[column(primary_key)]
    pub id: i64,
    #[column(references(Author), on_delete = cascade)]
    pub author_id: i64,
    pub title: String,
    pub subtitle: Option<String>,
    pub body: String,
    #[column(default = "draft")]
    pub status: Status,
    #[column(default = 0)]
    pub views: i64,
    pub published_at: Option<Timestamp>,
}

#[derive(Table)]
#[table(name = "comments")]
pub struct Comment {
    #[column(primary_key)]
    pub id: i64,
    #[column(references(Post), on_delete = cascade)]
    pub post_id: i64,
    pub text: String,
}

tablature::schema! {
    #[schema(migrations = "migrations")]
    pub static BLOG = [Author, Post, Comment];
}

fn main() -> tablature::Result<()> {
    BLOG.open("blog.db")?;
    Ok(())
}
