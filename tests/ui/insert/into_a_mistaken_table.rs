use tablature::{Connection, Insert, Table};

#[derive(Table)]
struct Post {
    #[column(primry_key)]
    id: i64,
    title: String,
}

#[derive(Insert)]
#[insert(into = Post)]
struct NewPost<'a> {
    title: Option<&'a str>,
}

fn write(db: &Connection) -> tablature::Result<()> {
    let id = NewPost { title: None }.insert(db)?;
    Post::delete(db, id)?;
    Ok(())
}

fn main() {}
