//! The site under test, served on the local machine for one scenario: the built newsroom under the strictest
//! policy that a publisher may have, pages that the scenario adds, and responses that fail or are delayed.
//! Two other origins serve the same content, for a publisher whose files and articles are on other origins
//! than its pages.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Query, Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_LENGTH,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower_http::services::ServeDir;

use crate::media::Media;
use crate::{faulty_responses, watch};

/// The policy under which the widget must work.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self'; media-src 'self'; img-src 'self'; require-trusted-types-for 'script'";

/// The path prefix of responses without CORS headers.
const CLOSED: &str = "/closed";

/// A limit larger than any page or file of the site.
const LARGEST: usize = 64 << 20;

/// The running site; dropping it stops its servers.
pub(crate) struct Site {
    pages: Origin,
    files: Origin,
    articles: Origin,
    built: PathBuf,
    applications: PathBuf,
    state: Arc<SiteState>,
    media: Media,
}

/// An origin that serves the site.
struct Origin {
    address: String,
    server: JoinHandle<()>,
}

/// The state of the server, for the one scenario that it serves.
#[derive(Default)]
struct SiteState {
    added_files: Mutex<HashMap<String, (String, String)>>,
    mime_types: Mutex<HashMap<String, HeaderValue>>,
    requests: Mutex<Vec<String>>,
    complaints: Mutex<Vec<String>>,
    policy: Mutex<Option<HeaderValue>>,
    /// The origin from which pages load the loader, if it is not their own.
    files_origin: Mutex<Option<String>>,
    is_released: AtomicBool,
    /// Whether browsers may cache versioned files for ever.
    caches_versions: AtomicBool,
}

impl Site {
    /// Serves the built newsroom on free ports. A publisher's files have the same origin as its pages, or an
    /// origin of their own if `elsewhere`.
    pub(crate) async fn start(elsewhere: bool) -> Result<Self> {
        let built = folder("NEWS_BRIEFING_SITE", "newsroom-tested")?;
        ensure!(
            built.join("index.html").is_file(),
            "there is no newsroom in {}: build it with `cargo xtask test --only site`",
            built.display()
        );
        let state = Arc::new(SiteState::default());
        let applications = folder("NEWS_BRIEFING_APPLICATIONS", "applications")?;
        let media = Media::default();
        let router = router(built.clone(), applications.clone(), &media, Arc::clone(&state));
        let shared = router.clone().layer(axum::middleware::from_fn(allow_all_origins));
        let site = Self {
            pages: Origin::start(router).await?,
            files: Origin::start(shared.clone()).await?,
            articles: Origin::start(shared).await?,
            built,
            applications,
            state,
            media,
        };
        if elsewhere {
            site.allow_other_origins()?;
            *lock(&site.state.files_origin) = Some(site.files.url(""));
        }
        Ok(site)
    }

    /// Returns the server of recordings.
    pub(crate) fn media(&self) -> &Media {
        &self.media
    }

    /// Returns the URL of a path such as `/?only=seed`.
    pub(crate) fn url(&self, path: &str) -> String {
        self.pages.url(path)
    }

    /// Returns the URL of a path such as `/news-briefing.js` at the origin of a publisher's files.
    pub(crate) fn files_url(&self, path: &str) -> String {
        self.files.url(path)
    }

    /// Returns the URL of a path such as `/articles/seed.json` at the origin of a publisher's articles.
    /// Paths under `/closed` serve the same content without CORS headers.
    pub(crate) fn articles_url(&self, path: &str) -> String {
        self.articles.url(path)
    }

    /// Allows pages to use the other two origins, and to frame pages of their own: the narrowest policy that
    /// such a publisher may have.
    pub(crate) fn allow_other_origins(&self) -> Result<()> {
        self.allow_other_origins_and_frames("'self'")
    }

    /// The same, with these sources of frames.
    pub(crate) fn allow_other_origins_and_frames(&self, frames: &str) -> Result<()> {
        let (files, articles) = (self.files.url(""), self.articles.url(""));
        // In a sandboxed frame, WebKit matches 'self' with no origin, so the policy names this origin too.
        let own = self.pages.url("");
        let policy = format!(
            "default-src 'none'; script-src 'self' {own} {files} 'wasm-unsafe-eval'; style-src 'self'; \
             connect-src 'self' {files} {articles}; media-src 'self' {articles}; img-src 'self' {articles}; \
             frame-src {frames}; require-trusted-types-for 'script'"
        );
        self.set_policy(&policy)
    }

    /// Returns the URL prefix of files beside the loader.
    pub(crate) fn files_beside(&self) -> String {
        lock(&self.state.files_origin).clone().unwrap_or_default()
    }

