use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table)]
#[table(name = "Post")]
struct Article {
    #[column(primary_key)]
    id: i64,
}

tablature::schema! {
    static BLOG = [Post, Article];
}

fn main() {}
