//! The statistics of a desktop application that makes images smaller. The README is a tour.

pub mod backup;
pub mod days;
pub mod files;
pub mod jobs;
pub mod retention;
pub mod sample;
pub mod settings;
pub mod tour;
pub mod versions;

use days::Day;
use files::File;
use jobs::Job;
use settings::{Setting, SettingChange};

tablature::schema! {
    /// Everything that the application remembers.
    #[schema(migrations = "migrations", hook(3, up = files::fold_paths))]
    pub static STATS = [File, Job, Setting, SettingChange, Day];
}