    /// Sets another policy for pages, with all files on the pages' origin.
    pub(crate) fn replace_policy(&self, policy: &str) -> Result<()> {
        lock(&self.state.files_origin).take();
        self.set_policy(policy)
    }

    /// Sets a policy that allows pages to frame pages of another origin.
    pub(crate) fn set_policy_for_frames(&self, origin: &str) -> Result<()> {
        self.replace_policy(&format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
             img-src 'self'; frame-src 'self' {origin}; require-trusted-types-for 'script'"
        ))
    }

    /// Sets a policy that allows pages to fetch articles from one other origin and images from another.
    pub(crate) fn set_policy_for_origins(&self, articles: &str, pictures: &str) -> Result<()> {
        self.replace_policy(&format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
             connect-src 'self' {articles}; img-src 'self' {pictures}; require-trusted-types-for 'script'"
        ))
    }

    fn set_policy(&self, policy: &str) -> Result<()> {
        *lock(&self.state.policy) = Some(policy.parse()?);
        Ok(())
    }

    /// Returns the folder of the built site, with the files that a publisher uploads.
    pub(crate) fn files(&self) -> &Path {
        &self.built
    }

    /// Reads a file of the built site that is not for readers.
    pub(crate) fn built(&self, file: &str) -> Result<String> {
        let path = self.built.join(file);
        std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    }

    /// Reads a file of the applications that embed briefings.
    pub(crate) fn application(&self, file: &str) -> Result<String> {
        let path = self.applications.join(file);
        std::fs::read_to_string(&path).with_context(|| {
            format!("cannot read {}: `cargo xtask test --only applications` makes it", path.display())
        })
    }

    /// Adds a file to the site, or overrides a built file.
    pub(crate) fn add(&self, path: &str, mime: &str, content: &str) {
        lock(&self.state.added_files).insert(path.to_owned(), (mime.to_owned(), content.to_owned()));
    }

    /// Removes an added file.
    pub(crate) fn remove_file(&self, path: &str) {
        lock(&self.state.added_files).remove(path);
    }

    /// Serves a file of the site with another MIME type than its own.
    pub(crate) fn serve_with_type(&self, path: &str, mime: &'static str) {
        lock(&self.state.mime_types).insert(path.to_owned(), HeaderValue::from_static(mime));
    }

    /// Lets browsers cache files with versioned URLs, as the guide asks of servers. By default browsers
    /// revalidate every time, so that a scenario can override a file.
    pub(crate) fn cache_versioned_files(&self) {
        self.state.caches_versions.store(true, Ordering::Relaxed);
    }

    /// Returns the requests so far, as paths with their queries, in order.
    pub(crate) fn requests(&self) -> Vec<String> {
        lock(&self.state.requests).clone()
    }

    /// Returns how many requests so far had a path with this prefix.
    pub(crate) fn request_count(&self, path: &str) -> usize {
        lock(&self.state.requests).iter().filter(|request| request.starts_with(path)).count()
    }

    /// Releases all current and future responses under `/held/`.
    pub(crate) fn release(&self) {
        self.state.is_released.store(true, Ordering::Relaxed);
    }

    /// Takes the complaints that unloaded pages have sent.
    pub(crate) fn take_complaints(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.state.complaints))
    }
}

