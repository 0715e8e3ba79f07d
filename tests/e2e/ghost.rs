//! A real Ghost server: pages of another origin show its posts, from its Content API.

use std::env;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::browser::new_folder;
use crate::page::Page;
use crate::process::Process;
use crate::scenario::{Scenario, scenario};

pub(crate) fn scenarios() -> Vec<Scenario> {
    let scenarios = vec![
        scenario("posts are shown on a page of another origin", posts_are_shown),
        scenario("restricted posts and a wrong key fail with distinct errors", restricted_posts),
    ];
    let skip_reason = "Ghost is not on this machine";
    scenarios.into_iter().map(|scenario| scenario.only_with(FOLDER_VARIABLE, skip_reason)).collect()
}

/// Names the folder that `cargo xtask test --only cms` installs Ghost into.
const FOLDER_VARIABLE: &str = "NEWS_BRIEFING_GHOST";
const EMAIL: &str = "editor@newsroom.example";
const PASSWORD: &str = "a secret of tests";

/// A Ghost server for one scenario, on SQLite; dropping it stops it.
struct Ghost {
    address: String,
    /// The owner's session cookie.
    session: String,
    /// The key of the Content API.
    key: String,
    // Dropped in this order: the server ends before its files are removed.
    _server: Process,
    _folder: TempDir,
}

