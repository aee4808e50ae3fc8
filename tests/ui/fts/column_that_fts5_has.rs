use tablature::Table;

#[derive(Table)]
#[table(fts(rank))]
struct Post {
    #[column(primary_key)]
    id: i64,
    rank: String,
}

fn main() {}
