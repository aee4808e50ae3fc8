use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    tenant: i64,
    #[column(primary_key)]
    id: i64,
}

fn main() {}
