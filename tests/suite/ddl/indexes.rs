use super::check;
use expect_test::expect;
use tablature::Table;

#[test]
fn every_kind_of_index() {
    #[derive(Table)]
    #[table(
        index(author, published desc),
        index(title collate nocase asc, author desc),
        index("lower(title)", name = "by_lower_title"),
        index(author, "length(title)" desc, name = "by_length"),
        index(published, where = "published IS NOT NULL"),
        index(slug, unique),
        index(slug, author, unique, where = "author > 0", name = "one \"slug\""),
    )]
    struct Post {
        author: i64,
        #[column(index)]
        title: String,
        slug: String,
        published: Option<i64>,
    }
    check(
        Post::DDL,
        expect![[r#"
        CREATE TABLE post (
          author INTEGER NOT NULL,
          title TEXT NOT NULL,
          slug TEXT NOT NULL,
          published INTEGER
        ) STRICT;

        CREATE INDEX post_title_idx ON post (title);
        CREATE INDEX post_author_published_idx ON post (author, published DESC);
        CREATE INDEX post_title_author_idx ON post (title COLLATE nocase, author DESC);
        CREATE INDEX by_lower_title ON post (lower(title));
        CREATE INDEX by_length ON post (author, length(title) DESC);
        CREATE INDEX post_published_idx ON post (published) WHERE published IS NOT NULL;
        CREATE UNIQUE INDEX post_slug_key ON post (slug);
        CREATE UNIQUE INDEX "one ""slug""" ON post (slug, author) WHERE author > 0;
    "#]],
    );
}
