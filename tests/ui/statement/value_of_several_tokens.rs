use tablature::{Connection, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    stars: i64,
}

fn write(db: &Connection, title: &str) -> tablature::Result<()> {
    tablature::insert!(db, Post { stars: title.trim().to_owned() })?;
    tablature::insert!(db, Post { stars: if title.is_empty() { 1.0 } else { 2.5 } })?;
    Ok(())
}

fn main() {}