impl Origin {
    async fn start(router: Router) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("cannot listen")?;
        let address = format!("http://{}", listener.local_addr()?);
        let server = tokio::spawn(async move {
            // Aborting the task when the scenario ends stops the server.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { address, server })
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

impl Drop for Origin {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Returns a folder of build output: the one that a variable names, or the one that `cargo xtask test`
/// builds.
fn folder(variable: &str, name: &str) -> Result<PathBuf> {
    match std::env::var_os(variable) {
        Some(folder) => Ok(PathBuf::from(folder)),
        // This program is target/debug/deps/e2e-….
        None => Ok(std::env::current_exe()?
            .ancestors()
            .nth(3)
            .context("cannot determine the build folder")?
            .join(name)),
    }
}

fn router(site: PathBuf, applications: PathBuf, media: &Media, state: Arc<SiteState>) -> Router {
    let site = Router::new()
        .route("/favicon.ico", any(StatusCode::NO_CONTENT))
        .merge(faulty_responses::routes())
        .merge(media.routes())
        .nest_service("/applications", ServeDir::new(applications))
        .fallback_service(ServeDir::new(site))
        .layer(from_fn_with_state(Arc::clone(&state), serve_added_files));
    let held =
        Router::new().fallback_service(site.clone()).layer(from_fn_with_state(Arc::clone(&state), hold));
    let slow = Router::new().fallback_service(site.clone()).layer(axum::middleware::from_fn(delay));
    Router::new()
        .nest("/held", held)
        .nest("/slow", slow)
        .nest(CLOSED, Router::new().fallback_service(site.clone()))
        .fallback_service(site)
        .layer(axum::middleware::map_response_with_state(Arc::clone(&state), insert_watch_script))
        .layer(from_fn_with_state(Arc::clone(&state), record_request))
        .route(watch::SCRIPT_PATH, get(([(CONTENT_TYPE, "text/javascript")], watch::SCRIPT)))
        .route(watch::COMPLAINTS_PATH, post(complaints))
        .layer(axum::middleware::map_response_with_state(Arc::clone(&state), set_security_headers))
        .with_state(state)
}

/// Delays a response: `/slow/articles/seed.json?ms=800` is `/articles/seed.json`, 800 ms late.
async fn delay(Query(query): Query<HashMap<String, String>>, request: Request, next: Next) -> Response {
    let milliseconds = query.get("ms").and_then(|ms| ms.parse().ok()).unwrap_or(1_000);
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    next.run(request).await
}

/// Holds a response: `/held/articles/seed.json` is `/articles/seed.json`, once the scenario releases it.
async fn hold(State(state): State<Arc<SiteState>>, request: Request, next: Next) -> Response {
    while !state.is_released.load(Ordering::Relaxed) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    next.run(request).await
}

async fn serve_added_files(
    State(state): State<Arc<SiteState>>,
    uri: Uri,
    request: Request,
    next: Next,
) -> Response {
    let made = lock(&state.added_files).get(uri.path()).cloned();
    let path = uri.path().to_owned();
    let is_versioned = uri.query().is_some();
    let mut response = match made {
        Some((mime, content)) => ([(CONTENT_TYPE, mime)], content).into_response(),
        None => next.run(request).await,
    };
    if let Some(mime) = lock(&state.mime_types).get(&path) {
        response.headers_mut().insert(CONTENT_TYPE, mime.clone());
    }
    if is_versioned && state.caches_versions.load(Ordering::Relaxed) {
        let immutable = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(CACHE_CONTROL, immutable);
    }
    response
}

async fn record_request(State(state): State<Arc<SiteState>>, request: Request, next: Next) -> Response {
    lock(&state.requests).push(request.uri().to_string());
    next.run(request).await
}

async fn complaints(State(state): State<Arc<SiteState>>, body: String) -> StatusCode {
    match serde_json::from_str::<Vec<String>>(&body) {
        Ok(complaints) => lock(&state.complaints).extend(complaints),
        Err(error) => lock(&state.complaints).push(format!("complaints that are no JSON: {error}: {body}")),
    }
    StatusCode::NO_CONTENT
}

/// Inserts the watch script into every page, and rewrites the loader's URL for this scenario.
async fn insert_watch_script(State(state): State<Arc<SiteState>>, response: Response) -> Response {
    let is_page = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|mime| mime.to_str().ok())
        .is_some_and(|mime| mime.starts_with("text/html"));
    if !is_page {
        return response;
    }
    let (mut head, body) = response.into_parts();
    match to_bytes(body, LARGEST).await {
        Ok(bytes) => {
            head.headers.remove(CONTENT_LENGTH);
            let mut page = watch::with_script(&String::from_utf8_lossy(&bytes));
            if let Some(files) = &*lock(&state.files_origin) {
                for source in ["src=\"/", "src=\"", "src=/"] {
                    let there = format!("{}{files}/news-briefing.js", source.trim_end_matches('/'));
                    page = page.replace(&format!("{source}news-briefing.js"), &there);
                }
            }
            Response::from_parts(head, Body::from(page))
        }
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

/// Sets the security headers of a careful publisher.
async fn set_security_headers(State(state): State<Arc<SiteState>>, mut response: Response) -> Response {
    let policy = lock(&state.policy).clone();
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, policy.unwrap_or(HeaderValue::from_static(POLICY)));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}

/// Adds CORS headers that let pages of any origin read the responses, without credentials.
async fn allow_all_origins(request: Request, next: Next) -> Response {
    if request.uri().path().starts_with(CLOSED) {
        return next.run(request).await;
    }
    let mut response = match *request.method() {
        Method::OPTIONS => {
            ([(ACCESS_CONTROL_ALLOW_HEADERS, "*, Authorization")], StatusCode::NO_CONTENT).into_response()
        }
        _ => next.run(request).await,
    };
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

/// Locks a mutex, ignoring poisoning: a scenario that panicked has not corrupted this state.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
