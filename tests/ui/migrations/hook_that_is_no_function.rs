use tablature::Table;

#[derive(Table)]
#[table(name = "posts")]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn none() {}

tablature::schema! {
    #[schema(migrations = "../../../../tests/ui/migrations/files/posts/migrations", hook(1, up = none))]
    static BLOG = [Post];
}

fn main() {}
