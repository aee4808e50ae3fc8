use tablature::{sql};

fn main() {
    let _ = sql!(i64, "SELECT id FROM posts WHERE title = :title", titel = "Hello");
    let _ = sql!(i64, "SELECT id FROM posts WHERE title = ?1", title = "Hello");
    let _ = sql!(i64, "SELECT id FROM posts WHERE title = :title", title = "Hello", title = "Hello");
}
