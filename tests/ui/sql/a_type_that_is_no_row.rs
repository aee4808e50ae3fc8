use tablature::{sql};

struct Nothing;

fn main() {
    let db = tablature::Connection::open_in_memory().unwrap();
    let _ = sql!(Nothing, "SELECT id FROM posts").all(&db);
}
