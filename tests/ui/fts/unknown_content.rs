use tablature::Table;

#[derive(Table)]
#[table(fts(title, content = external, detail = some))]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn main() {}
