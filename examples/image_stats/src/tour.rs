//! The tour
