use tablature::Table;

#[derive(Table)]
struct Post {
    #[table(primary_key)]
    id: i64,
}

fn main() {}
