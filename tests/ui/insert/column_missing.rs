use tablature::{Insert, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
    body: String,
    subtitle: Option<String>,
}

#[derive(Insert)]
#[insert(into = Post)]
struct NewPost<'a> {
    title: &'a str,
}

fn main() {}
