use tablature::{sql};

fn main() {
    let _ = sql!(
        "INSERT INTO posts (author_id, slug, title, body) VALUES (?1, ?2, ?3, ?4)",
        1.5,
        "a",
        Some(2),
        String::new(),
    );
}
