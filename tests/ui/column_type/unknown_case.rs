use tablature::ColumnType;

#[derive(ColumnType)]
#[column_type(rename_all = "train-case")]
enum Status {
    Draft,
}

fn main() {}
