use tablature::{Connection, sql};

struct Nothing;

fn main() {
    let db = Connection::open_in_memory().unwrap();
    let _ = sql!("UPDATE posts SET title = ?1", Nothing).execute(&db);
    let _ = sql!(i64, "SELECT ?1 || ?2", 1, Nothing).all(&db);
}
