use tablature::{Connection, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn write(db: &Connection, post: Post) -> tablature::Result<()> {
    tablature::insert!(db, Post { title: "Hello", ..post })?;
    Ok(())
}

fn main() {}
