//! The server as its callers see it, and the database behind it.

#![expect(clippy::unwrap_used, reason = "a test that goes wrong says where")]

mod server {
    mod app;
    mod cascades;
    mod concurrency;
    mod lists;
    mod migrations;
    mod plans;
    mod readme;
    mod routes;
    mod search;
    mod sessions;
}
