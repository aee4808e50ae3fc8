use super::resolve::Fields;
use crate::attr::{References, Set, TableAttr};
use crate::report::Report;
use syn::Ident;

pub(crate) struct ForeignKey {
    pub(crate) columns: Vec<usize>,
    pub(crate) references: References,
    pub(crate) on_delete: Option<Ident>,
    pub(crate) on_update: Option<Ident>,
    pub(crate) deferrable: bool,
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
            references: References {
                table: references.table.clone(),
                columns: references.columns.clone(),
            },
            on_delete: action(key.on_delete.as_ref(), report),
            on_update: action(key.on_update.as_ref(), report),
            deferrable: key.deferrable.is_some(),
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

/// The variant of `declare::Action` that a word names, at the word.
pub(crate) fn action(word: Option<&Set<Ident>>, report: &mut Report) -> Option<Ident> {
    let word = &word?.value;
    let variant = ACTIONS.iter().find(|(name, _)| word == name);
    if variant.is_none() {
        let words: Vec<String> = ACTIONS
            .iter()
            .map(|(name, _)| format!("`{name}`"))
            .collect();
        report.at(word.span(), format!("expected one of {}", words.join(", ")));
    }
    variant.map(|(_, variant)| Ident::new(variant, word.span()))
}
