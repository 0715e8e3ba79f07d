//! Serves the measured pages on the local machine as a content delivery network would:
//! precompressed with brotli.

use std::collections::HashMap;
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::extract::State;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};

/// The headers that isolate a page across origins, which raises the resolution of its clock to 5
/// µs.
const ISOLATION: [(&str, &str); 3] = [
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// The brotli quality for files that are compressed once.
const QUALITY: u32 = 11;

/// The brotli quality for large files that are generated on request, such as an article from a CMS.
const QUICK_QUALITY: u32 = 5;

/// The size from which files are compressed with the quick quality, in bytes.
const LARGE: usize = 1 << 20;

/// Files to serve, by path.
#[derive(Default)]
pub(crate) struct Files(HashMap<String, File>);

struct File {
    mime: &'static str,
    content: Vec<u8>,
    compressed: Vec<u8>,
}

impl Files {
    /// Adds a file. Its MIME type follows from its path.
    pub(crate) fn add(&mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) {
        let content = content.into();
        let compressed = compress(&content);
        self.add_compressed(path.into(), content, compressed);
    }

    fn add_compressed(&mut self, path: String, content: Vec<u8>, compressed: Vec<u8>) {
        self.0.insert(path.clone(), File { mime: mime(&path), content, compressed });
    }

    /// Adds all files of a folder, below a path such as `/wasm/`. Files with a compressed copy
    /// beside them are served in that copy.
    pub(crate) fn add_folder(&mut self, path: &str, folder: &Path) -> Result<()> {
        ensure!(folder.is_dir(), "{} is missing: `cargo xtask bench` builds it", folder.display());
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let path = format!("{path}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                self.add_folder(&format!("{path}/"), &entry.path())?;
            } else if !path.ends_with(".br") && !path.ends_with(".gz") {
                let content = read(&entry.path())?;
                let mut compressed = entry.path().into_os_string();
                compressed.push(".br");
                if Path::new(&compressed).is_file() {
                    self.add_compressed(path, content, read(Path::new(&compressed))?);
                } else {
                    self.add(path, content);
                }
            }
        }
        Ok(())
    }

    /// Returns the transfer size of a file, in bytes.
    pub(crate) fn transfer_size(&self, path: &str) -> Option<usize> {
        self.0.get(path).map(|file| file.compressed.len())
    }
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn compress(content: &[u8]) -> Vec<u8> {
    let quality = if content.len() < LARGE { QUALITY } else { QUICK_QUALITY };
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, quality, 22);
    // Writing to memory cannot fail.
    let _ = writer.write_all(content);
    writer.into_inner()
}

fn mime(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css",
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

/// Serves files on a free port until the program ends, and returns the address.
pub(crate) fn start(files: Arc<Files>) -> Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("cannot listen")?;
    listener.set_nonblocking(true)?;
    let address = format!("http://{}", listener.local_addr()?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::spawn(move || {
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, Router::new().fallback(answer).with_state(files)).await
        })
    });
    Ok(address)
}

async fn answer(State(files): State<Arc<Files>>, uri: Uri, request_headers: HeaderMap) -> Response {
    let Some(file) = files.0.get(uri.path()) else { return StatusCode::NOT_FOUND.into_response() };
    let accepts_brotli = request_headers
        .get(ACCEPT_ENCODING)
        .and_then(|encodings| encodings.to_str().ok())
        .is_some_and(|encodings| encodings.split(',').any(|encoding| encoding.trim() == "br"));
    let mut response = if accepts_brotli {
        ([(CONTENT_ENCODING, "br")], file.compressed.clone()).into_response()
    } else {
        file.content.clone().into_response()
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.mime));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    for (name, value) in ISOLATION {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}
