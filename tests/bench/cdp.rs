//! A browser tab, controlled through the Chrome DevTools Protocol.
//!
//! The bench needs a dozen commands and one event. Crates that implement the whole protocol take
//! minutes to compile, so this module implements only the protocol's envelope.

use std::collections::VecDeque;
use std::net::TcpStream;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tungstenite::{Message, WebSocket, client::IntoClientRequest, protocol::WebSocketConfig};

/// A tab, with its connection.
pub(crate) struct Tab {
    socket: WebSocket<TcpStream>,
    /// The id of the tab's session; `None` for the browser itself.
    session: Option<String>,
    last_id: u64,
    /// Events that arrived before they were requested.
    events: VecDeque<Value>,
    /// The domains whose events are kept.
    enabled_domains: Vec<&'static str>,
}

impl Tab {
    /// Opens an empty tab in the browser that listens at a `ws:` address.
    pub(crate) fn open(browser: &str) -> Result<Self> {
        let request = browser.into_client_request()?;
        let host = request.uri().authority().context("the browser's address has no host")?.to_string();
        let stream = TcpStream::connect(&host).context("cannot reach the browser")?;
        stream.set_nodelay(true)?;
        // A trace arrives in messages larger than the default limit.
        let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let (socket, _) = tungstenite::client::client_with_config(request, stream, Some(config))
            .context("cannot connect to the browser")?;
        let mut tab =
            Self { socket, session: None, last_id: 0, events: VecDeque::new(), enabled_domains: Vec::new() };
        let target = tab.send("Target.createTarget", json!({ "url": "about:blank" }))?;
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let session = tab.send("Target.attachToTarget", attach)?;
        tab.session = session["sessionId"].as_str().map(str::to_owned);
        tab.send("Page.enable", json!({}))?;
        Ok(tab)
    }

    /// Sends a command and returns its answer.
    pub(crate) fn send(&mut self, method: &str, params: Value) -> Result<Value> {
        self.last_id += 1;
        let id = self.last_id;
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.socket.send(Message::text(message.to_string()))?;
        loop {
            let mut message = self.read()?;
            if message["id"] != json!(id) {
                self.store_event(message);
            } else if let Some(error) = message.get("error") {
                bail!("{method}: {error}");
            } else {
                return Ok(message["result"].take());
            }
        }
    }

    /// Keeps the events of a domain, such as `Tracing`, from now on.
    pub(crate) fn collect_events(&mut self, domain: &'static str) {
        self.enabled_domains.push(domain);
    }

    /// Waits for an event, and returns its parameters.
    pub(crate) fn event(&mut self, method: &str) -> Result<Value> {
        loop {
            if let Some(at) = self.events.iter().position(|event| event["method"] == method)
                && let Some(mut event) = self.events.remove(at)
            {
                return Ok(event["params"].take());
            }
            let message = self.read()?;
            self.store_event(message);
        }
    }

    /// Takes the events of one kind that have arrived so far.
    pub(crate) fn take(&mut self, method: &str) -> Vec<Value> {
        let (taken, kept) =
            std::mem::take(&mut self.events).into_iter().partition(|event: &Value| event["method"] == method);
        self.events = kept;
        let taken: VecDeque<Value> = taken;
        taken.into_iter().map(|mut event| event["params"].take()).collect()
    }

    /// Closes the tab.
    pub(crate) fn close(mut self) -> Result<()> {
        self.send("Page.close", json!({})).map(drop)
    }

    /// Runs JavaScript in the page, awaits its result and returns it.
    pub(crate) fn evaluate(&mut self, script: &str) -> Result<Value> {
        let params = json!({ "expression": script, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.send("Runtime.evaluate", params)?;
        if let Some(exception) = answer.get("exceptionDetails") {
            let description = exception["exception"]["description"].as_str().or(exception["text"].as_str());
            bail!("in the script {script}: {}", description.unwrap_or("an exception"));
        }
        Ok(answer["result"]["value"].take())
    }

    /// Opens a page and waits until it has loaded.
    pub(crate) fn go(&mut self, url: &str) -> Result<()> {
        self.collect_events("Page");
        self.events.retain(|event| event["method"] != "Page.loadEventFired");
        let answer = self.send("Page.navigate", json!({ "url": url }))?;
        if let Some(error) = answer.get("errorText") {
            bail!("cannot open {url}: {error}");
        }
        self.event("Page.loadEventFired").map(drop)
    }

    fn read(&mut self) -> Result<Value> {
        loop {
            if let Message::Text(text) = self.socket.read().context("the browser has ended")? {
                return Ok(serde_json::from_str(&text)?);
            }
        }
    }

    fn store_event(&mut self, message: Value) {
        let domain = message["method"].as_str().and_then(|method| method.split('.').next());
        if domain.is_some_and(|domain| self.enabled_domains.contains(&domain)) {
            self.events.push_back(message);
        }
    }
}
