use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key = false)]
    id: i64,
    #[column(json = true)]
    tags: Vec<String>,
}

fn main() {}
