use super::begins;
use crate::calls::Calls;
use tablature::check::statements;

/// The databases that the sources attach. What is in them cannot be known.
pub(super) struct Attached {
    /// What they are called, wherever in the crate.
    names: Vec<String>,
    /// Whether this function has attached one: SQLite finds its tables without its name too.
    is_here: bool,
}

impl Attached {
    pub(super) fn of(calls: &Calls) -> Self {
        let mut names = Vec::new();
        for text in calls.all.iter().flat_map(|it| &it.sql).flatten() {
            let all = statements(&text.value).into_iter();
            names.extend(all.filter_map(|it| name(&text.value[it])));
        }
        Self {
            names,
            is_here: false,
        }
    }

    pub(super) fn enter_function(&mut self) {
        self.is_here = false;
    }

    pub(super) fn after(&mut self, sql: &str) {
        self.is_here |= begins(sql, &["attach"]);
    }

    /// Why it is not certain that a statement is refused.
    pub(super) fn doubt(&self, refusal: &str) -> Option<String> {
        let missing = missing(refusal)?;
        let is_ours = missing.schema.is_some_and(|it| {
            let mut names = self.names.iter().map(String::as_str);
            names.any(|name| name.eq_ignore_ascii_case(it))
        });
        match missing.schema {
            Some(schema) if is_ours => Some(format!(
                "what is in the attached database `{schema}` is not known"
            )),
            schema if self.is_here && !schema.is_some_and(is_own) => {
                Some("what is in the attached database is not known".to_owned())
            }
            _ => None,
        }
    }
}

/// The database that a statement names, where it is none that every connection has.
pub(super) fn elsewhere(refusal: &str) -> Option<&str> {
    missing(refusal)?.schema.filter(|it| !is_own(it))
}

fn is_own(schema: &str) -> bool {
    ["main", "temp"]
        .iter()
        .any(|it| it.eq_ignore_ascii_case(schema))
}

/// `ATTACH … AS name`
fn name(sql: &str) -> Option<String> {
    if !begins(sql, &["attach"]) {
        return None;
    }
    let mut words = sql.split_whitespace().rev();
    let mut name = words.next()?;
    for word in words {
        if word.eq_ignore_ascii_case("as") {
            let quotes = ['"', '\'', '`', '[', ']'];
            return Some(name.trim_matches(quotes).to_owned());
        }
        name = word;
    }
    None
}

/// What a statement names and is not there.
struct Missing<'a> {
    schema: Option<&'a str>,
}

fn missing(refusal: &str) -> Option<Missing<'_>> {
    if let Some(name) = refusal.strip_prefix("unknown database ") {
        return Some(Missing { schema: Some(name) });
    }
    let table = refusal.strip_prefix("no table `");
    let table = table.and_then(|it| it.split('`').next());
    let kinds = ["no such index: ", "no such view: ", "no such trigger: "];
    let mut others = kinds.iter().filter_map(|it| refusal.strip_prefix(it));
    let name = table.or_else(|| others.next())?;
    let schema = name.split_once('.').map(|it| it.0);
    Some(Missing { schema })
}
