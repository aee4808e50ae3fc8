use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(on_delete = cascade, on_update = restrict, deferrable)]
    author: i64,
}

fn main() {}
