use tablature::{Connection, Insert, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

#[derive(Insert)]
#[insert(into = Post, ignore)]
struct NewPost<'a> {
    title: &'a str,
}

fn write(db: &Connection) -> tablature::Result<()> {
    NewPost { title: "Hello" }.insert(db)?;
    Ok(())
}

fn main() {}
