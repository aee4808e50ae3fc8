use tablature::Table;

#[derive(Table)]
#[table(primary_key(tenant, id))]
struct Post {
    tenant: i64,
    #[column(primary_key)]
    id: i64,
}

fn main() {}
