use tablature::Table;

#[derive(Table)]
#[table(fts(title, title, boddy))]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
    body: String,
}

fn main() {}
