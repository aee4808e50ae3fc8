use tablature::Table;

#[derive(Table)]
#[table(primary_key(tenant, id))]
struct Post {
    tenant: i64,
    id: Option<i64>,
}

fn main() {}
