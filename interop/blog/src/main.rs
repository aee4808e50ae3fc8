//! The blog whose structs change, as it is in its first version; `check/tests/interop/versions.rs` says what becomes of it.
//! It compiles where `check` has put it, with migrations beside it.

use std::env;
use tablature::{Connection, Table};

/// Refers to another author, and to a post that refers back.
#[derive(Table)]
#[table(name = "authors")]
pub struct Author {
    #[column(primary_key)]
    pub id: i64,
    #[column(unique)]
    pub email: String,
    #[column(references(Author), on_delete = cascade)]
    pub mentor_id: Option<i64>,
    #[column(references(Post), on_delete = set_null)]
    pub pinned_id: Option<i64>,
    pub motto: Option<String>,
}

#[derive(Table)]
#[table(name = "posts", fts(title, body, tokenize = "porter unicode61"))]
pub struct Post {
    #[column(primary_key, autoincrement)]
    pub id: i64,
    #[column(references(Author), on_delete = cascade)]
    pub author_id: i64,
    pub title: String,
    pub subtitle: Option<String>,
    pub body: String,
    #[column(default = 0)]
    pub views: i64,
}

/// Whatever fires a trigger or an action of a foreign key leaves a line in `log`.
#[derive(Table)]
#[table(name = "comments")]
#[table(trigger(name = "comments_gone", after = delete, body = "INSERT INTO log (line) VALUES ((CASE WHEN old.id > 8 THEN 'END; gone ' ELSE 'gone ' END ) || old.id)"))]
#[table(trigger(name = "comments_edited", after = update, body = "INSERT INTO log (line) VALUES ('edited ' || old.id)"))]
pub struct Comment {
    #[column(primary_key)]
    pub id: i64,
    #[column(references(Post), on_delete = cascade)]
    pub post_id: i64,
    #[column(references(Comment), on_delete = cascade)]
    pub parent_id: Option<i64>,
    pub text: Option<String>,
}

#[derive(Table)]
#[table(name = "tags", primary_key(post_id, tag), without_rowid)]
pub struct Tag {
    #[column(references(Post), on_delete = cascade)]
    pub post_id: i64,
    pub tag: String,
}

/// Has no key: its rows are known by their rowids.
#[derive(Table)]
#[table(name = "log")]
pub struct Log {
    pub line: String,
}

tablature::schema! {
    #[schema(migrations = "migrations", runner = tablature)]
    pub static BLOG = [Author, Post, Comment, Tag, Log];
}

/// `blog DATABASE adopt` takes it over from the tool that has run the migrations so far, and runs the others;
/// `blog DATABASE VERSION` goes back.
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [database, command] = arguments.as_slice() else {
        return Err("DATABASE adopt|VERSION".into());
    };
    let mut db = Connection::open(database)?;
    if command != "adopt" {
        for undone in BLOG.migrate_down_to(&mut db, command.parse()?)? {
            println!("undone {}", undone.version);
        }
        return Ok(());
    }
    let refused = BLOG.migrate(&mut db).err().ok_or("it was not refused")?;
    println!("{}", refused.to_string().replace('\n', " "));
    let found = BLOG.adopt(&mut db)?.ok_or("no history was found")?;
    println!("adopted {} {}", found.tool, found.version);
    for applied in BLOG.migrate(&mut db)? {
        println!("applied {}", applied.version);
    }
    for difference in BLOG.verify(&db)? {
        println!("{difference}");
    }
    Ok(())
}
