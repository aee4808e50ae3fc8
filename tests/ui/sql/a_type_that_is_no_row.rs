use tablature::{sql};

struct Nothing;

fn main() {
    let _ = sql!(Nothing, "SELECT id FROM posts");
}
