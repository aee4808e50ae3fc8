use tablature::{sql};

fn main() {
    let _ = sql!("DELETE posts WHERE id = ?1", 1);
    let _ = sql!(
        i64,
        "SELECT id
        FROM posts
        WHERE id = ?1 ORDER BY BY id",
        1,
    );
    let _ = sql!("");
    let _ = sql!("DELETE FROM posts; DELETE FROM authors");
}
