use tablature::{Connection, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    subtitle: Option<String>,
}

fn write(db: &Connection) -> tablature::Result<()> {
    tablature::insert!(db, Post { subtitle: Some(1) })?;
    Ok(())
}

fn main() {}
