use tablature::Table;

#[derive(Table)]
#[table(name = "posts")]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

#[derive(Table)]
#[table(name = "tags")]
struct Tag {
    #[column(primary_key)]
    id: i64,
}

tablature::schema! {
    #[schema(migrations = "../../../../tests/ui/migrations/files/posts/migrations")]
    static BLOG = [Post, Tag];
}

fn main() {}
