use tablature::{Row, Table};

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(name = "heading")]
    title: String,
}

#[derive(Row)]
#[row(of = Post)]
struct Title {
    #[column(primary_key)]
    id: i64,
    #[column(name = "heading")]
    title: String,
}

fn main() {}
