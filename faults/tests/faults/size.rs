/// How long the tests run: as in CI, or at length.
pub(super) struct Size {
    pub(super) full: bool,
    /// Of books, where a process is killed.
    pub(super) rows: u32,
    /// At which a process is killed.
    pub(super) kills: u32,
    /// Sizes of a disk that is full.
    pub(super) limits: u32,
    /// Operations that fail.
    pub(super) errors: u32,
}

impl Size {
    pub(super) fn chosen() -> Self {
        match std::env::var("TABLATURE_FAULTS").as_deref() {
            Ok("full") => Self {
                full: true,
                rows: 100_000,
                kills: 200,
                limits: 100,
                errors: 1000,
            },
            Ok(other) if !other.is_empty() => panic!("TABLATURE_FAULTS is `full`, or not set"),
            _ => Self {
                full: false,
                rows: 20_000,
                kills: 40,
                limits: 15,
                errors: 60,
            },
        }
    }
}
