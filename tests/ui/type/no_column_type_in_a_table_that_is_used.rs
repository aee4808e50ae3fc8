use tablature::{Connection, Table};

struct Author;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    author: Author,
}

tablature::schema! {
    static BLOG = [Post];
}

fn read(db: &Connection) -> tablature::Result<()> {
    Post::get(db, 1)?;
    tablature::insert!(db, Post { author: Author })?;
    Ok(())
}

fn main() {}
