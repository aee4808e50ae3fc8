use tablature::Table;

#[derive(Table)]
#[table(fts(title, tokenize = "porter unicode61 remove_diacritics"))]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn main() {}
