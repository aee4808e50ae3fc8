use tablature::{sql};

fn main() {
    let _ = sql!(i64, "SELECT id FROM posts WHERE autor_id = ?1", 1);
    let _ = sql!(i64, "SELECT p.idd FROM posts AS p");
    let _ = sql!("INSERT INTO authors (id, mail) VALUES (1, 'ann@example.org')");
}
