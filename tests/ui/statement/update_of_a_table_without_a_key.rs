use tablature::{Connection, Table};

#[derive(Table)]
struct Log {
    line: String,
}

fn write(db: &Connection) -> tablature::Result<()> {
    tablature::update!(db, Log(1) { line: "Hello" })?;
    Ok(())
}

fn main() {}
