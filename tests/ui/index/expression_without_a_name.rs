use tablature::Table;

#[derive(Table)]
#[table(index("lower(title)"))]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn main() {}
