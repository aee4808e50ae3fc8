use tablature::Table;

#[derive(Table)]
#[table(name = "posts")]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

tablature::schema! {
    #[schema(migrations = "../../../../tests/ui/migrations/files/not_recorded/migrations")]
    static BLOG = [Post];
}

fn main() {}
