use tablature::{Connection, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn write(db: &Connection) -> tablature::Result<()> {
    tablature::insert!(db, Post { title: "Hello", boddy: "World" })?;
    Ok(())
}

fn main() {}
