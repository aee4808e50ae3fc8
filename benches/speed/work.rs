use crate::Result;
use crate::arguments::Arguments;
use crate::clock::{Taken, time};
use crate::database::{Database, Place};
use crate::measure::{Comparison, Timed, rounds};
use crate::rows::{AUTHORS, Article, PAGE_INDEX, PAGE_ROWS, Post, Random, fold};
use rusqlite::Connection;
use tablature::Table;

/// Whatever is not the same as it was put in.
const WRONG: &str = "the rows are not those of the work";

/// Each work at each place.
pub(crate) fn run(arguments: &Arguments) -> Result<Vec<Comparison>> {
    let rows = if arguments.quick { 10_000 } else { 100_000 };
    let posts = Post::many(rows);
    let mut comparisons = Vec::new();
    for place in &Place::all()? {
        if place.name().contains(&arguments.place) {
            let bench = Bench {
                arguments,
                place,
                posts: &posts,
                comparisons: &mut comparisons,
            };
            bench.run()?;
        }
    }
    Ok(comparisons)
}

struct Bench<'a> {
    arguments: &'a Arguments,
    place: &'a Place,
    posts: &'a [Post],
    comparisons: &'a mut Vec<Comparison>,
}

impl Bench<'_> {
    fn run(mut self) -> Result {
        self.writes()?;
        self.reads()
    }

    fn writes(&mut self) -> Result {
        let (arguments, place) = (self.arguments, self.place);
        let tenth = &self.posts[..self.posts.len() / 10];
        self.add("insert, row by row", "row", tenth.len(), || {
            rounds(
                arguments,
                arguments.rounds * 3,
                |c| c.insert,
                |insert| {
                    let posts = place.posts()?;
                    let taken = run_on(&posts, |db| insert(db, tenth))?;
                    check(&posts.db, Post::SQL.select, tenth)?;
                    Ok(taken)
                },
            )
        })?;
        let all = self.posts;
        self.add("insert, bulk", "row", all.len(), || {
            rounds(
                arguments,
                arguments.rounds,
                |c| c.bulk,
                |bulk| {
                    let posts = place.posts()?;
                    let taken = run_on(&posts, |db| bulk(db, all))?;
                    check(&posts.db, Post::SQL.select, all)?;
                    Ok(taken)
                },
            )
        })?;
        let articles: Vec<Article> = tenth.iter().map(Article::from).collect();
        self.add("insert, bulk under FTS5", "row", tenth.len(), || {
            rounds(
                arguments,
                arguments.rounds,
                |c| c.full_text,
                |insert| {
                    let database = place.articles()?;
                    let taken = run_on(&database, |db| insert(db, tenth, &articles))?;
                    check(&database.db, Article::SQL.select, tenth)?;
                    check_full_text(&database.db, tenth)?;
                    Ok(taken)
                },
            )
        })?;
        // Every second row is there, with another title.
        let mut old: Vec<Post> = tenth.iter().step_by(2).cloned().collect();
        for post in &mut old {
            post.title.push_str(", once");
        }
        self.add("upsert", "row", tenth.len(), || {
            rounds(
                arguments,
                arguments.rounds * 3,
                |c| c.upsert,
                |upsert| {
                    let posts = place.filled(&old)?;
                    let taken = run_on(&posts, |db| upsert(db, tenth))?;
                    check(&posts.db, Post::SQL.select, tenth)?;
                    Ok(taken)
                },
            )
        })
    }

    fn reads(&mut self) -> Result {
        let (arguments, all) = (self.arguments, self.posts);
        let tenth = &all[..all.len() / 10];
        let (large, small) = (self.place.filled(all)?, self.place.filled(tenth)?);
        large.db.execute_batch(PAGE_INDEX)?;
        let mut random = Random::new();

        let count = i64::try_from(all.len())?;
        let keys: Vec<i64> = (0..all.len() / 5).map(|_| random.up_to(count)).collect();
        let expected = keys
            .iter()
            .filter_map(|key| all.get(usize::try_from(*key - 1).ok()?))
            .fold(0, fold);
        self.add("get by key", "key", keys.len(), || {
            rounds(
                arguments,
                arguments.rounds,
                |c| c.get,
                |get| same(&large, expected, |db| get(db, &keys)),
            )
        })?;

        for (name, factor, database, posts) in [
            ("map 10,000 rows", 3, &small, tenth),
            ("map 100,000 rows", 1, &large, all),
        ] {
            self.add(name, "row", posts.len(), || {
                rounds(
                    arguments,
                    arguments.rounds * factor,
                    |c| c.map,
                    |map| {
                        let (mapped, taken) = time(|| map(&database.db));
                        if mapped? == posts {
                            Ok(taken)
                        } else {
                            Err(WRONG.into())
                        }
                    },
                )
            })?;
        }

        let authors: Vec<i64> = (0..all.len() / 50).map(|_| random.up_to(AUTHORS)).collect();
        let expected = pages(all, &authors)?;
        for (name, stable) in [("page of 50", true), ("page of 50, no QPSG", false)] {
            large.stable_plans(stable)?;
            self.add(name, "page", authors.len(), || {
                rounds(
                    arguments,
                    arguments.rounds,
                    |c| c.page,
                    |page| same(&large, expected, |db| page(db, &authors)),
                )
            })?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        work: &'static str,
        unit: &'static str,
        operations: usize,
        run: impl FnOnce() -> Result<Vec<Timed>>,
    ) -> Result {
        if work.contains(&self.arguments.work) {
            let candidates = run().map_err(|error| format!("{work}: {error}"))?;
            self.comparisons.push(Comparison {
                place: self.place.name(),
                work,
                unit,
                operations,
                candidates,
            });
        }
        Ok(())
    }
}

