use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
    #[column(name = "Title")]
    heading: String,
}

fn main() {}
