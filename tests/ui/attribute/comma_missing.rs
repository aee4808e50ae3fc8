use tablature::Table;

#[derive(Table)]
#[table(unique(author slug))]
struct Post {
    #[column(primary_key)]
    id: i64,
    author: i64,
    slug: String,
}

fn main() {}
