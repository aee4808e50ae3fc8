use tablature::ColumnType;

#[derive(ColumnType)]
struct Name<'a, T>(&'a T);

fn main() {}
