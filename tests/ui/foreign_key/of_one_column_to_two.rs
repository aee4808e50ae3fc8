use tablature::Table;

#[derive(Table)]
#[table(primary_key(tenant, id))]
struct Author {
    tenant: i64,
    id: i64,
}

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(references(Author))]
    author: i64,
}

fn main() {}
