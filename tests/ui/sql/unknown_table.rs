use tablature::{sql};

fn main() {
    let _ = sql!(i64, "SELECT id FROM post");
    let _ = sql!("DELETE FROM comments");
}
