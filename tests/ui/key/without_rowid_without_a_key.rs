use tablature::Table;

#[derive(Table)]
#[table(without_rowid)]
struct Post {
    id: i64,
}

fn main() {}
