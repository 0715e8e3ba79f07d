//! A real WordPress with the plugin: editors write briefings, and readers see them.

use std::env;
use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::Key;

use crate::browser::new_folder;
use crate::page::Page;
use crate::process::Process;
use crate::scenario::{Scenario, scenario};
use crate::wait::until;

pub(crate) fn scenarios(version: &'static Version) -> Vec<Scenario> {
    let scenarios = vec![
        scenario("posts are shown on a page of another origin", async |page: &Page| {
            posts_are_shown(page, version).await
        }),
        scenario("non-public posts fail and keep the fallback content", async |page: &Page| {
            restricted_posts(page, version).await
        }),
        scenario("a post shows its stored briefing", async |page: &Page| {
            a_post_shows_its_briefing(page, version).await
        }),
        scenario("editors write key points and sources, and see their problems", async |page: &Page| {
            editors_write(page, version).await
        })
        .in_window(1280, 1000),
    ];
    let skip_reason = "this WordPress, or PHP, is not on this machine";
    scenarios.into_iter().map(|scenario| scenario.only_with(version.folder, skip_reason)).collect()
}

/// A version of WordPress, with the properties that affect briefings of its posts.
pub(crate) struct Version {
    /// Names the folder into which `cargo xtask test --only cms` has unpacked it, not yet installed.
    folder: &'static str,
    /// The version number that its pages report.
    number: &'static str,
    /// Whether it stores footnotes with a post.
    has_footnotes: bool,
}

/// The newest available version.
pub(crate) static NEWEST: Version =
    Version { folder: "NEWS_BRIEFING_WORDPRESS", number: "6.5.", has_footnotes: true };
/// The oldest version that the plugin supports.
pub(crate) static OLDEST: Version =
    Version { folder: "NEWS_BRIEFING_WORDPRESS_OLDEST", number: "6.1.", has_footnotes: false };

/// The files that turn WordPress into a site: its settings, its installation, and its router.
const SITE_FILES: [(&str, &str); 3] = [
    ("wp-config.php", include_str!("wordpress/wp-config.php")),
    ("install.php", include_str!("wordpress/install.php")),
    ("router.php", include_str!("wordpress/router.php")),
];
const PLUGIN: &str = include_str!("../../integrations/wordpress/news-briefing.php");

/// A WordPress server for one scenario, on SQLite; dropping it stops it.
struct WordPress {
    address: String,
    authorization: String,
    // Dropped in this order: the server ends before its files are removed.
    _server: Process,
    _folder: TempDir,
}

impl WordPress {
    /// Installs WordPress with the plugin and the files of the built site, and serves it.
    async fn start(page: &Page, version: &Version) -> Result<Self> {
        let template = env::var_os(version.folder).map(PathBuf::from);
        let template = template
            .with_context(|| format!("{} is not set: `cargo xtask test --only cms`", version.folder))?;
        let folder = new_folder()?;
        let root = folder.path();
        copy(&template.join("."), root)?;
        for (name, content) in SITE_FILES {
            fs::write(root.join(name), content)?;
        }
        let plugin = root.join("wp-content/plugins/news-briefing");
        fs::create_dir_all(&plugin)?;
        fs::write(plugin.join("news-briefing.php"), PLUGIN)?;
        copy(page.site().files(), &plugin.join("dist"))?;

        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let address = format!("http://127.0.0.1:{port}");
        let php = || {
            let mut php = Command::new("php");
            php.current_dir(root).env("NEWS_BRIEFING_WORDPRESS_ADDRESS", &address);
            php
        };
        let installed = php().arg("install.php").output().context("cannot start php")?;
        let text = String::from_utf8_lossy(&installed.stdout);
        let authorization = text.lines().find_map(|line| line.strip_prefix("authorization: "));
        ensure!(
            text.contains(&format!("version: {}", version.number)),
            "not WordPress {}*: {text}",
            version.number
        );
        let Some(authorization) = authorization.map(str::to_owned) else {
            bail!("WordPress was not installed: {text}{}", String::from_utf8_lossy(&installed.stderr));
        };
        let server = Process::start(
            php()
                .args(["-S", &format!("127.0.0.1:{port}"), "-t", ".", "router.php"])
                // A page of the editor requests many files at a time.
                .env("PHP_CLI_SERVER_WORKERS", "4"),
        )?;
        until("WordPress answers", async || {
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).map(drop).map_err(Into::into)
        })
        .await?;
        Ok(Self { address, authorization, _server: server, _folder: folder })
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Adds a post through the REST API, as a newsroom's own tools would, and returns the response.
    fn post(&self, post: &Value) -> Result<Value> {
        let url = self.url("/wp-json/wp/v2/posts");
        let mut answer = ureq::post(&url).header("Authorization", &self.authorization).send_json(post)?;
        Ok(answer.body_mut().read_json()?)
    }

