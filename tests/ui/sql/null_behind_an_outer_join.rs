use tablature::{Row, sql};

#[derive(Row)]
struct Posted {
    title: String,
    email: String,
}

fn main() {
    let _ = sql!(
        Posted,
        "SELECT title, email FROM authors LEFT JOIN posts ON posts.author_id = authors.id WHERE authors.id = ?1",
        1
    );
    let _ = sql!(
        Posted,
        "SELECT title, email FROM authors LEFT JOIN posts ON posts.author_id = authors.id WHERE posts.title LIKE 'A%'"
    );
}
