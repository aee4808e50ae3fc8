use super::index::part;
use crate::schema::{Action, Conflict, Deferrable, ForeignKey, IndexPart};
use crate::sql::tokens::Tokens;

/// `ON CONFLICT …`, if it stands here.
pub(super) fn conflict(tokens: &mut Tokens<'_>) -> Conflict {
    if !tokens.eat(&["on", "conflict"]) {
        return Conflict::Abort;
    }
    let word = tokens.name().unwrap_or_default();
    match word.to_ascii_lowercase().as_str() {
        "rollback" => Conflict::Rollback,
        "fail" => Conflict::Fail,
        "ignore" => Conflict::Ignore,
        "replace" => Conflict::Replace,
        _ => Conflict::Abort,
    }
}

/// What stands after `REFERENCES`. See <https://www.sqlite.org/syntax/foreign-key-clause.html>.
pub(super) fn references(
    tokens: &mut Tokens<'_>,
    name: Option<String>,
    from: Vec<String>,
) -> Option<ForeignKey> {
    let parent = tokens.name()?;
    let to = tokens
        .parenthesised()
        .map(|list| names(&list))
        .unwrap_or_default();
    let mut key = ForeignKey {
        name,
        from,
        parent,
        to,
        on_delete: Action::NoAction,
        on_update: Action::NoAction,
        deferrable: Deferrable::Not,
        column: None,
    };
    loop {
        if tokens.eat(&["on", "delete"]) {
            key.on_delete = action(tokens);
        } else if tokens.eat(&["on", "update"]) {
            key.on_update = action(tokens);
        } else if tokens.eat(&["on", "insert"]) {
            action(tokens);
        } else if tokens.eat(&["match"]) {
            tokens.name();
        } else {
            break;
        }
    }
    deferrable(tokens, &mut key);
    Some(key)
}

/// `[NOT] DEFERRABLE [INITIALLY …]`, which may also stand away from its foreign key.
pub(super) fn deferrable(tokens: &mut Tokens<'_>, key: &mut ForeignKey) -> bool {
    let not = tokens.eat(&["not", "deferrable"]);
    if !not && !tokens.eat(&["deferrable"]) {
        return false;
    }
    let deferred = tokens.eat(&["initially", "deferred"]);
    if !deferred {
        tokens.eat(&["initially", "immediate"]);
    }
    key.deferrable = if deferred && !not {
        Deferrable::Deferred
    } else {
        Deferrable::Not
    };
    true
}

/// The columns of a key: names, each with a collation and a direction of its own.
pub(super) fn key_parts(list: &Tokens<'_>) -> Vec<IndexPart> {
    list.list().into_iter().map(part).collect()
}

/// A list of names.
pub(super) fn names(list: &Tokens<'_>) -> Vec<String> {
    list.list()
        .into_iter()
        .filter_map(|mut it| it.name())
        .collect()
}

fn action(tokens: &mut Tokens<'_>) -> Action {
    if tokens.eat(&["set", "null"]) {
        Action::SetNull
    } else if tokens.eat(&["set", "default"]) {
        Action::SetDefault
    } else if tokens.eat(&["cascade"]) {
        Action::Cascade
    } else if tokens.eat(&["restrict"]) {
        Action::Restrict
    } else {
        tokens.eat(&["no", "action"]);
        Action::NoAction
    }
}
