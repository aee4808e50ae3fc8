use super::resolve::Fields;
use super::table::name;
use crate::attr::{References, Set, TableAttr};
use crate::report::Report;
use syn::Ident;

#[derive(Clone)]
pub(crate) struct ForeignKey {
    pub(crate) columns: Vec<usize>,
    pub(crate) references: References,
    pub(crate) on_delete: Option<Ident>,
    pub(crate) on_update: Option<Ident>,
    pub(crate) deferrable: bool,
    pub(crate) name: Option<String>,
    /// Whether it gets an index that no other one covers.
    pub(crate) index: bool,
}

pub(super) fn foreign_keys(
    attr: &TableAttr,
    fields: &Fields<'_>,
    report: &mut Report,
) -> Vec<ForeignKey> {
    let mut keys = Vec::new();
    for key in &attr.foreign_keys {
        let columns = fields.positions(&key.columns, report);
        let Some(Set {
            value: references, ..
        }) = &key.references
        else {
            continue;
        };
        keys.push(ForeignKey {
            columns,
            references: references.clone(),
            on_delete: action(key.on_delete.as_ref(), report),
            on_update: action(key.on_update.as_ref(), report),
            deferrable: key.deferrable.is_some(),
            name: name(key.name.as_ref(), report),
            index: true,
        });
    }
    keys
}

const ACTIONS: &[(&str, &str)] = &[
    ("cascade", "Cascade"),
    ("restrict", "Restrict"),
    ("set_null", "SetNull"),
    ("set_default", "SetDefault"),
    ("no_action", "NoAction"),
];

const CONFLICTS: &[(&str, &str)] = &[
    ("abort", "Abort"),
    ("rollback", "Rollback"),
    ("fail", "Fail"),
    ("ignore", "Ignore"),
    ("replace", "Replace"),
];

/// The variant of `declare::Conflict` that a word names, at the word.
pub(crate) fn conflict(word: Option<&Set<Ident>>, report: &mut Report) -> Option<Ident> {
    variant(CONFLICTS, word, report)
}

/// The variant of `declare::Action` that a word names, at the word.
pub(crate) fn action(word: Option<&Set<Ident>>, report: &mut Report) -> Option<Ident> {
    variant(ACTIONS, word, report)
}

fn variant(
    variants: &[(&str, &str)],
    word: Option<&Set<Ident>>,
    report: &mut Report,
) -> Option<Ident> {
    let word = &word?.value;
    let variant = variants.iter().find(|(name, _)| word == name);
    if variant.is_none() {
        let words: Vec<String> = variants
            .iter()
            .map(|(name, _)| format!("`{name}`"))
            .collect();
        report.at(word.span(), format!("expected one of {}", words.join(", ")));
    }
    variant.map(|(_, variant)| Ident::new(variant, word.span()))
}
