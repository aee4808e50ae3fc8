use tablature::{Connection, Table};

#[derive(Table)]
struct Post<T> {
    #[column(primary_key)]
    id: T,
}

fn read(db: &Connection) -> tablature::Result<()> {
    Post::<i64>::get(db, 1)?;
    Ok(())
}

fn main() {}
