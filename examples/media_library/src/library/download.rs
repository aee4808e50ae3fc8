use crate::Error;
use crate::library::{Album, Episode, Movie, User};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tablature::{ColumnType, Connection, Table, WriteError};

/// How far a download is.
#[derive(ColumnType, Serialize, Deserialize, Clone, Copy, Debug, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum DownloadStatus {
    Queued,
    Running,
    Done,
    Failed,
}

/// A film, an episode or an album on its way to a user's device; which of them, exactly one of three keys says.
#[derive(Table, Serialize, Clone, Debug, PartialEq)]
#[table(name = "downloads")]
#[table(index(id, where = "status = 'queued'", name = "downloads_queue"))]
#[table(check(
    one_item = "(movie_id IS NOT NULL) + (episode_id IS NOT NULL) + (album_id IS NOT NULL) = 1"
))]
#[table(check(progress = "received <= size"))]
pub struct Download {
    #[column(primary_key, autoincrement)]
    pub id: i64,
    #[column(references(User), on_delete = cascade)]
    pub user_id: i64,
    #[column(references(Movie), on_delete = cascade)]
    pub movie_id: Option<i64>,
    #[column(references(Episode), on_delete = cascade)]
    pub episode_id: Option<i64>,
    #[column(references(Album), on_delete = cascade)]
    pub album_id: Option<i64>,
    #[column(default = "queued")]
    pub status: DownloadStatus,
    #[column(default = 0, check(received_counts = "received >= 0"))]
    pub received: i64,
    pub size: i64,
    #[column(default = now, immutable)]
    pub created_at: Timestamp,
    #[column(touch)]
    pub updated_at: Timestamp,
}

/// What somebody wants to have.
#[derive(Deserialize, Clone, Debug)]
pub struct NewDownload {
    pub movie_id: Option<i64>,
    pub episode_id: Option<i64>,
    pub album_id: Option<i64>,
    pub size: i64,
}

/// What a list of downloads shows: the row, and the title of what is downloaded.
#[derive(Serialize, Clone, Debug, PartialEq)]
pub struct Titled {
    #[serde(flatten)]
    pub download: Download,
    pub title: Option<String>,
}

impl NewDownload {
    /// Puts it at the end of the queue.
    pub fn queue(self, db: &Connection, user: &User) -> Result<i64, WriteError> {
        let Self {
            movie_id,
            episode_id,
            album_id,
            size,
        } = self;
        tablature::insert!(
            db,
            Download {
                user_id: user.id,
                movie_id,
                episode_id,
                album_id,
                size
            }
        )
    }
}

impl Download {
    /// The oldest one that waits, which is from now on the caller's: no other gets it.
    pub fn take(db: &Connection) -> Result<Option<Self>, Error> {
        let oldest = "WHERE status = 'queued' ORDER BY id LIMIT 1";
        let Some(download) = Self::query_one(db, oldest, ())? else {
            return Ok(None);
        };
        let status = DownloadStatus::Running;
        tablature::update!(db, Download(download.id) { status })?;
        Ok(Self::get(db, download.id)?)
    }

    /// So many bytes more have come. None if there is no such download, or nobody works on it.
    pub fn receive(db: &Connection, id: i64, bytes: i64) -> Result<Option<Self>, Error> {
        let running = |it: &Self| it.status == DownloadStatus::Running;
        let Some(mut download) = Self::get(db, id)?.filter(running) else {
            return Ok(None);
        };
        download.received = download.received.saturating_add(bytes);
        if download.received == download.size {
            download.status = DownloadStatus::Done;
        }
        download.update(db)?;
        Ok(Self::get(db, id)?)
    }

    /// With titles, in a query for each kind of item and none for each row.
    pub fn titled(db: &Connection, downloads: Vec<Self>) -> Result<Vec<Titled>, Error> {
        let movies = Self::parents_of::<Movie>(db, &downloads)?;
        let episodes = Self::parents_of::<Episode>(db, &downloads)?;
        let albums = Self::parents_of::<Album>(db, &downloads)?;
        let items = movies.into_iter().zip(episodes).zip(albums);
        let titles = items.map(|((movie, episode), album)| {
            let movie = movie.map(|it| it.title);
            movie
                .or(episode.map(|it| it.title))
                .or(album.map(|it| it.title))
        });
        let pairs = downloads.into_iter().zip(titles);
        Ok(pairs
            .map(|(download, title)| Titled { download, title })
            .collect())
    }
}
