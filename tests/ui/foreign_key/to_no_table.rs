use tablature::Table;

struct Author;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(references(Author))]
    author: i64,
}

fn main() {}
