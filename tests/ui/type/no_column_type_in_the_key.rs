use tablature::Table;

struct Key;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: Key,
}

fn main() {}
