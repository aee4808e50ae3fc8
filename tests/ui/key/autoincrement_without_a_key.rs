use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(autoincrement)]
    id: i64,
}

fn main() {}
