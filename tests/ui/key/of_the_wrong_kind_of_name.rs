use tablature::Table;

#[derive(Table)]
#[table(primary_key("id"), unique(1))]
struct Post {
    id: i64,
}

fn main() {}
