use tablature::Table;

#[derive(Table)]
struct Post {}

fn main() {}
