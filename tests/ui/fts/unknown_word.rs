use tablature::Table;

#[derive(Table)]
#[table(fts(title boost 2))]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn main() {}
