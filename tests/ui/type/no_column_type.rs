use tablature::Table;

struct Author;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    author: Author,
}

fn main() {}
