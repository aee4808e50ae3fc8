use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
}

tablature::schema! {
    #[schema(migration = "migrations")]
    static BLOG = [Post];
}

fn main() {}
