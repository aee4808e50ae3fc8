use tablature::Table;

#[derive(Table)]
#[table(name = posts)]
struct Post {
    #[column(primary_key, name = 1)]
    id: i64,
    #[column(index = 2)]
    author: i64,
}

fn main() {}
