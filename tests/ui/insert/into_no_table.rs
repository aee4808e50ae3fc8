use tablature::Insert;

struct Post;

#[derive(Insert)]
#[insert(into = Post)]
struct NewPost<'a> {
    title: &'a str,
}

fn main() {}
