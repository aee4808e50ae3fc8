use tablature::Table;

#[derive(Table)]
#[table(primary_key(tenant, id))]
struct Author {
    tenant: i64,
    id: i64,
}

#[derive(Table)]
#[table(foreign_key(tenant, author, references(Author)))]
struct Post {
    #[column(primary_key)]
    id: i64,
    tenant: i64,
    author: i64,
}

tablature::schema! {
    static BLOG = [Post];
}

fn main() {}
