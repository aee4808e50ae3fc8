use tablature::{Connection, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn write(db: &Connection) -> tablature::Result<()> {
    tablature::insert!(db, Post { title: None })?;
    tablature::update!(db, Post(1) { title: None })?;
    Ok(())
}

fn main() {}