    /// Sets a policy that lets the test pages fetch posts from this server, and images from these other
    /// origins.
    fn allow_in_policy_of(&self, page: &Page, pictures: &str) -> Result<()> {
        page.site().set_policy_for_origins(&self.address, pictures)
    }

    /// Logs the administrator in, in the browser.
    async fn log_in(&self, page: &Page) -> Result<()> {
        page.open_url(&self.url("/wp-login.php")).await?;
        let log_in = "document.querySelector('#user_login').value = 'admin';
            document.querySelector('#user_pass').value = 'secret';
            document.querySelector('#loginform').submit()";
        page.script(log_in, vec![]).await?;
        page.element("#wpadminbar").await.map(drop)
    }
}

/// Copies a folder with its contents to a place where there is no folder or an empty one.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let copied = Command::new("cp").arg("-r").arg(from).arg(to).status()?;
    ensure!(copied.success(), "cannot copy {} to {}", from.display(), to.display());
    Ok(())
}

/// A post as WordPress editors write it, with markup from an author who may write arbitrary HTML.
const CONTENT: &str = r##"
<!-- wp:details --><details class="wp-block-details"><summary>Key takeaways</summary>
<!-- wp:list --><ul><li>Ferries leave every hour.</li><li>Tickets cost 4 &euro;.</li></ul><!-- /wp:list --></details><!-- /wp:details -->
<!-- wp:paragraph --><p>The harbour board met<sup data-fn="11111111-aaaa-4bbb-8ccc-000000000001" class="fn"><a href="#11111111-aaaa-4bbb-8ccc-000000000001" id="11111111-aaaa-4bbb-8ccc-000000000001-link">1</a></sup> on Monday &amp; <em>agreed</em>. <img src="/hostile.png" onerror="window.ran = 1"></p><!-- /wp:paragraph -->
<!-- wp:quote --><blockquote class="wp-block-quote"><p>We sail.</p><cite>The captain</cite></blockquote><!-- /wp:quote -->
<!-- wp:list {"ordered":true} --><ol><li>Morning<ul><li>Six</li></ul></li><li>Evening</li></ol><!-- /wp:list -->
<!-- wp:gallery --><figure class="wp-block-gallery"><figure class="wp-block-image"><img src="PIXEL" alt="A ferry"/><figcaption>The first boat</figcaption></figure></figure><!-- /wp:gallery -->
<script>window.ran = 2</script><svg><script>window.ran = 3</script></svg>
<p>港口将于周一开放。 <a href="javascript:window.ran=4">كل ساعة</a></p>
<!--more--><p>[unknown]After the fold.[/unknown]</p>
<!-- wp:footnotes /-->"##;

/// An image that WordPress itself serves.
const PIXEL: &str = "/wp-includes/images/blank.gif";

async fn posts_are_shown(page: &Page, version: &Version) -> Result<()> {
    // Chromium reports the violations that an inert parsed document would cause, and one image does not
    // exist.
    for expected in ["forbids inline", "/hostile.png", "status of 404", "could not load"] {
        page.expect_complaint(expected);
    }
    let wordpress = WordPress::start(page, version).await?;
    let notes = json!([{
        "content": "Harbour Wire, <a href=\"https://wire.example/minutes\">Minutes of the board</a>",
        "id": "11111111-aaaa-4bbb-8ccc-000000000001",
    }]);
    let post = wordpress.post(&json!({
        "title": "A “b” & c <em>ferry</em>", "slug": "ferries", "status": "publish",
        "content": CONTENT.replace("PIXEL", &wordpress.url(PIXEL)), "meta": { "footnotes": notes.to_string() },
    }))?;
    ensure!(post["meta"]["footnotes"].is_string() == version.has_footnotes, "{}", post["meta"]);
    wordpress.post(&json!({ "title": "Newer", "status": "publish", "content": "<p>Another post.</p>" }))?;
    wordpress.allow_in_policy_of(page, &wordpress.address)?;
    for query in ["?slug=ferries&_embed", "?slug=ferries&_envelope", "?per_page=5&_embed\" item=\"ferries"] {
        let src = wordpress.url(&format!("/wp-json/wp/v2/posts{query}"));
        page.open_page(&format!("<news-briefing id=made src=\"{src}\"></news-briefing>")).await?;
        let briefing = page.briefing_at("#made");
        briefing.part("title").await?.text_becomes("A “b” & c ferry").await?;
        // For a short text, WordPress generates an excerpt that contains all of it.
        ensure!(briefing.parts("summary").await?.is_empty(), "the text is its own summary");
        let points = briefing.parts("key-point").await?;
        ensure!(points.len() == 2, "{} key points", points.len());
        points[1].text_becomes("Tickets cost 4 €.").await?;
        let text = briefing.part("body").await?.text().await?;
        for expected in [
            "The harbour board met",
            "on Monday & agreed.",
            "We sail.",
            "The captain",
            "Morning",
            "Six",
            "Evening",
            "The first boat",
            "港口将于周一开放。",
            "كل ساعة",
            "After the fold.",
        ] {
            ensure!(text.contains(expected), "{expected:?} is not in {text}");
        }
        for unexpected in ["Key takeaways", "window.ran", "Minutes of the board", "[unknown]"] {
            ensure!(!text.contains(unexpected), "{unexpected:?} is in {text}");
        }
        if version.has_footnotes {
            ensure!(briefing.parts("reference").await?.len() == 1);
            briefing.part("citation").await?.click().await?;
            let source = briefing.find("[part~=popover]:popover-open").await?;
            ensure!(source.text().await?.contains("Minutes of the board"), "{}", source.text().await?);
        } else {
            // Old versions keep the marker without its note; readers do not see it, and editors receive a
            // problem.
            ensure!(briefing.parts("citation").await?.is_empty());
            let problems = briefing.property("problems").await?.to_string();
            ensure!(problems.contains("footnote"), "{problems}");
        }
        ensure!(page.script("return window.ran ?? null", vec![]).await?.is_null(), "a text of the post ran");
    }
    page.picture("briefing").await?;
    Ok(())
}

