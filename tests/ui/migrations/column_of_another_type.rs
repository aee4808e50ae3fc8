use tablature::Table;

#[derive(Table)]
#[table(name = "posts")]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: Option<String>,
}

tablature::schema! {
    #[schema(migrations = "../../../../tests/ui/migrations/files/posts/migrations")]
    static BLOG = [Post];
}

fn main() {}
