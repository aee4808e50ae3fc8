use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key, json)]
    id: Vec<i64>,
}

fn main() {}
