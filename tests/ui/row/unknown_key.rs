use tablature::Row;

#[derive(Row)]
#[row(table = Post)]
struct Count {
    posts: i64,
}

fn main() {}
