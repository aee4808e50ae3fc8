use tablature::Table;

#[derive(Table)]
struct Author {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table)]
#[table(foreign_key(author, references(Author), on_remove = cascade))]
struct Post {
    #[column(primary_key)]
    id: i64,
    author: i64,
}

fn main() {}
