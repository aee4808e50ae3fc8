use tablature::Table;

#[derive(Table)]
#[table(index(author, author))]
struct Post {
    #[column(primary_key)]
    id: i64,
    author: i64,
}

fn main() {}
