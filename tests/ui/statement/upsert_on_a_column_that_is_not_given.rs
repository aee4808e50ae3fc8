use tablature::{Connection, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    slug: Option<String>,
    title: String,
}

fn write(db: &Connection) -> tablature::Result<()> {
    tablature::upsert!(db, Post { title: "Hello" } on (slug))?;
    Ok(())
}

fn main() {}
