use tablature::{Connection, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
}

fn read(db: &Connection) -> tablature::Result<()> {
    Post::get(db, "one")?;
    Ok(())
}

fn main() {}
