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
    tablature::insert!(db, Post { title: 1, boddy: "World" })?;
    Ok(())
}

fn main() {}
