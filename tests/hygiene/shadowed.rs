//! Everything that an expansion could name is something else here.

#![expect(
    dead_code,
    unused_macros,
    non_camel_case_types,
    non_upper_case_globals,
    reason = "the names are to be in the way, not to be used"
)]

struct Result;
struct Option;
struct String;
struct Vec;
struct Box;
struct str;
struct bool;
struct i64;
struct u8;
struct usize;
struct Connection;
struct Column;
struct Writer;
trait Table {}
trait Insert {}
trait Row {}
trait ColumnType {}
trait Default {}
trait From {}
trait Into {}
trait Drop {}
mod tablature {}
mod std {}
mod core {}
mod rusqlite {}
mod __private {}
const Some: () = ();
const None: () = ();
const Ok: () = ();
const Err: () = ();
fn drop() {}

macro_rules! panic {
    () => {};
}
macro_rules! assert {
    () => {};
}
macro_rules! matches {
    () => {};
}
macro_rules! vec {
    () => {};
}
macro_rules! concat {
    () => {};
}

#[derive(::tablature::ColumnType, Debug, PartialEq)]
enum Status {
    Draft,
    Published,
}

#[derive(::tablature::ColumnType, Debug, PartialEq)]
#[column_type(integer)]
enum Stars {
    One = 1,
}

#[derive(::tablature::ColumnType, Debug, PartialEq)]
struct Slug(::std::string::String);

#[derive(::tablature::ColumnType, Debug, PartialEq)]
#[column_type(text)]
struct Address(::std::net::IpAddr);

impl ::std::fmt::Display for Address {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Display::fmt(&self.0, f)
    }
}

impl ::std::str::FromStr for Address {
    type Err = ::std::net::AddrParseError;

    fn from_str(text: &::std::primitive::str) -> ::std::result::Result<Self, Self::Err> {
        text.parse().map(Address)
    }
}

#[derive(::tablature::Table, Debug, PartialEq)]
#[table(
    index(status),
    unique(title, name = "titles"),
    fts(title),
    check("id > 0")
)]
struct Post {
    #[column(primary_key)]
    id: ::std::primitive::i64,
    title: ::std::string::String,
    slug: ::std::option::Option<Slug>,
    #[column(default = "draft")]
    status: Status,
    #[column(default = 1)]
    stars: Stars,
    #[column(json)]
    tags: ::std::vec::Vec<::std::string::String>,
    address: ::std::option::Option<Address>,
    #[column(touch = "unixepoch()")]
    updated_at: ::std::primitive::i64,
    #[column(references(Post))]
    parent: ::std::option::Option<::std::primitive::i64>,
}

#[derive(::tablature::Insert)]
#[insert(into = Post)]
struct NewPost<'a> {
    title: &'a ::std::primitive::str,
    slug: ::std::option::Option<&'a Slug>,
    tags: ::std::vec::Vec<::std::string::String>,
}

#[derive(::tablature::Row, Debug)]
#[row(of = Post)]
struct Title {
    title: ::std::string::String,
}

::tablature::schema! {
    static BLOG = [Post];
}

#[test]
fn nothing_of_the_scope_is_taken_for_ours() {
    use ::tablature::{Insert as _, Row as _, Table as _};
    let db = BLOG.open_in_memory().unwrap();
    let tags = || ::std::vec![::std::string::String::from("a")];
    let address = Address(::std::net::IpAddr::from([127, 0, 0, 1]));
    let id = ::tablature::insert!(
        &db,
        Post {
            title: "Hello",
            tags: tags(),
            address: &address
        }
    )
    .unwrap();
    let slug = Slug("bye".into());
    let next = NewPost {
        title: "Bye",
        slug: ::std::option::Option::Some(&slug),
        tags: tags(),
    };
    let next = next.insert(&db).unwrap();
    ::tablature::update!(&db, Post(next) { parent: id, status: Status::Published }).unwrap();
    ::tablature::upsert!(&db, Post { title: "Bye", tags: tags() } on (title)).unwrap();
    let first = Post::get(&db, id).unwrap().unwrap();
    assert_eq!(first.address, ::std::option::Option::Some(address));
    assert_eq!(first.stars, Stars::One);
    let second = Post::get(&db, next).unwrap().unwrap();
    assert_eq!(second.slug, ::std::option::Option::Some(slug));
    assert_eq!(second.status, Status::Published);
    assert_eq!(
        Title::query(&db, "ORDER BY id", ()).unwrap()[0].title,
        "Hello"
    );
    assert_eq!(Post::search(&db, "bye", 2).unwrap()[0].row.id, next);
}
