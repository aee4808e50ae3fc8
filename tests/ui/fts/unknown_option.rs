use tablature::Table;

#[derive(Table)]
#[table(fts(title, tokenizer = "porter"))]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn main() {}