impl Ghost {
    /// Starts Ghost and sets it up with an owner and an integration, whose key is public.
    fn start() -> Result<Self> {
        let program = env::var_os(FOLDER_VARIABLE).map(PathBuf::from);
        let program = program
            .with_context(|| format!("{FOLDER_VARIABLE} is not set: `cargo xtask test --only cms`"))?;
        let folder = new_folder()?;
        let content = folder.path().join("content");
        let copied = Command::new("cp").arg("-r").arg(program.join("content")).arg(&content).status()?;
        ensure!(copied.success(), "cannot copy {}", program.display());

        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let address = format!("http://127.0.0.1:{port}");
        let mut server = Process::start(
            Command::new("node")
                .arg("index.js")
                .current_dir(program)
                .env("NODE_ENV", "production")
                // The address by which Ghost identifies itself.
                .env("url", &address)
                .env("server__port", port.to_string())
                .env("paths__contentPath", &content)
                .env("database__client", "sqlite3")
                .env("database__connection__filename", folder.path().join("ghost.db"))
                .env("database__useNullAsDefault", "true")
                .env("logging__transports", r#"["stdout"]"#)
                // Ghost sends no requests to other hosts.
                .env("privacy__useTinfoil", "true")
                .env("mail__transport", "stub")
                .env("security__staffDeviceVerification", "false"),
        )?;
        server
            .wait_for_output("that Ghost has started", |line| line.contains("Ghost booted").then_some(()))?;

        let mut ghost =
            Self { address, session: String::new(), key: String::new(), _server: server, _folder: folder };
        let owner = json!({
            "name": "Lea Ström", "email": EMAIL, "password": PASSWORD, "blogTitle": "Newsroom",
        });
        ghost.send("authentication/setup/", &json!({ "setup": [owner] }))?;
        let (_, session) = ghost.send("session/", &json!({ "username": EMAIL, "password": PASSWORD }))?;
        ghost.session = session.context("no session")?;
        let integration = json!({ "integrations": [{ "name": "Briefings" }] });
        let (made, _) = ghost.send("integrations/?include=api_keys", &integration)?;
        let made: Value = serde_json::from_str(&made)?;
        let keys = made["integrations"][0]["api_keys"].as_array().context("no keys")?;
        let key = keys.iter().find(|key| key["type"] == "content").context("no key of the Content API")?;
        ghost.key = key["secret"].as_str().context("a key without a secret")?.to_owned();
        Ok(ghost)
    }

    /// Sends a request to the Admin API, as Ghost's own editor does, and returns the response body and
    /// cookie.
    fn send(&self, path: &str, body: &Value) -> Result<(String, Option<String>)> {
        let mut answer = ureq::post(format!("{}/ghost/api/admin/{path}", self.address))
            .config()
            // The body of an error response explains the error.
            .http_status_as_error(false)
            .build()
            .header("Origin", &self.address)
            .header("Cookie", &self.session)
            .send_json(body)?;
        let status = answer.status();
        let cookie = answer.headers().get("set-cookie").and_then(|cookie| cookie.to_str().ok());
        let cookie = cookie.and_then(|cookie| cookie.split(';').next()).map(str::to_owned);
        // Read the body to its end even if it is not used: Ghost saves a session before it sends the last
        // byte, but not before the first.
        let body = answer.body_mut().read_to_string()?;
        ensure!(status.is_success(), "{path}: {status}, {body}");
        Ok((body, cookie))
    }

    /// Adds a post, in HTML with `?source=html`, otherwise in the editor's own format.
    fn post(&self, source: &str, post: &Value) -> Result<()> {
        self.send(&format!("posts/{source}"), &json!({ "posts": [post] })).map(drop)
    }

    /// Returns the URL of posts in the Content API, with this key.
    fn url(&self, posts: &str, key: &str) -> String {
        format!("{}/ghost/api/content/posts/{posts}?key={key}&include=tags,authors", self.address)
    }

    /// Sets a policy that lets the test pages fetch posts and images from this server.
    fn allow_in_policy_of(&self, page: &Page) -> Result<()> {
        page.site().set_policy_for_origins(&self.address, &self.address)
    }
}

/// An imported post in HTML, with an HTML card, whose content Ghost leaves unchanged.
const HTML: &str = r#"
<h2>Key takeaways</h2><ul><li>Ferries leave every hour.</li><li>Tickets cost 4 &euro;.</li></ul>
<p>The harbour board met on Monday &amp; <em>agreed</em> on the <a href="https://wire.example/minutes">minutes</a>.</p>
<h2>What comes next</h2><blockquote>We sail.</blockquote><ol><li>Morning<ul><li>Six</li></ul></li><li>Evening</li></ol>
<!--kg-card-begin: html--><script>window.ran = 1</script><svg onload="window.ran = 2"><script>window.ran = 3</script></svg>
<img src="/hostile.png" onerror="window.ran = 4"><iframe srcdoc="<script>parent.ran = 5</script>"></iframe>
<p>Inside a card, <a href="javascript:window.ran=6">a link</a>.</p><!--kg-card-end: html-->
<p>港口将于周一开放。 كل ساعة</p>"#;

/// A post in the editor's own format, with a single Markdown card.
const MARKDOWN: &str = "The lake[^1] is *rising*.\n\n## Slowly\n\nBut surely.\n\n\
    [^1]: Water Board, [Water report](https://water.example/report)";

async fn posts_are_shown(page: &Page) -> Result<()> {
    // Chromium reports the violations that an inert parsed document would cause, and one image does not
    // exist.
    for expected in ["forbids inline", "/hostile.png", "status of 404", "could not load"] {
        page.expect_complaint(expected);
    }
    let ghost = Ghost::start()?;
    ghost.allow_in_policy_of(page)?;
    ghost.post(
        "?source=html",
        &json!({
            "title": "A “b” & c <em>ferry</em>", "slug": "ferries", "status": "published", "html": HTML,
            "custom_excerpt": "Boats & times", "tags": ["Harbour"],
        }),
    )?;
    let card = json!({ "type": "markdown", "version": 1, "markdown": MARKDOWN });
    let text = json!({ "root": {
        "type": "root", "version": 1, "direction": null, "format": "", "indent": 0, "children": [card],
    } });
    let lake =
        json!({ "title": "The lake", "slug": "lake", "status": "published", "lexical": text.to_string() });
    ghost.post("", &lake)?;

    let open = async |posts: &str, item: &str| {
        let src = ghost.url(posts, &ghost.key);
        page.open_page(&format!("<news-briefing id=made src=\"{src}\" {item}></news-briefing>")).await
    };
    for (posts, item) in [("slug/ferries/", ""), ("", "item=ferries")] {
        open(posts, item).await?;
        let briefing = page.briefing_at("#made");
        briefing.part("title").await?.text_becomes("A “b” & c <em>ferry</em>").await?;
        let points = briefing.parts("key-point").await?;
        ensure!(points.len() == 2, "{} key points", points.len());
        points[1].text_becomes("Tickets cost 4 €.").await?;
        let text = briefing.part("body").await?.text().await?;
        for expected in [
            "The harbour board met on Monday & agreed on the minutes.",
            "What comes next",
            "We sail.",
            "Morning",
            "Six",
            "Evening",
            "Inside a card, a link.",
            "港口将于周一开放。",
            "كل ساعة",
        ] {
            ensure!(text.contains(expected), "{expected:?} is not in {text}");
        }
        for unexpected in ["Key takeaways", "window.ran"] {
            ensure!(!text.contains(unexpected), "{unexpected:?} is in {text}");
        }
        let look = "const { article, shadowRoot } = document.querySelector('#made');
            const body = shadowRoot.querySelector('[part~=body]');
            const all = (css) => [...body.querySelectorAll(css)];
            return {
                article: { authors: article.authors, category: article.category, summary: article.summary },
                headings: all('h2, h3, h4').map(({ textContent }) => textContent),
                links: all('a').map(({ href }) => href),
                hostile: all('script, iframe, svg, [onerror], [onload]').length,
                ran: window.ran ?? null,
            }";
        let result = page.script(look, vec![]).await?;
        ensure!(result["ran"].is_null() && result["hostile"] == json!(0), "{result}");
        ensure!(result["headings"] == json!(["What comes next"]), "{result}");
        // Ghost adds a `ref` parameter to links.
        ensure!(result["links"] == json!(["https://wire.example/minutes?ref=127.0.0.1"]), "{result}");
        for expected in ["Lea Ström", "Harbour", "Boats & times"] {
            ensure!(result["article"].to_string().contains(expected), "{expected:?} is not in {result}");
        }
    }
    page.picture("briefing").await?;

    // Footnotes, which Ghost itself generates from Markdown, become references.
    open("slug/lake/", "").await?;
    let briefing = page.briefing_at("#made");
    briefing.part("title").await?.text_becomes("The lake").await?;
    ensure!(briefing.parts("reference").await?.len() == 1);
    briefing.part("citation").await?.click().await?;
    let source = briefing.find("[part~=popover]:popover-open").await?;
    ensure!(source.text().await?.contains("Water report"), "{}", source.text().await?);
    let text = briefing.part("body").await?.text().await?;
    ensure!(text.contains("But surely.") && !text.contains("Water report"), "{text}");
    page.picture("footnotes").await?;
    Ok(())
}

async fn restricted_posts(page: &Page) -> Result<()> {
    let ghost = Ghost::start()?;
    ghost.allow_in_policy_of(page)?;
    page.expect_complaint("status of 40");
    page.expect_complaint("could not");
    for (slug, status, visibility) in
        [("public", "published", "public"), ("members", "published", "members"), ("draft", "draft", "public")]
    {
        ghost.post(
            "?source=html",
            &json!({
                "title": slug, "slug": slug, "status": status, "visibility": visibility, "html": "<p>Secret.</p>",
            }),
        )?;
    }
    let wrong = "0".repeat(26);
    for (slug, key, kind, fragment) in [
        ("members", ghost.key.as_str(), "members", "for members only"),
        ("draft", &ghost.key, "http", "404"),
        ("public", &wrong, "http", "401"),
    ] {
        let src = ghost.url(&format!("slug/{slug}/"), key);
        page.open_page(&format!(
            "<news-briefing id=made src=\"{src}\"><p>The page’s own.</p></news-briefing>"
        ))
        .await?;
        let error = page.wait_for_event("briefing-error").await?;
        let message = error.detail["message"].as_str().unwrap_or_default();
        ensure!(error.detail["kind"] == kind && message.contains(fragment), "{slug}: {}", error.detail);
        page.element("#made p").await?.becomes_shown().await?;
        ensure!(page.briefing_at("#made").parts("body").await?.is_empty(), "{slug} is shown");
    }
    Ok(())
}
