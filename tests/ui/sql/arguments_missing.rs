use tablature::{sql};

fn main() {
    let _ = sql!(i64, "SELECT id FROM posts WHERE id = ?1 AND title = ?2", 1);
    let _ = sql!(i64, "SELECT id FROM posts WHERE id = ?");
    let _ = sql!(i64, "SELECT id FROM posts WHERE id = :id AND title = :title", id = 1);
}
