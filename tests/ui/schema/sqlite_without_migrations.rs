use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
}

tablature::schema! {
    #[schema(sqlite = "3.40")]
    static BLOG = [Post];
}

fn main() {}
