//! Many at once.

use super::app::App;
use media_library::library::{Download, Movie, NewDownload, User};
use media_library::store::Store;
use std::collections::BTreeSet;
use tablature::Table;
use tokio::task::JoinSet;

const WORKERS: usize = 8;

/// The same for each of many workers, all at the same time.
async fn together<F: Future<Output = ()> + Send + 'static>(
    workers: usize,
    work: impl Fn(usize) -> F,
) {
    let mut tasks = JoinSet::new();
    for worker in 0..workers {
        tasks.spawn(work(worker));
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
}

async fn queue(app: &App, downloads: usize, size: i64) {
    let queue = app.store.write(move |db| {
        let ann = User::get(db, 1)?.unwrap();
        for _ in 0..downloads {
            let new = NewDownload {
                movie_id: Some(1),
                episode_id: None,
                album_id: None,
                size,
            };
            new.queue(db, &ann)?;
        }
        Ok(())
    });
    queue.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_progress_is_lost_and_readers_go_on() {
    const TIMES: i64 = 25;
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    let size = TIMES * i64::try_from(WORKERS).unwrap();
    queue(&app, 1, size).await;
    let token = app.sign_in("ann@example.org").await;
    app.send(&token, "POST /downloads/next", "").await;
    together(WORKERS * 2, |worker| {
        let (app, token) = (app.clone(), token.clone());
        async move {
            for time in 0..TIMES {
                if worker % 2 == 0 {
                    let request = "POST /downloads/1/received";
                    let (status, body) = app.send(&token, request, r#"{"bytes": 1}"#).await;
                    assert_eq!(status, 200, "{body}");
                    let title = format!(r#"{{"title": "Moon {worker} {time}"}}"#);
                    let (status, body) = app.send(&token, "POST /movies", &title).await;
                    assert_eq!(status, 201, "{body}");
                } else {
                    let list = app.get("/movies?q=moo&limit=100").await;
                    let shown = list["items"].as_array().unwrap().len();
                    assert_eq!(list["total"].as_u64().unwrap().min(100), shown as u64);
                }
            }
        }
    })
    .await;
    let (_, downloads) = app.send(&token, "GET /downloads", "").await;
    assert_eq!(
        (&downloads[0]["received"], &downloads[0]["status"]),
        (&size.into(), &"done".into())
    );
    assert_eq!(app.get("/movies?q=moon&limit=1").await["total"], size + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_download_is_taken_once() {
    const DOWNLOADS: usize = 60;
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    queue(&app, DOWNLOADS, 1).await;
    let (taken, ids) = std::sync::mpsc::channel();
    together(WORKERS, |_| {
        let (store, taken) = (app.store.clone(), taken.clone());
        async move {
            while let Some(download) = store.write(Download::take).await.unwrap() {
                taken.send(download.id).unwrap();
            }
        }
    })
    .await;
    drop(taken);
    let all: Vec<i64> = ids.iter().collect();
    let each: BTreeSet<i64> = all.iter().copied().collect();
    assert_eq!((all.len(), each.len()), (DOWNLOADS, DOWNLOADS));
}

/// Two servers on one file, as when a new one starts before the old one ends: they wait for each other.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_stores_write_to_one_file() {
    const TIMES: usize = 20;
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    let other = Store::open(&app.path, 2).unwrap();
    together(WORKERS, |worker| {
        let store = if worker % 2 == 0 {
            app.store.clone()
        } else {
            other.clone()
        };
        async move {
            for time in 0..TIMES {
                let title = format!("Moon {worker} {time}");
                let insert = store.write(move |db| {
                    tablature::insert!(
                        db,
                        Movie {
                            title,
                            genres: vec![]
                        }
                    )?;
                    Ok(())
                });
                insert.await.unwrap();
                store.read(|db| Ok(Movie::all(db)?)).await.unwrap();
            }
        }
    })
    .await;
    let moons = app.get("/movies?q=moon").await["total"].as_u64();
    assert_eq!(moons, Some((WORKERS * TIMES + 1) as u64));
}
