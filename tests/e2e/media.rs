//! A server of recordings, with the usual faults of such servers.

use std::collections::{HashMap, HashSet};
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header::{ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, RANGE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::StreamExt;
use futures_util::stream::{iter, once};

use crate::test_recordings::{spoken, word_by_word};

/// The state that a scenario changes while the server runs.
#[derive(Clone, Default)]
pub(crate) struct Media {
    is_repaired: Arc<AtomicBool>,
    rejected: Arc<Mutex<HashSet<String>>>,
}

impl Media {
    /// Makes dropping and stalling addresses send complete responses from now on.
    pub(crate) fn repair(&self) {
        self.is_repaired.store(true, Ordering::Relaxed);
    }

    /// Makes the server refuse addresses with this signature from now on.
    pub(crate) fn reject_signature(&self, signature: &str) {
        self.rejected.lock().unwrap_or_else(PoisonError::into_inner).insert(signature.to_owned());
    }

    /// Returns the routes: `/media/fine/a.wav` and so on. The file name only distinguishes addresses.
    pub(crate) fn routes(&self) -> Router {
        Router::new().route("/media/{how}/{file}", get(recording)).with_state(self.clone())
    }
}

/// Serves a recording. `fine` responds correctly, and so does `word-by-word`, with word times.
/// `no-ranges` always sends the whole file; `endless` also omits its length. `?type=` sets the
/// media type. `drops?after=` and `stalls?after=` send this number of bytes of the file and then end, or
/// stall. `signed?by=` is refused once a scenario says so.
async fn recording(
    State(media): State<Media>,
    Path((how, _)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let wav = if how == "word-by-word" {
        word_by_word().map(|made| &made.wav)
    } else {
        spoken().map(|made| &made.wav)
    };
    let Ok(all) = wav else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let signature = query.get("by");
    let rejected = media.rejected.lock().unwrap_or_else(PoisonError::into_inner);
    if signature.is_some_and(|by| rejected.contains(by)) {
        return StatusCode::FORBIDDEN.into_response();
    }
    drop(rejected);
    let has_ranges = !["no-ranges", "endless"].contains(&how.as_str());
    let range = headers.get(RANGE).and_then(|range| range_of(range.to_str().ok()?, all.len()));
    let range = range.filter(|_| has_ranges);
    let (start, end) = range.unwrap_or((0, all.len()));
    let is_repaired = media.is_repaired.load(Ordering::Relaxed);
    let after = query.get("after").and_then(|after| after.parse().ok()).filter(|_| !is_repaired);
    let sent = all.get(start..end.min(after.unwrap_or(end)).max(start)).unwrap_or_default().to_vec();
    // In chunks, as from a network.
    let pieces: Vec<io::Result<Vec<u8>>> = sent.chunks(16 << 10).map(|piece| Ok(piece.to_vec())).collect();
    let body = match (how.as_str(), after) {
        ("drops", Some(_)) => {
            Body::from_stream(iter(pieces).chain(once(async { Err(io::Error::other("dropped")) })))
        }
        ("stalls", Some(_)) => Body::from_stream(iter(pieces).chain(once(std::future::pending()))),
        _ => Body::from_stream(iter(pieces)),
    };
    let mime = query.get("type").map_or("audio/wav", String::as_str).to_owned();
    let mut response = ([(CONTENT_TYPE, mime)], body).into_response();
    if how != "endless" {
        response.headers_mut().insert(CONTENT_LENGTH, (end - start).into());
    }
    if has_ranges {
        response.headers_mut().insert(ACCEPT_RANGES, "bytes".parse().expect("a good value"));
    }
    if range.is_some() {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let content_range = format!("bytes {start}-{}/{}", end - 1, all.len());
        response.headers_mut().insert(CONTENT_RANGE, content_range.parse().expect("a good value"));
    }
    response
}

/// Parses a `Range` header such as `bytes=100-` or `bytes=100-200` into a half-open interval.
fn range_of(range: &str, length: usize) -> Option<(usize, usize)> {
    let (start, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let start: usize = start.parse().ok()?;
    let end = last.parse::<usize>().map_or(length, |last| last + 1).min(length);
    (start < end).then_some((start, end))
}
