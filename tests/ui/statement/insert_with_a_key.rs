use tablature::{Connection, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn write(db: &Connection) -> tablature::Result<()> {
    tablature::insert!(db, Post(1) { title: "Hello" })?;
    tablature::insert!(db, Post { title: "Hello" } on (id))?;
    Ok(())
}

fn main() {}
