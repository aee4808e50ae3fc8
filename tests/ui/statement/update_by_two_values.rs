use tablature::{Connection, Table};

#[derive(Table)]
#[table(primary_key(tenant, id))]
struct Post {
    tenant: i64,
    id: i64,
    title: String,
}

fn write(db: &Connection) -> tablature::Result<()> {
    tablature::update!(db, Post(1, 2) { title: "Hello" })?;
    Ok(())
}

fn main() {}
