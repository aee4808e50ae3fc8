use tablature::{Insert, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

#[derive(Insert)]
#[insert(into = Post)]
struct NewPost<'a> {
    titel: &'a str,
}

fn main() {}
