//! Only tests: see `tests/interop`.
