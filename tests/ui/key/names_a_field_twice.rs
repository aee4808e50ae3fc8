use tablature::Table;

#[derive(Table)]
#[table(primary_key(id, id))]
struct Post {
    id: i64,
}

fn main() {}
