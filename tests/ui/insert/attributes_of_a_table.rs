use tablature::{Insert, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(json)]
    tags: Vec<String>,
}

#[derive(Insert)]
#[insert(into = Post)]
struct NewPost {
    #[column(json)]
    tags: Vec<String>,
}

fn main() {}
