use tablature::Row;

struct Author;

#[derive(Row)]
struct Count {
    author: Author,
    posts: i64,
}

fn main() {}
