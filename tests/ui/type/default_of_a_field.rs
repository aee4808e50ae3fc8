use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    stars: i64 = 5,
}

fn main() {}
