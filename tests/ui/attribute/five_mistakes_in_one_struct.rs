use tablature::Table;

#[derive(Table)]
#[table(nmae = "posts", index(autor))]
struct Post {
    #[column(primary_key, primary_key)]
    id: i64,
    #[column(on_delete = cascade)]
    author: i64,
    #[column(default = 1 + 1)]
    stars: i64,
}

fn main() {}
