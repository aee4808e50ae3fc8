use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(default = 9223372036854775808)]
    stars: i64,
}

fn main() {}
