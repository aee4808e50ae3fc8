use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
}

tablature::schema! {
    #[schema(nothing)]
    static BLOG = [Post];
}

fn main() {
    BLOG.open("blog.db").unwrap();
}