async fn restricted_posts(page: &Page, version: &Version) -> Result<()> {
    let wordpress = WordPress::start(page, version).await?;
    wordpress.allow_in_policy_of(page, "")?;
    page.expect_complaint("status of 40");
    page.expect_complaint("could not");
    let secret = json!({ "title": "Secret", "content": "<p>Nobody may read this.</p>" });
    for (status, password) in [("draft", ""), ("private", ""), ("publish", "key")] {
        let mut post = secret.clone();
        post["status"] = json!(status);
        post["password"] = json!(password);
        let id = wordpress.post(&post)?["id"].clone();
        let src = wordpress.url(&format!("/wp-json/wp/v2/posts/{id}"));
        page.open_page(&format!(
            "<news-briefing id=made src=\"{src}\"><p>The page’s own.</p></news-briefing>"
        ))
        .await?;
        let error = page.wait_for_event("briefing-error").await?;
        ensure!(
            error.detail["message"].as_str().is_some_and(|message| !message.is_empty()),
            "{}",
            error.detail
        );
        page.element("#made p").await?.becomes_shown().await?;
    }
    Ok(())
}

async fn a_post_shows_its_briefing(page: &Page, version: &Version) -> Result<()> {
    let wordpress = WordPress::start(page, version).await?;
    let briefing = json!({
        "format": "briefing", "version": "1.0", "title": "An older title", "lang": "en",
        "key_points": ["The harbour opens on <b>Monday</b> & stays \"open\".[1] </script><script>window.ran = true</script>"],
        "references": [{ "title": "Timetable", "publisher": "Port", "url": "https://port.example/times" }],
    });
    let post = wordpress.post(&json!({
        "title": "Ferries & <em>boats</em>", "status": "publish", "content": "<p>The post’s own text.</p>",
        "meta": { "news_briefing": briefing.to_string() },
    }))?;
    page.open_url(post["link"].as_str().context("no address")?).await?;
    let shown = page.briefing();
    let point = shown.part("key-point").await?;
    // The text arrives unchanged, and none of it runs.
    let text =
        "The harbour opens on <b>Monday</b> & stays \"open\".1 </script><script>window.ran = true</script>";
    until("the key point is there", async || {
        let shown = point.text().await?;
        // A word joiner (U+2060) keeps a citation on the line of its word.
        ensure!(shown.replace('\u{2060}', "") == text, "{shown:?}");
        Ok(())
    })
    .await?;
    ensure!(page.script("return window.ran ?? null", vec![]).await?.is_null(), "a text of the briefing ran");
    shown.part("citation").await?.click().await?;
    shown.find("[part~=popover] [part~=source], [part~=popover]").await?.becomes_shown().await?;
    ensure!(page.element(".entry-content, .wp-block-post-content").await?.text().await?.contains("own text"));
    page.picture("post").await?;

    // A post without a briefing contains nothing of the plugin.
    let plain =
        wordpress.post(&json!({ "title": "Plain", "status": "publish", "content": "<p>Text</p>" }))?;
    page.open_url(plain["link"].as_str().context("no address")?).await?;
    let ours = page.script(
        "return document.querySelectorAll('news-briefing, script[src*=news-briefing]').length",
        vec![],
    );
    ensure!(ours.await? == json!(0));

    // Invalid JSON is not stored.
    let broken =
        wordpress.post(&json!({ "title": "Broken", "meta": { "news_briefing": "{ \"format\": " } }))?;
    ensure!(broken["meta"]["news_briefing"] == json!(""), "{}", broken["meta"]);
    Ok(())
}

