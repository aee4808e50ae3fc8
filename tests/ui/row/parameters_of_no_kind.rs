use tablature::{Connection, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
}

fn main() {
    let db = Connection::open_in_memory().unwrap();
    let _ = Post::query(&db, "WHERE id = ?1", 1);
    let _ = Post::query(&db, "WHERE id = ?1", [1; 33]);
}
