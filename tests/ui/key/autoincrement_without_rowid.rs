use tablature::Table;

#[derive(Table)]
#[table(without_rowid)]
struct Post {
    #[column(primary_key, autoincrement)]
    id: i64,
}

fn main() {}
