use tablature::Table;

#[derive(Table)]
#[table(index("lower(title", name = "lower_title"))]
struct Line {
    #[column(primary_key)]
    id: i64,
    #[column(check("title != 'x"))]
    title: String,
}

fn main() {}
