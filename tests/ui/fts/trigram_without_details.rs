use tablature::Table;

#[derive(Table)]
#[table(fts(title, tokenize = "trigram", detail = none))]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn main() {}
