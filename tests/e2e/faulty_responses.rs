//! Responses of a misbehaving server.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_TYPE, COOKIE, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use futures_util::StreamExt;
use futures_util::stream::{iter, once, repeat, unfold};
use serde_json::{Value, json};

use crate::opening::article;

/// The size of a chunk, in bytes, larger than any article.
const PIECE: usize = 1 << 20;

/// Returns the routes of all of these responses.
pub(crate) fn routes() -> Router {
    Router::new()
        .route("/status/{code}", get(status))
        .route("/status/loop", get(Redirect::temporary("/status/loop")))
        .route("/text/not-json", get("This is no JSON."))
        .route("/text/cut-short", get(cut_short))
        .route("/text/stalled", get(stalled))
        .route("/text/stalled/ended", get(stalled_cancelled))
        .route("/text/trickling", get(trickling))
        .route("/text/endless", get(endless))
        .route("/headers.json", get(headers))
        .route("/failing/{times}/{code}", get(failing))
        .with_state(ServerState::default())
}

/// What the server remembers of its requests.
#[derive(Clone, Default)]
struct ServerState {
    /// The number of requests to each failing URL.
    counts: Arc<Mutex<HashMap<Uri, usize>>>,
    /// The number of stalled responses that browsers have cancelled.
    ended: Arc<AtomicUsize>,
}

/// Answers `/failing/2/503?after=10` with 503 twice, each time with `Retry-After: 10`, and then with an
/// article.
async fn failing(
    State(state): State<ServerState>,
    Path((times, code)): Path<(usize, u16)>,
    Query(query): Query<HashMap<String, String>>,
    uri: Uri,
) -> Response {
    let before = {
        let mut counts = state.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let before = counts.entry(uri).or_default();
        *before += 1;
        *before
    };
    if before > times {
        return article_response(&article("After all", json!(["Text."])));
    }
    let mut response = status(Path(code)).await;
    if let Some(after) = query.get("after").and_then(|after| after.parse().ok()) {
        response.headers_mut().insert(RETRY_AFTER, after);
    }
    response
}

/// Answers `/status/404` and the like with that status.
async fn status(Path(code): Path<u16>) -> Response {
    StatusCode::from_u16(code).unwrap_or(StatusCode::BAD_REQUEST).into_response()
}

/// A response that starts well and then breaks off.
async fn cut_short() -> Response {
    let pieces = [Ok("{ \"format\": "), Err(std::io::Error::other("cut short"))];
    Body::from_stream(iter(pieces)).into_response()
}

/// A response that starts well and then stalls for ever.
async fn stalled(State(state): State<ServerState>) -> Response {
    let waiting = Waiting(state.ended);
    let begun = iter([Ok::<_, std::io::Error>("{ \"format\": ")]);
    let forever = once(async move {
        let _waiting = waiting;
        std::future::pending().await
    });
    Body::from_stream(begun.chain(forever)).into_response()
}

/// Counts a cancelled response when it is dropped, which happens when the browser ends the request.
struct Waiting(Arc<AtomicUsize>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Returns the number of stalled responses that browsers have cancelled.
async fn stalled_cancelled(State(state): State<ServerState>) -> String {
    state.ended.load(Ordering::Relaxed).to_string()
}

/// A response that sends one byte at a time for ever, and never pauses long enough for an idle timeout.
async fn trickling() -> Response {
    let letters = unfold((), async |()| {
        tokio::time::sleep(Duration::from_millis(100)).await;
        Some((Ok::<_, std::io::Error>(" "), ()))
    });
    Body::from_stream(letters).into_response()
}

/// A response without end, at full speed.
async fn endless() -> Response {
    Body::from_stream(repeat(" ".repeat(PIECE)).map(Ok::<_, std::io::Error>)).into_response()
}

/// An article that contains the headers that the browser sent.
async fn headers(headers: HeaderMap) -> Response {
    let sent = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("none");
    let text = format!("Cookie: {}. Issue: {}.", sent(COOKIE.as_str()), sent("x-issue"));
    article_response(&article(&text, json!(["Text."])))
}

fn article_response(article: &Value) -> Response {
    ([(CONTENT_TYPE, "application/json")], article.to_string()).into_response()
}
