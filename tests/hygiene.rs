//! The expansions mean the same wherever they stand: whatever the user's scope is called, hides or leaves out.

#![expect(
    clippy::unwrap_used,
    clippy::let_and_return,
    clippy::similar_names,
    clippy::struct_field_names,
    clippy::upper_case_acronyms,
    reason = "names and expressions as nobody should write them"
)]

mod hygiene {
    mod carried;
    mod checked;
    mod connections;
    mod generated;
    mod hostile_names;
    #[no_implicit_prelude]
    mod no_prelude;
    mod own_names;
    mod places;
    mod raw_names;
    mod reexported;
    mod shadowed;
}
