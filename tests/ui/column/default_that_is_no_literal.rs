use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(default = 60 * 60)]
    seconds: i64,
    #[column(default = -"x")]
    title: String,
}

fn main() {}
