use tablature::Table;

#[derive(Table)]
#[table(name, unique)]
struct Post {
    #[column(primary_key, name)]
    id: i64,
    #[column(default)]
    author: i64,
}

fn main() {}
