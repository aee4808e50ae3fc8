use tablature::{ColumnType, Connection, Table};

#[derive(ColumnType)]
enum Status {
    Draft,
    Published { at: i64 },
}

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(default = "draft")]
    status: Status,
}

fn read(db: &Connection) -> tablature::Result<()> {
    tablature::insert!(db, Post { status: Status::Draft })?;
    Post::query(db, "WHERE status = ?1", [Status::Draft])?;
    Ok(())
}

fn main() {}
