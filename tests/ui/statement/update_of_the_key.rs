use tablature::{Connection, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn write(db: &Connection) -> tablature::Result<()> {
    tablature::update!(db, Post(1) { id: 2 })?;
    Ok(())
}

fn main() {}
