use tablature::{Connection, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn find(db: &Connection) -> tablature::Result<()> {
    Post::search(db, "hello", 20)?;
    Ok(())
}

fn main() {}