async fn editors_write(page: &Page, version: &Version) -> Result<()> {
    let wordpress = WordPress::start(page, version).await?;
    wordpress.log_in(page).await?;
    page.open_url(&wordpress.url("/wp-admin/post-new.php")).await?;
    page.element(".interface-complementary-area").await?;
    page.script("wp.data.dispatch('core/editor').editPost({ title: 'Ferries' })", vec![]).await?;
    let open = "const button = [...document.querySelectorAll('.components-panel__body-toggle')]
        .find(({ textContent }) => textContent.trim() === 'Briefing');
        button?.scrollIntoView({ block: 'center' });
        return button ? [button] : []";
    until("the panel is open", async || {
        let panel = page.elements_by(open, vec![]).await?.into_iter().next().context("no panel")?;
        if panel.script("return arguments[0].getAttribute('aria-expanded')", vec![]).await? == json!("true") {
            return Ok(());
        }
        panel.click().await?;
        // Content that loads late above the panel moves it away from under the pointer.
        bail!("it was just clicked")
    })
    .await?;
    let field = async |label: &str, nth: usize| {
        let script = "return [...document.querySelectorAll('.components-base-control')]
            .filter((control) => control.querySelector('label')?.textContent === arguments[0])
            .map((control) => control.querySelector('input, textarea'))";
        until(&format!("there is a field {label:?}"), async || {
            page.elements_by(script, vec![json!(label)]).await?.into_iter().nth(nth).context("none")
        })
        .await
    };
    // The editor takes the focus, or re-renders a field, whenever one of its own requests completes.
    let write = async |label: &str, nth: usize, text: &str| {
        until(&format!("{text:?} is in the field {label:?}"), async || {
            let field = field(label, nth).await?;
            field.click().await?;
            field.script("arguments[0].select()", vec![]).await?;
            page.press(text.replace('\n', &Key::Enter.value().to_string())).await?;
            let written = field.property("value").await?;
            ensure!(written == json!(text), "{written}");
            Ok(())
        })
        .await
    };
    write("Key points", 0, "The harbour opens on Monday.[1]\nTwo boats leave at noon.[2]").await?;
    let button = async |name: &str| {
        let script = "return [...document.querySelectorAll('button')].filter((button) =>
            button.textContent.trim() === arguments[0])";
        until(&format!("there is a button {name:?}"), async || {
            page.elements_by(script, vec![json!(name)]).await?.into_iter().next().context("none")
        })
        .await
    };
    button("Add a source").await?.click().await?;
    write("Title", 0, "Timetable").await?;
    write("Address", 0, "javascript:alert(1)").await?;
    // The problems are those that the briefing itself reports, updated while one types.
    let problems = async || {
        page.element("body").await?.script(
        "return [...document.querySelectorAll('.components-notice')].map(({ textContent }) => textContent)", vec![],
    ).await
    };
    until("both problems are shown", async || {
        let text = problems().await?.to_string();
        ensure!(text.contains("references[0].url") && text.contains("key_points[1]"), "{text}");
        Ok(())
    })
    .await?;
    // Problems are shown below the field that they concern.
    let notice = page.element("fieldset .components-notice").await?;
    notice.scroll_into_view().await?;
    ensure!(notice.text().await?.contains("references[0].url"));
    page.picture("problems").await?;
    write("Address", 0, "https://port.example/times").await?;
    button("Add a source").await?.click().await?;
    write("Title", 1, "Fleet").await?;
    until("nothing is wrong", async || {
        let text = problems().await?;
        ensure!(text == json!([]), "{text}");
        Ok(())
    })
    .await?;
    let preview = page.briefing();
    ensure!(preview.parts("key-point").await?.len() == 2);
    page.picture("editor").await?;

    let publish = "const answer = arguments[arguments.length - 1];
        const { editPost, savePost } = wp.data.dispatch('core/editor');
        editPost({ status: 'publish' });
        savePost().then(() => answer(wp.data.select('core/editor').getPermalink()), (error) => answer(String(error)))";
    let address = page.script_later(publish, vec![]).await?;
    page.open_url(address.as_str().context("no address")?).await?;
    let shown = page.briefing();
    until("readers see both points", async || {
        let points = shown.parts("key-point").await?.len();
        ensure!(points == 2, "{points}");
        Ok(())
    })
    .await?;
    ensure!(shown.parts("reference").await?.len() == 2);
    Ok(())
}
