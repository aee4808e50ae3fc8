use proc_macro2::{Span, TokenStream};
use std::fmt::Display;

/// Collects the errors of a phase, so that all mistakes are told at once.
#[derive(Default)]
pub(crate) struct Report {
    error: Option<syn::Error>,
}

/// A phase has failed; its errors as tokens.
pub(crate) struct Reported(pub(crate) TokenStream);

impl Report {
    pub(crate) fn at(&mut self, span: Span, message: impl Display) {
        self.push(syn::Error::new(span, message));
    }

    pub(crate) fn push(&mut self, error: syn::Error) {
        match &mut self.error {
            Some(all) => all.combine(error),
            none => *none = Some(error),
        }
    }

    /// The value, or the error in the report.
    pub(crate) fn ok<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Whether nothing was told so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.error.is_none()
    }

    /// Ends a phase.
    pub(crate) fn finish(self) -> Result<(), Reported> {
        match self.error {
            Some(error) => Err(Reported(error.into_compile_error())),
            None => Ok(()),
        }
    }
}
