use tablature::{sql};

fn main() {
    let _ = sql!("INSERT INTO posts (author_id, title) VALUES (?1, ?2)", 1, "A");
    let _ = sql!("INSERT INTO authors DEFAULT VALUES");
    let _ = sql!("WITH a AS (SELECT 1 AS id) INSERT OR IGNORE INTO authors (id) SELECT id FROM a");
}
