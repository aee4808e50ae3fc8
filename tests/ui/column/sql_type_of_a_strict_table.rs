use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(sql_type = "VARCHAR(80)")]
    title: String,
}

fn main() {}
