use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
}

tablature::schema! {
    static BLOG: tablature::Schema = [Post];
}

fn main() {}
