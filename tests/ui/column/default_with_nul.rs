use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(default = "a\0b")]
    title: String,
    #[column(default = c"a")]
    body: String,
}

fn main() {}
