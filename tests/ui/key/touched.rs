use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key, touch)]
    id: i64,
}

fn main() {}
