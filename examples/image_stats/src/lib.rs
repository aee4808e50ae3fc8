//! The statistics of a desktop application that makes images smaller.

pub mod days;
pub mod files;
pub mod jobs;
pub mod settings;

use days::Day;
use files::File;
use jobs::Job;
use settings::{Setting, SettingChange};

tablature::schema! {
    /// Everything that the application remembers.
    #[schema(migrations = "migrations")]
    pub static STATS = [File, Job, Setting, SettingChange, Day];
}
