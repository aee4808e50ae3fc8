/// A trigger as a struct declares it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Trigger {
    /// Its name.
    pub name: &'static str,
    /// Before or after the row changes.
    pub timing: Timing,
    /// What fires it.
    pub event: Event,
    /// The columns that arm an UPDATE trigger; all when empty.
    pub of: &'static [usize],
    /// The condition under which it runs.
    pub when: Option<&'static str>,
    /// Its statements.
    pub body: &'static str,
}

/// Before or after the row changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Timing {
    /// Before.
    Before,
    /// After.
    After,
}

/// What fires a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A new row.
    Insert,
    /// A changed row.
    Update,
    /// A row that goes away.
    Delete,
}

impl Trigger {
    #[doc(hidden)]
    pub const fn new(name: &'static str, timing: Timing, event: Event, body: &'static str) -> Self {
        Self {
            name,
            timing,
            event,
            of: &[],
            when: None,
            body,
        }
    }

    #[doc(hidden)]
    pub const fn of(mut self, columns: &'static [usize]) -> Self {
        self.of = columns;
        self
    }

    #[doc(hidden)]
    pub const fn when(mut self, condition: &'static str) -> Self {
        self.when = Some(condition);
        self
    }
}
