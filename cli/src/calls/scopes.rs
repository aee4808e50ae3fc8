use super::text::Text;
use std::collections::HashMap;
use tablature::check::Arguments;

/// What the names of a function stand for, the innermost block last.
#[derive(Default)]
pub(super) struct Scopes(Vec<HashMap<String, Binding>>);

#[derive(Clone, Debug)]
pub(super) enum Binding {
    /// One of these texts.
    Texts(Vec<Text>),
    /// A statement that was prepared from one of these texts.
    Statement(Vec<Text>),
    Arguments(Arguments),
    /// A list of texts, for loops.
    List(Vec<Text>),
    /// Why it is not known.
    Unknown(&'static str),
}

impl Scopes {
    pub(super) fn enter(&mut self) {
        self.0.push(HashMap::new());
    }

    pub(super) fn leave(&mut self) {
        self.0.pop();
    }

    pub(super) fn bind(&mut self, name: String, binding: Binding) {
        if let Some(scope) = self.0.last_mut() {
            scope.insert(name, binding);
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Binding> {
        self.0.iter().rev().find_map(|it| it.get(name))
    }
}
