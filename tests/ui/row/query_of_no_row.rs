use tablature::{Connection, Row};

struct Count {
    posts: i64,
}

fn read<R: Row>(db: &Connection) -> tablature::Result<Vec<R>> {
    Ok(R::query(db, "SELECT count(*) AS posts FROM post", ())?)
}

fn main() {
    read::<Count>(&Connection::open_in_memory().unwrap()).unwrap();
}
