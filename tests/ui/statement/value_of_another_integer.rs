use tablature::{Connection, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    stars: u32,
}

fn write(db: &Connection, votes: &[i64]) -> tablature::Result<()> {
    tablature::insert!(db, Post { stars: votes.len() })?;
    Ok(())
}

fn main() {}
