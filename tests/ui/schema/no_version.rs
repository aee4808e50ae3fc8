use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
}

tablature::schema! {
    #[schema(migrations = "migrations", sqlite = "newest")]
    static BLOG = [Post];
}

fn main() {}
