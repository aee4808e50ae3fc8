use tablature::Table;

#[derive(Table)]
#[table]
struct Post {
    #[column = "id"]
    id: i64,
}

fn main() {}
