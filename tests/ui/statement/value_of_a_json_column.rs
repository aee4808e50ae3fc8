use tablature::{Connection, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(json)]
    tags: Vec<String>,
}

fn write(db: &Connection) -> tablature::Result<()> {
    tablature::insert!(db, Post { tags: "rust" })?;
    Ok(())
}

fn main() {}
