use tablature::Table;

#[derive(Table)]
struct Author {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    email: String,
}

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(references(Author(mail)))]
    author: String,
}

fn main() {}
