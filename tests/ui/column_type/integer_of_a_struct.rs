use tablature::ColumnType;

#[derive(ColumnType)]
#[column_type(integer)]
struct Stars(i64);

fn main() {}
