//! Tables with everything.

use tablature::{ColumnType, Insert, Row, Table};

/// A state.
#[derive(ColumnType, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not yet.
    Draft,
    /// Now.
    Published,
}

/// A number of stars.
#[derive(ColumnType, Clone, Copy, Debug, PartialEq, Eq)]
#[column_type(integer)]
#[repr(u8)]
pub enum Stars {
    /// One.
    One = 1,
    /// Two.
    Two = 2,
}

/// A short name.
#[derive(ColumnType, Clone, Debug, PartialEq, Eq)]
pub struct Slug(pub String);

/// A number with a name.
#[derive(ColumnType, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meters {
    /// How many.
    pub count: i64,
}

/// A place.
#[derive(ColumnType, Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[column_type(json)]
pub struct Place {
    /// North.
    pub north: f64,
    /// East.
    pub east: f64,
}

/// An address.
#[derive(ColumnType, Clone, Copy, Debug, PartialEq, Eq)]
#[column_type(text)]
pub struct Address(pub std::net::IpAddr);

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for Address {
    type Err = std::net::AddrParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// An author.
#[derive(Table, Clone, Debug, PartialEq, Eq)]
#[table(primary_key(tenant, id), without_rowid)]
pub struct Author {
    /// Whose.
    pub tenant: i64,
    /// Which.
    pub id: i64,
    /// An address.
    #[column(unique, collate = nocase)]
    pub email: String,
}

/// An article.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(index(tenant, created_at desc, where = "stars > 1"), unique(tenant, slug))]
#[table(index("lower(title)" collate nocase, name = "titles"))]
#[table(check(titled = "title <> ''"))]
#[table(foreign_key(tenant, author, references(Author(tenant, id)), on_delete = cascade))]
#[table(fts(title weight 10, body, slug unindexed, tokenize = "porter unicode61", prefix = "2 3"))]
#[table(trigger(name = "keep", before = update, of(slug), when = "old.id < 0", body = "SELECT 1;"))]
pub struct Post {
    /// Which.
    #[column(primary_key, autoincrement)]
    pub id: i64,
    /// Whose.
    pub tenant: i64,
    /// By whom.
    pub author: i64,
    /// Where.
    pub slug: Slug,
    /// What.
    #[column(check("length(title) < 100"))]
    pub title: String,
    /// And more.
    pub body: Option<String>,
    /// A state.
    #[column(default = "draft")]
    pub status: Status,
    /// A number.
    #[column(default = 1, name = "stars")]
    pub rating: Stars,
    /// How far.
    pub far: Option<Meters>,
    /// A place.
    pub place: Option<Place>,
    /// An address.
    pub from: Option<Address>,
    /// Words.
    #[column(json)]
    pub tags: Vec<String>,
    /// Notes.
    #[column(json)]
    pub notes: Option<Vec<String>>,
    /// A version.
    #[column(text)]
    pub peer: Option<std::net::IpAddr>,
    /// The one before.
    #[column(references(Self), on_delete = set_null, on_update = cascade, deferrable)]
    pub parent: Option<i64>,
    /// When.
    #[column(default = now, immutable)]
    pub created_at: i64,
    /// When.
    #[column(touch)]
    pub updated_at: i64,
    /// How long.
    #[column(generated = "length(title)", stored)]
    length: i64,
    hash: Option<[u8; 2]>,
}

/// A new article.
#[derive(Insert, Clone, Debug)]
#[insert(into = Post)]
pub struct NewPost<'a> {
    /// Whose.
    pub tenant: i64,
    /// By whom.
    pub author: i64,
    /// Where.
    pub slug: &'a Slug,
    /// What.
    pub title: &'a str,
    /// A state.
    pub status: Option<Status>,
    /// Words.
    pub tags: &'a [String],
    hash: &'a [u8; 2],
}

/// A projection.
#[derive(Row, Clone, Debug, PartialEq, Eq)]
#[row(of = Post)]
pub struct Title {
    /// What.
    pub title: String,
    /// Words.
    pub tags: Vec<String>,
    length: i64,
}

/// A free-standing projection.
#[derive(Row, Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// How many.
    pub posts: i64,
    /// Words.
    #[column(json, name = "all_tags")]
    pub tags: Vec<String>,
}

tablature::schema! {
    /// Everything.
    pub static BLOG = [Author, Post];
}

mod private {
    use tablature::{Row, Table};

    #[derive(Table, Clone, Copy, Debug)]
    pub(super) struct Counter {
        #[column(primary_key)]
        id: u8,
        pub(super) count: i64,
    }

    #[derive(Row, Clone, Copy, Debug)]
    #[row(of = Counter)]
    pub(super) struct OnlyCount {
        pub(super) count: i64,
    }
}

macro_rules! table {
    ($name:ident { $($field:ident: $ty:ty),* }) => {
        /// A table.
        #[derive(Table, Clone, Debug)]
        pub struct $name {
            #[column(primary_key)]
            id: i64,
            $(
                /// A field.
                pub $field: $ty,
            )*
            #[column(touch)]
            updated_at: i64,
        }
    };
}

table!(Made { name: String, size: Option<i64> });

#[test]
fn statements_are_clean() -> tablature::Result<()> {
    let db = BLOG.open_in_memory()?;
    db.execute_batch(private::Counter::DDL)?;
    db.execute_batch(Made::DDL)?;
    let (tenant, author) = tablature::insert!(
        &db,
        Author {
            tenant: 1,
            id: 2,
            email: "a@b"
        }
    )?;
    let slug = Slug("slug".to_owned());
    let id = tablature::insert!(
        &db,
        Post {
            tenant,
            author,
            slug: &slug,
            title: "Hello",
            tags: vec![],
            body: None,
            peer: None
        }
    )?;
    let id = tablature::upsert!(
        &db,
        Post { tenant, author, slug: slug, title: format!("{id}"), tags: vec![] } on (tenant, slug)
    )?;
    assert!(tablature::update!(&db, Post(id) { rating: Stars::Two, status: None })?);
    assert!(tablature::update!(db, Author((1, 2)) { email: "b@c" })?);
    let slug = Slug("other".to_owned());
    let new = NewPost {
        tenant,
        author,
        slug: &slug,
        title: "New",
        status: None,
        tags: &[],
        hash: &[1, 2],
    };
    let post = new.insert_returning(&db)?;
    assert_eq!((post.length, post.hash), (3, Some([1, 2])));
    assert_eq!(Post::search(&db, "new", 1)?.len(), 1);
    assert_eq!(Title::query(&db, "WHERE id = ?1", [id])?[0].length, 1);
    let sql = "SELECT count(*) AS posts, '[]' AS all_tags FROM post";
    assert_eq!(Count::query(&db, sql, ())?.len(), 1);

    let made = tablature::insert_returning!(
        &db,
        Made {
            name: "made",
            size: 3
        }
    )?;
    assert_eq!((made.id, made.updated_at > 0), (1, true));
    let key = tablature::insert!(&db, private::Counter { count: 3 })?;
    assert_eq!(private::Counter::get(&db, key)?.map(|it| it.count), Some(3));
    assert_eq!(private::OnlyCount::query(&db, "", ())?[0].count, 3);
    Ok(())
}
