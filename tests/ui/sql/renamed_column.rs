use tablature::{sql};

fn main() {
    let _ = sql!(i64, "SELECT id FROM posts WHERE author = ?1", 1);
    let _ = sql!("UPDATE posts SET state = ?1", "draft");
    let _ = sql!("INSERT INTO posts (author, slug, title, body) VALUES (1, 'a', 'A', '')");
}
