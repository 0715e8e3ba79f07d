//! Fetching an article: retries, request headers, and the error details after a failure.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::page::{Briefing, Page};
use crate::scenario::{Scenario, scenario};
use crate::server::POLICY;
use crate::wait::until;

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("a failed request is retried once", retried_once),
        scenario("permanent failures are not retried for ever", not_retried_for_ever),
        scenario("Retry-After is respected", retry_after_is_respected),
        scenario("a silent server times out", a_silent_server_times_out),
        scenario("an endless response exceeds the size limit", an_endless_response_is_too_large),
        scenario("a blocking Content-Security-Policy is reported", a_policy_forbids),
        scenario("an unknown host is reported", a_server_not_found),
        scenario("invalid requests are reported", invalid_requests),
        scenario("credentials and headers are sent only on request", credentials_are_opt_in),
        scenario("removing the element aborts its request", abandoned_requests_end),
    ]
}

/// Opens a page with a briefing that has these attributes.
async fn open<'a>(page: &'a Page, attributes: &str) -> Result<Briefing<'a>> {
    page.open_page(&format!("<news-briefing id=made {attributes}><p>Fallback</p></news-briefing>")).await?;
    Ok(page.briefing())
}

/// Waits until the briefing reports an error of this kind, and returns the event's detail.
async fn fails(page: &Page, kind: &str) -> Result<Value> {
    let event = page.wait_for_event("briefing-error").await?;
    ensure!(event.detail["kind"] == kind, "{event:?}");
    page.briefing().named("Try again").await?;
    Ok(event.detail)
}

async fn retried_once(page: &Page) -> Result<()> {
    page.expect_complaint("status of 503");
    page.expect_complaint("status of 429");
    for (path, expected) in [("/failing/1/503", 2), ("/failing/1/429?after=1", 2)] {
        let briefing = open(page, &format!("src={path}")).await?;
        briefing.part("title").await?.text_becomes("After all").await?;
        ensure!(page.site().request_count(path) == expected, "{} times", page.site().request_count(path));
        ensure!(page.event_count("briefing-error", "made").await? == 0);
    }
    // A timeout longer than a timer can count still works.
    let briefing = open(page, "src=/failing/0/200 timeout=1e9").await?;
    briefing.part("title").await?.text_becomes("After all").await?;
    ensure!(page.event_count("briefing-error", "made").await? == 0);
    Ok(())
}

async fn not_retried_for_ever(page: &Page) -> Result<()> {
    for code in ["503", "404", "401"] {
        page.expect_complaint(&format!("status of {code}"));
    }
    for (path, expected) in [("/failing/9/503", 2), ("/failing/9/404", 1), ("/failing/9/401", 1)] {
        open(page, &format!("src={path}")).await?;
        let detail = fails(page, "http").await?;
        ensure!(path.ends_with(&detail["status"].to_string()), "{detail}");
        ensure!(
            page.site().request_count(path) == expected,
            "{path}: {} times",
            page.site().request_count(path)
        );
        // The message explains a 401 to the developer.
        let hint =
            detail["message"].as_str().is_some_and(|message| message.contains("attribute credentials"));
        ensure!(hint == path.ends_with("401"), "{detail}");
    }
    Ok(())
}

async fn retry_after_is_respected(page: &Page) -> Result<()> {
    page.expect_complaint("status of 503");
    for after in ["3600", "Fri,%2031%20Dec%202099%2023:59:59%20GMT"] {
        open(page, &format!("src=/failing/1/503?after={after}")).await?;
        fails(page, "http").await?;
        ensure!(page.site().request_count(&format!("/failing/1/503?after={after}")) == 1);
    }
    Ok(())
}

async fn a_silent_server_times_out(page: &Page) -> Result<()> {
    for path in ["/text/stalled", "/held/articles/seed.json"] {
        open(page, &format!("src={path} timeout=0.5")).await?;
        let detail = fails(page, "timeout").await?;
        ensure!(detail["message"].as_str().is_some_and(|message| message.contains("0.5 s")), "{detail}");
    }
    Ok(())
}

async fn an_endless_response_is_too_large(page: &Page) -> Result<()> {
    open(page, "src=/text/endless").await?;
    fails(page, "size").await.map(drop)
}

async fn a_policy_forbids(page: &Page) -> Result<()> {
    for expected in
        ["policy violation: connect-src", "Content Security Policy", "Content-Security-Policy", "ERR_"]
    {
        page.expect_complaint(expected);
    }
    open(page, "src=https://cms.example/articles/1.json").await?;
    let detail = fails(page, "policy").await?;
    ensure!(detail["message"].as_str().is_some_and(|message| message.contains("connect-src")), "{detail}");
    Ok(())
}

async fn a_server_not_found(page: &Page) -> Result<()> {
    page.expect_complaint("ERR_NAME_NOT_RESOLVED");
    // A label of more than 63 characters is invalid, so the lookup fails without asking a name
    // server.
    let unknown = format!("https://{}.example", "x".repeat(64));
    page.site()
        .replace_policy(&POLICY.replace("connect-src 'self'", &format!("connect-src 'self' {unknown}")))?;
    open(page, &format!("src={unknown}/articles/1.json")).await?;
    let detail = fails(page, "network").await?;
    ensure!(detail["message"].as_str().is_some_and(|message| message.contains(&unknown)), "{detail}");
    Ok(())
}

async fn invalid_requests(page: &Page) -> Result<()> {
    for attributes in ["src=/headers.json credentials=yes", "src=http://reader:secret@cms.example/1.json"] {
        open(page, attributes).await?;
        fails(page, "source").await?;
    }
    for headers in [json!({ "X Issue": "late" }), json!({ "X-Issue": "late\nlater" })] {
        let briefing = open(page, "src=/headers.json").await?;
        briefing.part("title").await?.text_becomes("Cookie: none. Issue: none.").await?;
        briefing.set("headers", headers).await?;
        briefing.set_attribute("src", "/headers.json?next").await?;
        let event = page.wait_for_event("briefing-error").await?;
        ensure!(event.detail["kind"] == "source", "{event:?}");
    }
    Ok(())
}

async fn credentials_are_opt_in(page: &Page) -> Result<()> {
    page.open_page("").await?;
    page.script("document.cookie = 'reader=42; SameSite=Lax'", vec![]).await?;
    let briefing = open(page, "src=/headers.json").await?;
    briefing.part("title").await?.text_becomes("Cookie: none. Issue: none.").await?;
    let briefing = open(page, "src=/headers.json credentials=same-origin").await?;
    briefing.part("title").await?.text_becomes("Cookie: reader=42. Issue: none.").await?;
    briefing.set("headers", json!({ "X-Issue": "late" })).await?;
    // Headers apply to the next fetch.
    briefing.set_attribute("src", "/headers.json?next").await?;
    briefing.part("title").await?.text_becomes("Cookie: reader=42. Issue: late.").await
}

async fn abandoned_requests_end(page: &Page) -> Result<()> {
    open(page, "src=/text/stalled").await?;
    until("the server is asked", async || {
        ensure!(page.site().request_count("/text/stalled") == 1);
        Ok(())
    })
    .await?;
    page.script("document.querySelector('#made').remove()", vec![]).await?;
    until("the request has ended", async || {
        let ended = "fetch('/text/stalled/ended').then((answer) => answer.text()).then(arguments[0])";
        ensure!(page.script_later(ended, vec![]).await? == json!("1"), "it goes on");
        Ok(())
    })
    .await?;
    ensure!(page.events().await?.is_empty(), "{:?}", page.events().await?);
    Ok(())
}
