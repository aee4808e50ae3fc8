use tablature::ColumnType;

#[derive(ColumnType)]
enum Status {
    Draft,
    #[column_type(rename = "draft")]
    InReview,
}

fn main() {}
