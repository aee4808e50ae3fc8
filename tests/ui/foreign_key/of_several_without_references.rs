use tablature::Table;

#[derive(Table)]
#[table(foreign_key(tenant, author))]
struct Post {
    #[column(primary_key)]
    id: i64,
    tenant: i64,
    author: i64,
}

fn main() {}
