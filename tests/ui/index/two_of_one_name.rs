use tablature::Table;

#[derive(Table)]
#[table(index(author), index(author))]
struct Post {
    #[column(primary_key)]
    id: i64,
    author: i64,
    #[column(unique)]
    title: String,
    #[column(index, unique)]
    slug: String,
}

fn main() {}
