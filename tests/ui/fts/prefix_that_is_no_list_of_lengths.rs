use tablature::Table;

#[derive(Table)]
#[table(fts(title, prefix = "2, 3"))]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn main() {}
