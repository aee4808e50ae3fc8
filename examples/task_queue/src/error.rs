/// A result of the queue.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why the queue refuses.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Somebody else has written the task since it was claimed.
    #[error(
        "task {id} is no longer this worker's: its lease has ended, or it was ended by another"
    )]
    Lost {
        /// The task.
        id: i64,
    },
    /// Two tasks would wait for each other.
    #[error("task {task} cannot wait for task {needs}, which waits for it already")]
    Cycle {
        /// The task that should wait.
        task: i64,
        /// The one that it should wait for.
        needs: i64,
    },
    /// A task would wait for ever.
    #[error("task {task} cannot wait for task {needs}, which will never be done")]
    Hopeless {
        /// The task that should wait.
        task: i64,
        /// The one that has failed or was cancelled.
        needs: i64,
    },
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] tablature::Error),
}

macro_rules! of_the_database {
    ($($error:ty),*) => { $(
        impl From<$error> for Error {
            fn from(error: $error) -> Self {
                Self::Database(error.into())
            }
        }
    )* };
}

of_the_database!(
    tablature::OpenError,
    tablature::ReadError,
    tablature::WriteError,
    tablature::rusqlite::Error
);
