//! A schema that carries migrations: no prelude, names of ours in scope, a keyword for a name.

#![no_implicit_prelude]
#![expect(dead_code, reason = "they are there to be mistaken for ours")]

struct Result;
struct Option;
struct Gate;
struct Source;
struct Script;
const TABLES: () = ();
mod std {}
mod __tablature {}

#[derive(::tablature::Table)]
pub(crate) struct Note {
    #[column(primary_key)]
    id: i64,
}

::tablature::schema! {
    #[schema(migrations = "tests/hygiene/carried/migrations")]
    pub(crate) static NOTES = [Note];
}

pub(crate) mod deeper {
    ::tablature::schema! {
        #[schema(migrations = "tests/hygiene/carried/migrations")]
        #[expect(non_upper_case_globals, reason = "the keyword is in lower case")]
        pub(in super::super) static r#match = [super::Note];
    }
}

#[::core::prelude::v1::test]
fn the_migrations_are_carried() {
    ::std::assert_eq!(NOTES.name(), "NOTES");
    ::std::assert_eq!(deeper::r#match.name(), "match");
    ::std::assert_eq!(deeper::r#match.migrations(), NOTES.migrations());
    NOTES.open_in_memory().unwrap();
}
