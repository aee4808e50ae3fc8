use tablature::ColumnType;

#[derive(ColumnType)]
#[column_type(renameall = "lowercase")]
enum Status {
    #[column_type(name = "draft")]
    Draft,
}

fn main() {}
