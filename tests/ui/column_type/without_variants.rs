use tablature::ColumnType;

#[derive(ColumnType)]
enum Never {}

fn main() {}
