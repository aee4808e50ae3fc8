use tablature::ColumnType;

#[derive(ColumnType)]
#[column_type(integer, rename_all = "lowercase")]
enum Status {
    #[column_type(rename = "new")]
    Draft,
}

fn main() {}
