//! The tests of the whole, in one binary.

#[derive(Debug, PartialEq, tablature::ColumnType, Clone, Copy)]
enum Status {
    Draft,
    Published,
}

#[derive(tablature::Table, Debug)]
#[table(name = "authors")]
struct Author {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    email: String,
}

#[derive(tablature::Table, Debug)]
#[table(name = "posts", index(author_id, published_at desc), unique(author_id, slug))]
#[table(fts(title weight 10, body, tokenize = "porter unicode61"))]
#[table(check(title_not_empty = "length(title) > 0"))]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(references(Author), on_delete = cascade)]
    author_id: i64,
    slug: String,
    title: String,
    body: String,
    #[column(default = "draft")]
    status: Status,
    #[column(json)]
    tags: Vec<String>,
    published_at: Option<String>,
    #[column(default = now, immutable)]
    created_at: String,
    #[column(touch)]
    updated_at: String,
}

tablature::schema! { static BLOG = [Author, Post]; }

#[test]
fn it_works() {
    use tablature::Table as _;
    let db = BLOG.open_in_memory().unwrap();
    println!("{}", BLOG.ddl());
    println!(
        "{:?}\n{:#?}\n{:#?}",
        Post::SQL,
        <Post as tablature::Insert>::INSERT,
        ()
    );
    let id = tablature::insert!(&db, Author { email: "a@b" }).unwrap();
    let post = tablature::insert!(
        &db,
        Post {
            author_id: id,
            slug: "hello",
            title: "Hello",
            body: "World of rust",
            tags: vec![],
            published_at: None
        }
    )
    .unwrap();
    println!("{:?}", Post::get(&db, post));
    println!("{:?}", Post::search(&db, "rust", 10));
    println!(
        "{}",
        tablature::insert!(
            &db,
            Post {
                author_id: 99,
                slug: "hello",
                title: "Hello",
                body: "World of rust",
                tags: vec![],
                published_at: None
            }
        )
        .unwrap_err()
    );
}
