use tablature::Table;

#[derive(Table)]
#[table(index(author descending))]
struct Post {
    #[column(primary_key)]
    id: i64,
    author: i64,
}

fn main() {}
