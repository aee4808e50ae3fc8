use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use jiff::Timestamp;
use media_library::store::Store;
use media_library::{demo, server};
use serde_json::Value;
use std::path::PathBuf;
use tempfile::TempDir;
use tower::ServiceExt;
use uuid::Uuid;

/// A server over a database file of its own, with the rows of `demo`.
#[derive(Clone)]
pub(super) struct App {
    pub(super) store: Store,
    pub(super) path: PathBuf,
    routes: Router,
}

impl App {
    pub(super) async fn new(folder: &TempDir) -> Self {
        let path = folder.path().join("media.db");
        let store = Store::open(&path, 4).unwrap();
        store.write(demo::fill).await.unwrap();
        let routes = server::routes(store.clone());
        Self {
            store,
            path,
            routes,
        }
    }

    /// `GET /movies?q=moon`, with the status and the body of the answer.
    pub(super) async fn send(&self, token: &str, request: &str, body: &str) -> (u16, Value) {
        let (status, text) = self.answer(token, request, body).await;
        let body = match text.as_str() {
            "" => Value::Null,
            text => serde_json::from_str(text).unwrap_or_else(|_| text.into()),
        };
        (status, body)
    }

    /// The same with the text of the body.
    pub(super) async fn answer(&self, token: &str, request: &str, body: &str) -> (u16, String) {
        let (method, uri) = request.split_once(' ').unwrap();
        let mut request = Request::builder().method(method).uri(uri);
        if !token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if !body.is_empty() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = self.routes.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    pub(super) async fn get(&self, uri: &str) -> Value {
        let (status, body) = self.send("", &format!("GET {uri}"), "").await;
        assert_eq!(status, 200, "{uri}: {body}");
        body
    }

    pub(super) async fn sign_in(&self, email: &str) -> String {
        let body = format!(r#"{{"email": "{email}"}}"#);
        let (status, body) = self.send("", "POST /sessions", &body).await;
        assert_eq!(status, 201, "{body}");
        body["token"].as_str().unwrap().to_owned()
    }
}

/// The same without what is another each time: moments and tokens.
pub(super) fn still(value: Value) -> Value {
    match value {
        Value::String(text) if text.parse::<Timestamp>().is_ok() => "2026-11-21T09:00:00Z".into(),
        Value::String(text) if text.parse::<Uuid>().is_ok() => {
            "67e55044-10b1-426f-9247-bb680e5fe0c8".into()
        }
        Value::Array(items) => items.into_iter().map(still).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| (name, still(value)))
            .collect(),
        value => value,
    }
}

/// The titles of a list.
pub(super) fn titles(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().unwrap();
    items
        .iter()
        .map(|it| it["title"].as_str().unwrap())
        .collect()
}

/// A text as a part of a URL.
pub(super) fn encoded(text: &str) -> String {
    let bytes: Vec<String> = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    bytes.concat()
}