fn run_on(database: &Database, run: impl FnOnce(&Connection) -> Result) -> Result<Taken> {
    let (result, taken) = time(|| run(&database.db));
    result.map(|()| taken)
}

fn same(
    database: &Database,
    expected: u64,
    run: impl FnOnce(&Connection) -> Result<u64>,
) -> Result<Taken> {
    let (sum, taken) = time(|| run(&database.db));
    if sum? == expected {
        Ok(taken)
    } else {
        Err(WRONG.into())
    }
}

/// Every value of every row.
fn check(db: &Connection, select: &str, expected: &[Post]) -> Result {
    let mut statement = db.prepare(&format!("{select} ORDER BY id"))?;
    let mut rows = statement.query(())?;
    let mut expected = expected.iter();
    while let Some(row) = rows.next()? {
        if Some(&crate::candidates::read(row)?) != expected.next() {
            return Err(WRONG.into());
        }
    }
    match expected.next() {
        None => Ok(()),
        Some(_) => Err(WRONG.into()),
    }
}

fn check_full_text(db: &Connection, expected: &[Post]) -> Result {
    let word = "harbour";
    let expected = expected
        .iter()
        .filter(|post| post.title.contains(word) || post.body.contains(word));
    let found: u32 = db.query_row(
        "SELECT count(*) FROM article_fts WHERE article_fts MATCH ?1",
        (word,),
        |row| row.get(0),
    )?;
    if usize::try_from(found)? != expected.count() {
        return Err(WRONG.into());
    }
    // With a rank, FTS5 compares the index with the table: <https://www.sqlite.org/fts5.html#the_integrity_check_command>.
    db.execute_batch("INSERT INTO article_fts (article_fts, rank) VALUES ('integrity-check', 1)")?;
    Ok(())
}

/// The digest of the first page of each author.
fn pages(posts: &[Post], authors: &[i64]) -> Result<u64> {
    let mut of: Vec<Vec<&Post>> = Vec::new();
    for author in 1..=AUTHORS {
        let mut page: Vec<&Post> = posts.iter().filter(|post| post.author == author).collect();
        page.sort_by(|a, b| b.created.cmp(&a.created));
        page.truncate(PAGE_ROWS);
        of.push(page);
    }
    let mut sum = 0;
    for author in authors {
        let page = &of[usize::try_from(*author - 1)?];
        sum = page.iter().copied().fold(sum, fold);
    }
    Ok(sum)
}
