use tablature::Table;

#[derive(Table)]
struct Author {
    #[column(primary_key)]
    id: i64,
    name: String,
}

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(references(Author(name)))]
    author: String,
}

fn main() {}
