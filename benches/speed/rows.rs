use tablature::Table;

/// Eight columns of the usual kinds.
#[derive(Table, Clone, Debug, PartialEq)]
pub(crate) struct Post {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) author: i64,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) score: f64,
    pub(crate) published: bool,
    pub(crate) created: String,
    pub(crate) note: Option<String>,
}

/// The same row with full-text search: an FTS5 table of external content, and its three triggers.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(fts(title, body))]
pub(crate) struct Article {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) author: i64,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) score: f64,
    pub(crate) published: bool,
    pub(crate) created: String,
    pub(crate) note: Option<String>,
}

tablature::schema! {
    pub(crate) static POSTS = [Post];
}
tablature::schema! {
    pub(crate) static ARTICLES = [Article];
}

/// What the page query asks for. The index that answers it is made where it is read, so that inserts are not measured
/// with the upkeep of an index, which is the same for all and would hide what differs.
pub(crate) const PAGE: &str = "WHERE author = ?1 ORDER BY created DESC LIMIT 50";
pub(crate) const PAGE_ROWS: usize = 50;
pub(crate) const PAGE_INDEX: &str =
    "CREATE INDEX post_author_created ON post (author, created DESC); PRAGMA optimize;";

/// So many authors share the posts.
pub(crate) const AUTHORS: i64 = 200;

const WORDS: [&str; 16] = [
    "river", "stone", "window", "letter", "garden", "winter", "copper", "silver", "morning",
    "harbour", "thunder", "meadow", "lantern", "orchard", "compass", "village",
];

impl Post {
    pub(crate) fn many(count: usize) -> Vec<Self> {
        let mut random = Random::new();
        (1..).take(count).map(|id| random.post(id)).collect()
    }

    /// Differs for rows that differ, as far as a glance at each column tells; the whole rows are compared elsewhere.
    #[inline]
    pub(crate) fn digest(&self) -> u64 {
        let note = self.note.as_ref().map_or(1, String::len);
        let lengths = self.title.len() + self.body.len() + self.created.len() + note;
        (self.id.cast_unsigned() << 20)
            ^ (self.author.cast_unsigned() << 10)
            ^ self.score.to_bits()
            ^ lengths as u64
            ^ u64::from(self.published)
    }
}

/// The digests of rows in their order.
#[inline]
pub(crate) fn fold(sum: u64, post: &Post) -> u64 {
    sum.wrapping_mul(31).wrapping_add(post.digest())
}

impl From<&Post> for Article {
    fn from(post: &Post) -> Self {
        let post = post.clone();
        Self {
            id: post.id,
            author: post.author,
            title: post.title,
            body: post.body,
            score: post.score,
            published: post.published,
            created: post.created,
            note: post.note,
        }
    }
}

/// The same numbers in every run. See <https://www.jstatsoft.org/article/view/v008i14>.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new() -> Self {
        Self(0x9E37_79B9_7F4A_7C15)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// From 1 to `end`.
    pub(crate) fn up_to(&mut self, end: i64) -> i64 {
        (self.next() % end.cast_unsigned()).cast_signed() + 1
    }

    /// The numbers below `count`, shuffled.
    pub(crate) fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_cached_key(|_| self.next());
        order
    }

    /// Words of `length` characters at the least.
    fn text(&mut self, length: usize) -> String {
        let mut text = String::new();
        while text.len() < length {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(WORDS[(self.next() % 16) as usize]);
        }
        text
    }

    fn post(&mut self, id: i64) -> Post {
        let (minute, second) = (self.next() % 60, self.next() % 60);
        Post {
            id,
            author: self.up_to(AUTHORS),
            title: self.text(18),
            body: self.text(78),
            score: f64::from((self.next() % 10_000) as u32) / 8.0,
            published: self.next().is_multiple_of(2),
            // The key makes the order of a page unique.
            created: format!(
                "{:04}-06-15T12:{minute:02}:{second:02}.{:03}Z",
                1000 + id / 1000,
                id % 1000
            ),
            note: self.next().is_multiple_of(2).then(|| self.text(10)),
        }
    }
}
