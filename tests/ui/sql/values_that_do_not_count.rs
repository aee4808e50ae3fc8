use tablature::{sql};

fn main() {
    let _ = sql!(
        "INSERT INTO posts (author_id, slug, title, body, status) VALUES (?1, ?2, ?3, ?4)",
        1,
        "a",
        "A",
        "",
    );
    let _ = sql!("INSERT INTO authors VALUES (1, 'ann@example.org', 'Ann')");
    let _ = sql!("INSERT INTO authors (id, email) VALUES (1, 'a'), (2)");
}
