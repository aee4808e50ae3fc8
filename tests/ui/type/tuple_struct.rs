use tablature::Table;

#[derive(Table)]
struct Post(i64, String);

fn main() {}
