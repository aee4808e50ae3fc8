use tablature::Connection;

fn write(db: &Connection) -> tablature::Result<()> {
    tablature::insert!(db, Post { title: "Hello" })?;
    Ok(())
}

fn main() {}
