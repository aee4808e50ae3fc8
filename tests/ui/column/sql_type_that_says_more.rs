use tablature::Table;

#[derive(Table)]
#[table(strict = false)]
struct Post {
    #[column(sql_type = "TEXT NOT NULL")]
    title: String,
    #[column(sql_type = "VARCHAR(80")]
    slug: String,
}

fn main() {}
