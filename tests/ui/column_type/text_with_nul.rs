use tablature::ColumnType;

#[derive(ColumnType)]
enum Status {
    Draft,
    #[column_type(rename = "in\0review")]
    InReview,
}

fn main() {}
