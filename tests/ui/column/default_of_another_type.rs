use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(default = "five")]
    stars: i64,
    #[column(default = 5)]
    title: String,
    #[column(default = 2.5)]
    likes: i64,
}

fn main() {}
