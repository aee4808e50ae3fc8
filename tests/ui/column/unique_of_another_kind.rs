use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(unique = index)]
    title: String,
    #[column(check = 0)]
    done: bool,
}

fn main() {}
