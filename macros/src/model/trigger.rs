use super::resolve::{Fields, sql_name};
use crate::attr::TableAttr;
use crate::report::Report;
use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;

pub(crate) struct Trigger {
    pub(crate) name: LitStr,
    pub(crate) timing: TokenStream,
    pub(crate) event: TokenStream,
    pub(crate) of: Vec<usize>,
    pub(crate) when: Option<LitStr>,
    pub(crate) body: LitStr,
}

pub(super) fn triggers(attr: &TableAttr, fields: &Fields<'_>, report: &mut Report) -> Vec<Trigger> {
    let mut triggers = Vec::new();
    for trigger in &attr.triggers {
        let of = trigger
            .of
            .as_ref()
            .map(|of| fields.positions(&of.value, report))
            .unwrap_or_default();
        let (timing, event) = match (&trigger.before, &trigger.after) {
            (Some(event), None) => (quote!(Before), &event.value),
            (None, Some(event)) => (quote!(After), &event.value),
            (Some(_), Some(after)) => {
                report.at(after.key, "a trigger runs before or after; write two");
                continue;
            }
            (None, None) => {
                report.at(
                    trigger.span(),
                    "when does it run? write `after = update`, or `before`, `insert`, `delete`",
                );
                continue;
            }
        };
        let (Some(name), Some(body)) = (&trigger.name, &trigger.body) else {
            report.at(trigger.span(), "a trigger has a name and a body: `trigger(name = \"log\", after = update, body = \"…\")`");
            continue;
        };
        sql_name(&name.value, report);
        let variant = match event.to_string().as_str() {
            "insert" => quote!(Insert),
            "update" => quote!(Update),
            "delete" => quote!(Delete),
            _ => {
                report.at(event.span(), "expected `insert`, `update` or `delete`");
                continue;
            }
        };
        if let Some(of) = trigger.of.as_ref().filter(|_| event != "update") {
            report.at(
                of.key,
                "only an UPDATE has columns: `after = update, of(…)`",
            );
        }
        let when = trigger.when.as_ref().map(|when| when.value.clone());
        triggers.push(Trigger {
            name: name.value.clone(),
            timing,
            event: variant,
            of,
            when,
            body: body.value.clone(),
        });
    }
    triggers
}
