//! No prelude: not the standard library's, not that of the crates.

use ::tablature::{Insert as _, Row as _, Table as _};

#[derive(::tablature::ColumnType, Debug, PartialEq, Clone, Copy)]
enum Status {
    Draft,
    Published,
}

#[derive(::tablature::ColumnType, Debug, PartialEq, Clone, Copy)]
#[column_type(integer)]
enum Stars {
    One = 1,
    Two = 2,
}

#[derive(::tablature::ColumnType, Debug, PartialEq)]
struct Slug(::std::string::String);

#[derive(::tablature::Table, Debug, PartialEq)]
struct Author {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    email: ::std::string::String,
}

#[derive(::tablature::Table, Debug, PartialEq)]
#[table(unique(author, slug), index(status, created_at desc), fts(title weight 2, body))]
#[table(check(titled = "title != ''"))]
#[table(trigger(name = "keep", before = delete, when = "old.id < 0", body = "SELECT 1;"))]
struct Post {
    #[column(primary_key, autoincrement)]
    id: i64,
    #[column(references(Author), on_delete = cascade)]
    author: i64,
    slug: Slug,
    title: ::std::string::String,
    body: ::std::option::Option<::std::string::String>,
    #[column(default = "draft")]
    status: Status,
    stars: ::std::option::Option<Stars>,
    #[column(json)]
    tags: ::std::vec::Vec<::std::string::String>,
    #[column(text)]
    address: ::std::option::Option<::std::net::IpAddr>,
    #[column(default = now, immutable)]
    created_at: i64,
    #[column(touch)]
    updated_at: i64,
    #[column(generated = "length(title)", stored)]
    length: i64,
}

#[derive(::tablature::Insert)]
#[insert(into = Post)]
struct NewPost<'a> {
    author: i64,
    slug: &'a Slug,
    title: &'a str,
    tags: ::std::vec::Vec<::std::string::String>,
}

#[derive(::tablature::Row, Debug, PartialEq)]
#[row(of = Post)]
struct Title {
    title: ::std::string::String,
    tags: ::std::vec::Vec<::std::string::String>,
}

#[derive(::tablature::Row, Debug, PartialEq)]
struct Count {
    posts: i64,
    #[column(name = "all tags", json)]
    tags: ::std::vec::Vec<::std::string::String>,
}

::tablature::schema! {
    static BLOG = [Author, Post];
}

#[::core::prelude::v1::test]
fn everything_works_without_a_prelude() -> ::tablature::Result<()> {
    let db = BLOG.open_in_memory()?;
    let email = "ann@example.org";
    let author = ::tablature::insert!(&db, Author { email })?;
    let slug = Slug(::std::convert::From::from("hello"));
    let tags = || {
        ::std::vec![<::std::string::String as ::std::convert::From<_>>::from(
            "a"
        )]
    };
    let first = ::tablature::insert!(
        &db,
        Post {
            author,
            slug: &slug,
            title: "Hello",
            tags: tags(),
            body: ::std::option::Option::None
        }
    )?;
    ::tablature::update!(&db, Post(first) { stars: Stars::Two, status: Status::Published })?;
    let other = Slug(::std::convert::From::from("bye"));
    let second = NewPost {
        author,
        slug: &other,
        title: "Bye",
        tags: tags(),
    }
    .insert(&db)?;
    let same = ::tablature::upsert!(
        &db,
        Post { author, slug: &other, title: "Goodbye", tags: tags() } on (author, slug)
    )?;
    ::std::assert_eq!(second, same);
    let post = ::tablature::insert_returning!(
        &db,
        Post {
            author,
            slug: Slug(::std::convert::From::from("x")),
            title: "X",
            tags: tags()
        }
    )?;
    ::std::assert_eq!(post.length, 1);

    let post = Post::get(&db, first)?.unwrap();
    ::std::assert_eq!(post.status, Status::Published);
    ::std::assert_eq!(post.stars, ::std::option::Option::Some(Stars::Two));
    ::std::assert_eq!(Post::search(&db, "goodbye", 5)?.len(), 1);
    let titles = Title::query(&db, "WHERE id = ?1", [second])?;
    ::std::assert_eq!(titles[0].title, "Goodbye");
    ::std::assert_eq!(titles[0].tags, ["a"]);
    let count = Count::query_one(
        &db,
        "SELECT count(*) AS posts, '[]' AS \"all tags\" FROM post",
        (),
    )?;
    ::std::assert_eq!(
        count.unwrap(),
        Count {
            posts: 3,
            tags: ::std::vec![]
        }
    );
    ::std::result::Result::Ok(())
}
