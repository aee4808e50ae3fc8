use tablature::Insert;

#[derive(Insert)]
struct NewPost<'a> {
    title: &'a str,
}

fn main() {}
