use tablature::Table;

#[derive(Table)]
#[table(rename_all = "snake")]
struct Post {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
