use tablature::{Connection, Insert, Row, Table};

#[derive(Table)]
#[table(nmae = "posts", fts(title))]
pub struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
    #[column(json)]
    tags: Vec<String>,
}

#[derive(Table)]
pub struct Comment {
    #[column(primary_key)]
    id: i64,
    #[column(references(Post))]
    post: i64,
}

#[derive(Row)]
#[row(of = Post)]
pub struct Title {
    title: String,
}

#[derive(Insert)]
#[insert(into = Post)]
pub struct NewPost<'a> {
    title: &'a str,
}

tablature::schema! {
    static BLOG = [Post, Comment];
}

fn main() -> tablature::Result<()> {
    let db = BLOG.open_in_memory()?;
    let id = tablature::insert!(&db, Post { title: "Hello", tags: vec!["a".to_owned()] })?;
    tablature::update!(&db, Post(id) { title: "Goodbye" })?;
    tablature::upsert!(&db, Post { id: 1, title: "Hello" } on (title))?;
    tablature::insert_returning!(&db, Post { title: "Hello" })?.title.clear();
    Post::search(&db, "hello", 20)?;
    Post::query(&db, "WHERE id = ?1", [1])?;
    if let Some(mut post) = Post::get(&db, 1)? {
        post.tags.clear();
        post.update(&db)?;
    }
    Post::delete(&db, 1)?;
    Title::query(&db, "", ())?;
    NewPost { title: "Hello" }.insert(&db)?;
    Ok(())
}
