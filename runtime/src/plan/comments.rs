use super::{Hints, Orphans};

/// What stands before a hint in a migration's file, where it is kept for those who check it.
const COMMENT: &str = "-- tablature: ";

impl Hints {
    /// The hints that the comments of a migration give. What is not understood is an ordinary comment.
    ///
    /// ```
    /// use tablature::plan::Hints;
    ///
    /// let hints = Hints::of_comments("-- tablature: allow drop:posts.body\nALTER TABLE posts DROP COLUMN body;");
    /// assert!(hints.allows("drop:posts.body"));
    /// ```
    pub fn of_comments(sql: &str) -> Self {
        let mut hints = Self::default();
        let comments = sql
            .lines()
            .filter_map(|line| line.trim().strip_prefix(COMMENT));
        for (kind, hint) in comments.filter_map(|it| it.split_once(' ')) {
            let _ = match kind {
                "rename" => hints.rename(hint),
                "backfill" => hints.backfill(hint),
                "using" => hints.using(hint),
                "map" => hints.map(hint),
                "allow" => hints.allow(hint),
                "orphans" if hint == "follow" => {
                    hints.orphans = Orphans::Follow;
                    Ok(())
                }
                _ => Ok(()),
            };
        }
        hints
    }
}
