use tablature::{Connection, Row};

struct Author;

#[derive(Row)]
struct Count {
    posts: i64,
}

fn read(db: &Connection) -> tablature::Result<()> {
    Count::query(db, "SELECT count(*) AS posts FROM post WHERE author = ?1", [Author])?;
    Ok(())
}

fn main() {}
