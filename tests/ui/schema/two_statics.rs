use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
}

tablature::schema! {
    static BLOG = [Post];
    static SHOP = [Post];
}

fn main() {}
