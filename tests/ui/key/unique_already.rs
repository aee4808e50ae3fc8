use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key, unique)]
    id: i64,
}

fn main() {}
