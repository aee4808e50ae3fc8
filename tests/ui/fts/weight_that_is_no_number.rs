use tablature::Table;

#[derive(Table)]
#[table(fts(title weight heavy))]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn main() {}
