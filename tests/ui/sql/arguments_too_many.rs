use tablature::{sql};

fn main() {
    let title = "Hello";
    let _ = sql!(i64, "SELECT count(*) FROM posts WHERE id = ?1", 1, title);
    let _ = sql!(i64, "SELECT count(*) FROM posts", 1);
}
