use tablature::Table;

#[derive(Table)]
#[table(fts(title, tokenize = "unicode61 stemming 1"))]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn main() {}
