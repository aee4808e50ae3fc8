use tablature::{Connection, Table};

#[derive(Table)]
#[table(primary_key(tenant, slug))]
struct Post {
    tenant: i64,
    slug: String,
}

fn read(db: &Connection) -> tablature::Result<()> {
    Post::get(db, 1)?;
    Ok(())
}

fn main() {}
