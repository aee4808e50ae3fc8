use tablature::{ColumnType, Table};

#[derive(ColumnType)]
enum Status {
    Draft,
    Published,
}

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(default = "darft")]
    status: Status,
    #[column(default = 2)]
    public: bool,
    #[column(default = b"12")]
    hash: [u8; 3],
}

fn main() {}
