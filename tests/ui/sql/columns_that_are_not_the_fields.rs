use tablature::{Row, sql};

#[derive(Row)]
struct Title {
    id: i64,
    title: String,
}

fn main() {
    let _ = sql!(Title, "SELECT id FROM posts");
    let _ = sql!(Title, "SELECT id, title, body FROM posts");
    let _ = sql!(Title, "SELECT posts.id, title, authors.id FROM posts, authors");
    let _ = sql!((i64, String), "SELECT id, title, body FROM posts");
    let _ = sql!(i64, "SELECT id, title FROM posts");
}
