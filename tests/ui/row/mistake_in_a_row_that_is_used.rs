use tablature::{Connection, Row};

#[derive(Row)]
#[row(off = Post)]
struct Count {
    posts: i64,
}

fn read(db: &Connection) -> tablature::Result<()> {
    Count::query(db, "SELECT count(*) AS posts FROM post", ())?;
    Ok(())
}

fn main() {}
