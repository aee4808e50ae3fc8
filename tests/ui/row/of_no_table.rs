use tablature::Row;

struct Post;

#[derive(Row)]
#[row(of = Post)]
struct Title {
    title: String,
}

fn main() {}
