use tablature::Table;

#[derive(Table)]
#[table(fts(title, lang unindexed weight 2))]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
    lang: String,
}

fn main() {}
