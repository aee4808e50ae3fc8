tablature::schema! {
    static BLOG = [Post];
}

fn main() {}
