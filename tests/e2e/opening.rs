//! Opening a briefing: one of the newsroom's, or one that a scenario makes itself.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::page::{Briefing, Page};
use crate::wait::until;

/// The duration of each paragraph of a [`timed`] article, in seconds.
pub(crate) const PASSAGE: f64 = 10.0;

impl Page {
    /// Opens the newsroom with only this briefing, and waits until it shows its article.
    pub(crate) async fn open_only(&self, id: &str) -> Result<Briefing<'_>> {
        self.open(&format!("/?only={id}")).await?;
        let briefing = self.briefing_at(&format!("#{id}"));
        briefing.shows_its_article().await?;
        Ok(briefing)
    }

    /// Opens a publisher's own page with this body and the loader.
    pub(crate) async fn open_page(&self, body: &str) -> Result<()> {
        let html = format!(
            "<!doctype html>
            <html lang=\"en\">
            <head>
              <meta charset=\"utf-8\">
              <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
              <meta name=\"color-scheme\" content=\"light dark\">
              <title>A publisher’s page</title>
              <script type=\"module\" src=\"/news-briefing.js\"></script>
            </head>
            <body><main><h1>A publisher’s page</h1>{body}</main></body>
            </html>"
        );
        self.site().add("/made.html", "text/html", &html);
        self.open("/made.html").await
    }

    /// Opens a publisher's own page with a briefing of this article, and waits until it shows the
    /// article.
    pub(crate) async fn open_article(&self, article: &Value) -> Result<Briefing<'_>> {
        let briefing = self.open_with("", article).await?;
        briefing.shows_its_article().await?;
        Ok(briefing)
    }

    /// Opens a publisher's own page with a briefing of this JSON that has these attributes.
    pub(crate) async fn open_with(&self, attributes: &str, json: &Value) -> Result<Briefing<'_>> {
        self.site().add("/made.json", "application/json", &json.to_string());
        self.open_page(&format!("<news-briefing id=made src=/made.json {attributes}></news-briefing>"))
            .await?;
        Ok(self.briefing_at("#made"))
    }

    /// Returns how often a briefing has dispatched an event so far.
    pub(crate) async fn event_count(&self, name: &str, briefing: &str) -> Result<usize> {
        let events = self.events().await?;
        Ok(events.iter().filter(|event| event.name == name && event.target == briefing).count())
    }

    /// Waits until a briefing has dispatched an event exactly this number of times.
    pub(crate) async fn wait_for_event_count(&self, times: usize, name: &str, briefing: &str) -> Result<()> {
        until(&format!("{name} of {briefing} is dispatched {times} times"), async || {
            let count = self.event_count(name, briefing).await?;
            ensure!(count == times, "{count} times");
            Ok(())
        })
        .await
    }

    /// Waits until a part of the first briefing has this text. The part may be replaced meanwhile.
    pub(crate) async fn part_text_becomes(&self, name: &str, text: &str) -> Result<()> {
        until(&format!("the part {name} has the text {text:?}"), async || {
            let actual = self.briefing().part(name).await?.text().await?;
            ensure!(actual == text, "its text is {actual:?}");
            Ok(())
        })
        .await
    }

    /// Returns the size of the viewport.
    pub(crate) async fn size(&self) -> Result<(f64, f64)> {
        Ok(serde_json::from_value(self.script("return [innerWidth, innerHeight]", vec![]).await?)?)
    }
}

impl Briefing<'_> {
    /// Waits until the briefing shows an article.
    pub(crate) async fn shows_its_article(&self) -> Result<()> {
        self.part("title").await?.becomes_shown().await?;
        self.page().browser().lay_out().await
    }

    /// Waits until no animation runs in the briefing: a click could miss a moving target.
    pub(crate) async fn animations_finish(&self) -> Result<()> {
        // A pending animation starts with the next frame.
        let moving = "const [host, answer] = arguments;
            const count = () => host.shadowRoot.getAnimations().filter(({ playState }) => playState === 'running').length;
            requestAnimationFrame(() => requestAnimationFrame(() => answer(count())))";
        until("no animation runs", async || {
            let host = self.element().await?;
            let moving = self.page().script_later(moving, vec![host.argument()?]).await?;
            ensure!(moving == json!(0), "{moving} animations are running");
            Ok(())
        })
        .await
    }
}

/// Returns an article with this title and body.
pub(crate) fn article(title: &str, body: Value) -> Value {
    json!({ "format": "briefing", "version": "1.0", "lang": "en", "title": title, "body": body })
}

/// Returns an article with this number of paragraphs, `p1` and so on, each of which takes ten
/// seconds.
pub(crate) fn timed(paragraphs: u32) -> Value {
    let text = |number| {
        format!(
            "This is paragraph {number}. {}",
            "It goes on for a while, so that there is something to scroll. ".repeat(6)
        )
    };
    let body: Vec<Value> = (1..=paragraphs)
        .map(|number| json!({ "id": format!("p{number}"), "type": "paragraph", "text": text(number) }))
        .collect();
    let segments: Vec<Value> = (1..=paragraphs)
        .map(|number| json!({ "target": format!("p{number}"), "start": PASSAGE * f64::from(number - 1) }))
        .collect();
    let mut article = article("An article with times", json!(body));
    article["audio"] = json!({ "duration": PASSAGE * f64::from(paragraphs), "segments": segments });
    article
}
