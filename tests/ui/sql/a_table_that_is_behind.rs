use tablature::{Table, sql};

#[derive(Table)]
#[table(name = "posts")]
struct Post {
    #[column(primary_key)]
    id: i64,
    author: i64,
    title: String,
    body: Vec<u8>,
}

fn main() {
    let _ = sql!(Post, "SELECT * FROM posts");
}
