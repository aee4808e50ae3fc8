use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(json, text)]
    tags: String,
}

fn main() {}
