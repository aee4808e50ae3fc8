use tablature::{sql};

const SQL: &str = "SELECT id FROM posts";

fn main() {
    let _ = sql!(i64, SQL);
    let _ = sql!(i64);
    let _ = sql!(i64, 5);
    let _ = sql!();
}
