use tablature::ColumnType;

#[derive(ColumnType)]
#[column_type(text, integer)]
enum Status {
    Draft,
}

fn main() {}
