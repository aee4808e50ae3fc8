use tablature::ColumnType;

#[derive(ColumnType)]
#[column_type(json)]
struct Point {
    x: f64,
    y: f64,
}

fn main() {}
