use tablature::{sql};

fn main() {
    let _ = sql!(i64, "SELECT lenght(title) FROM posts");
}
