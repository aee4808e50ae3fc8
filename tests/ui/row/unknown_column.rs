use tablature::{Row, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

#[derive(Row)]
#[row(of = Post)]
struct Title {
    titel: String,
}

fn main() {}
