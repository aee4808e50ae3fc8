use tablature::{Row, sql};

#[derive(Row)]
struct Subtitle {
    id: i64,
    subtitle: String,
}

fn main() {
    let _ = sql!(Subtitle, "SELECT id, subtitle FROM posts WHERE id = ?1", 1);
    let _ = sql!(f64, "SELECT rating FROM posts ORDER BY rating");
}
