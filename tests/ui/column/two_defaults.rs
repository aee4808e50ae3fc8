use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(default = 1, default_sql = "2")]
    stars: i64,
}

fn main() {}
