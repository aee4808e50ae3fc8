use tablature::{Connection, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
    stars: i64,
}

fn write(db: &Connection, stars: &str) -> tablature::Result<()> {
    tablature::insert!(db, Post { title: 1 + 2, stars })?;
    Ok(())
}

fn main() {}
