//! The session of the README is what happens.

use super::app::App;
use expect_test::expect_file;
use jiff::Timestamp;
use uuid::Uuid;

/// What a `curl` of the README sends.
#[derive(Default)]
struct Curl {
    request: String,
    body: String,
    signed_in: bool,
}

#[tokio::test]
async fn the_session_of_the_readme_is_what_happens() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    let (mut readme, mut token) = (String::new(), String::new());
    let mut is_answer = false;
    for line in include_str!("../../README.md").lines() {
        is_answer &= !line.starts_with("$ ") && !line.starts_with("```");
        if is_answer {
            continue;
        }
        readme += line;
        readme.push('\n');
        let Some(command) = line.strip_prefix("$ curl -s ") else {
            continue;
        };
        let Curl {
            request,
            body,
            signed_in,
        } = curl(command);
        let bearer = if signed_in { token.as_str() } else { "" };
        let (_, answer) = app.answer(bearer, &request, &body).await;
        if let Some((_, rest)) = answer.split_once(r#""token":""#) {
            token = rest.split('"').next().unwrap().to_owned();
        }
        if !answer.is_empty() {
            readme += &still(&answer);
            readme.push('\n');
        }
        is_answer = true;
    }
    expect_file!["../../README.md"].assert_eq(&readme);
}

fn curl(command: &str) -> Curl {
    let mut curl = Curl::default();
    let (mut method, mut path) = ("GET", "");
    let words = words(command);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "-X" => method = words.next().unwrap(),
            "-H" => {
                assert_eq!(words.next().unwrap(), "authorization: Bearer $TOKEN");
                curl.signed_in = true;
            }
            "--json" => {
                curl.body.clone_from(words.next().unwrap());
                method = if method == "GET" { "POST" } else { method };
            }
            word => path = word.strip_prefix("localhost:3000").unwrap(),
        }
    }
    curl.request = format!("{method} {path}");
    curl
}

/// The words of a command, as far as the README has any quotes.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut quote) = (vec![String::new()], None);
    for sign in command.chars() {
        match (quote, sign) {
            (None, ' ') => words.push(String::new()),
            (None, '\'' | '"') => quote = Some(sign),
            (Some(open), sign) if sign == open => quote = None,
            (_, sign) => words.last_mut().unwrap().push(sign),
        }
    }
    words
}

/// The same each time: it is nine in the morning, and a session ends at nine in the evening.
fn still(answer: &str) -> String {
    let mut said = String::new();
    for (number, piece) in answer.split('"').enumerate() {
        if number > 0 {
            said.push('"');
        }
        said += if piece.parse::<Timestamp>().is_ok() && said.ends_with(r#""expires_at":""#) {
            "2026-11-21T21:00:00.125Z"
        } else if piece.parse::<Timestamp>().is_ok() {
            "2026-11-21T09:00:00.125Z"
        } else if piece.parse::<Uuid>().is_ok() {
            "67e55044-10b1-426f-9247-bb680e5fe0c8"
        } else {
            piece
        };
    }
    said
}
