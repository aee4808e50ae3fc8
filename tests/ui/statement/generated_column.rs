use tablature::{Connection, Table};

#[derive(Table)]
struct Line {
    #[column(primary_key)]
    id: i64,
    #[column(generated = "id * 2")]
    double: i64,
}

fn write(db: &Connection) -> tablature::Result<()> {
    tablature::insert!(db, Line { id: 1, double: 2 })?;
    tablature::update!(db, Line(1) { double: 2 })?;
    Ok(())
}

fn main() {}
