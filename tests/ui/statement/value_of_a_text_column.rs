use std::net::IpAddr;
use tablature::{Connection, Table};

#[derive(Table)]
struct Visit {
    #[column(primary_key)]
    id: i64,
    #[column(text)]
    address: IpAddr,
}

fn write(db: &Connection) -> tablature::Result<()> {
    tablature::insert!(db, Visit { address: "127.0.0.1" })?;
    Ok(())
}

fn main() {}
