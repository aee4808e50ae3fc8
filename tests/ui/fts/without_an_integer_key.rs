use tablature::Table;

#[derive(Table)]
#[table(fts(title))]
struct Post {
    #[column(primary_key)]
    slug: String,
    title: String,
}

fn main() {}
