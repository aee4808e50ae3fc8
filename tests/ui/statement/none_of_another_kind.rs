use tablature::{ColumnType, Connection, Table};

#[derive(ColumnType)]
enum Level {
    None,
    High,
}

#[derive(Table)]
struct Alarm {
    #[column(primary_key)]
    id: i64,
    level: Option<Level>,
}

fn write(db: &Connection) -> tablature::Result<()> {
    use Level::None;
    tablature::insert!(db, Alarm { level: None })?;
    Ok(())
}

fn main() {}
