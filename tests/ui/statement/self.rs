use tablature::{Connection, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

impl Post {
    fn write(db: &Connection) -> tablature::Result<i64> {
        Ok(tablature::insert!(db, Self { title: "Hello" })?)
    }
}

fn main() {}
