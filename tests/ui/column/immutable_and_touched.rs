use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(immutable, touch)]
    updated_at: i64,
}

fn main() {}
