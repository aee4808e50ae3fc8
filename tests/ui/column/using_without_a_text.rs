use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(using)]
    title: String,
}

fn main() {}
