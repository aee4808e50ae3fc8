use tablature::{Row, sql};

#[derive(Row)]
struct Count {
    id: String,
    title: i64,
}

fn main() {
    let _ = sql!(Count, "SELECT id, title FROM posts");
    let _ = sql!((i64, i64), "SELECT id, title FROM posts");
}
