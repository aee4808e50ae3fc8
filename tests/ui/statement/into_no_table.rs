use tablature::Connection;

struct Post {
    title: String,
}

fn write(db: &Connection) -> tablature::Result<()> {
    tablature::insert!(db, Post { title: "Hello" })?;
    Ok(())
}

fn main() {}
