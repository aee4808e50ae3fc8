use tablature::{Connection, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    slug: String,
}

fn write(db: &Connection) -> tablature::Result<()> {
    tablature::upsert!(db, Post { slug: "hello" } on (slug))?;
    Ok(())
}

fn main() {}
