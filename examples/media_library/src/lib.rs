//! A library of films, series and music: tables in `library`, connections in `store`, routes in `server`.

#![expect(
    missing_docs,
    reason = "an example: fields, variants and routes say what they are"
)]

pub mod demo;
mod error;
pub mod library;
pub mod server;
pub mod store;

pub use error::Error;
