use tablature::{sql};

use tablature::ColumnType;

#[derive(ColumnType)]
enum Status {
    Draft,
}

#[derive(ColumnType)]
struct AuthorId(i64);

fn main() {
    let author = "ann";
    let _ = sql!(i64, "SELECT id FROM posts WHERE author_id = ?1", author);
    let _ = sql!(i64, "SELECT id FROM posts AS p WHERE p.id > 0 AND p.title <> ?1", AuthorId(1));
    let _ = sql!("UPDATE posts SET author_id = ?1 WHERE id = ?2", Status::Draft, 1);
}
