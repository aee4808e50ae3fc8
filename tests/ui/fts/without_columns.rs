use tablature::Table;

#[derive(Table)]
#[table(fts())]
struct Post {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
