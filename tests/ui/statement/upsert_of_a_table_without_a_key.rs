use tablature::{Connection, Table};

#[derive(Table)]
struct Log {
    line: String,
}

fn write(db: &Connection) -> tablature::Result<()> {
    tablature::upsert!(db, Log { line: "Hello" })?;
    Ok(())
}

fn main() {}
