use tablature::{Connection, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    author: i64,
    title: String,
    body: String,
}

fn write(db: &Connection) -> tablature::Result<()> {
    tablature::insert!(db, Post { title: "Hello" })?;
    tablature::insert!(db, Post { author: 1, title: "Hello" })?;
    Ok(())
}

fn main() {}
