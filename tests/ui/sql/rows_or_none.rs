use tablature::{sql};

fn main() {
    let _ = sql!("SELECT id FROM posts");
    let _ = sql!(i64, "DELETE FROM posts");
    let _ = sql!("DELETE FROM posts RETURNING id");
}
