use tablature::{sql};

use tablature::Connection;

fn main() {
    let db = Connection::open_in_memory().unwrap();
    let title = String::from("Hello");
    let id: i64 = sql!(i64, "SELECT id FROM pots WHERE title = ?1", title).one(&db).unwrap();
    let changed: usize = sql!("UPDATE pots SET title = ?1 WHERE id = ?2", title, id).execute(&db).unwrap();
    println!("{changed}");
}
