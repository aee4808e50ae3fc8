use tablature::{Connection, Table};

#[derive(Table)]
struct Log {
    line: String,
}

fn read(db: &Connection) -> tablature::Result<()> {
    Log::get(db, 1)?;
    Ok(())
}

fn main() {}
