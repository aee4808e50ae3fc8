use tablature::Table;

#[derive(Table)]
#[table(primary_key(), unique())]
struct Post {
    id: i64,
}

fn main() {}
