//! The briefing as a plain element in applications: `tests/e2e/applications/` has the same small application
//! in each framework, in a production build, and in Yew.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::page::Page;
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("a briefing works in a React application", async |page: &Page| {
            works_in(page, "react").await
        }),
        scenario("a briefing works in a server-rendered React application", works_in_server_rendered_react),
        scenario("a briefing works in a Vue application", async |page: &Page| works_in(page, "vue").await),
        scenario("a briefing works in a Svelte application", async |page: &Page| {
            works_in(page, "svelte").await
        }),
        scenario("a briefing works in an Angular application", async |page: &Page| {
            works_in(page, "angular").await
        }),
        scenario("a briefing works in a Yew application, as element and component", works_in_yew),
    ]
}

async fn works_in_yew(page: &Page) -> Result<()> {
    let start = "import start from \"/applications/yew.js\"; await start();";
    page.site().add("/applications/start.js", "text/javascript", start);
    works_in(page, "start").await?;

    // The application itself renders the component. The element dispatches no events for the component's
    // clicks.
    let points = async || -> Result<usize> {
        let events = page.events().await?;
        Ok(events.iter().filter(|event| event.name == "briefing-key-point").count())
    };
    let before = points().await?;
    let component = page.element("#component").await?;
    let title = component.find("[part~=title]").await?;
    title.text_becomes("The harbour closes again").await?;
    // The previous click was at the position of the next one. Together they would be a double click, which
    // selects a word.
    title.click().await?;
    component.find("[part~=key-point] p").await?.click().await?;
    component.find("[part~=key-point] details p").await?.becomes_shown().await?;
    ensure!(points().await? == before, "the element dispatched an event for the component");
    component.find("[part~=play-button]").await?.click().await?;
    component.find("[part~=briefing][data-state=playing]").await.map(drop)
}

/// Checks server-rendered React: the markup contains the `src` attributes. An article given as an object is a
/// property and not in the markup; React sets it at the next change of state.
async fn works_in_server_rendered_react(page: &Page) -> Result<()> {
    let markup = page.site().application("react.html")?;
    ensure!(markup.contains("<news-briefing id=\"seed\" src=\"/articles/seed.json\""), "{markup}");
    page.open_page(&format!(
        "<div id=app>{markup}</div><script type=\"module\" src=\"/applications/react.js\"></script>"
    ))
    .await?;
    for other in ["seed", "minimal", "dense"] {
        page.briefing_at(&format!("#{other}")).shows_its_article().await?;
        page.wait_for_event_count(1, "briefing-load", other).await?;
    }
    page.element("#change").await?.click().await?;
    page.wait_for_event_count(1, "briefing-load", "lead").await?;
    ensure!(page.briefing_at("#lead").part("title").await?.text().await? == "The harbour closes again");
    page.briefing_at("#minimal").part("play-button").await?.click().await?;
    until("the application receives the event", async || {
        let log = page.element("#log").await?.text().await?;
        ensure!(log.contains("play minimal"), "{log}");
        Ok(())
    })
    .await
}

async fn works_in(page: &Page, application: &str) -> Result<()> {
    page.open_page(&format!(
        "<div id=app></div><script type=\"module\" src=\"/applications/{application}.js\"></script>"
    ))
    .await?;
    let lead = page.briefing_at("#lead");
    lead.shows_its_article().await?;
    ensure!(lead.part("title").await?.text().await? == "The harbour opens");
    let others = ["seed", "minimal", "dense"];
    for other in others {
        page.briefing_at(&format!("#{other}")).shows_its_article().await?;
    }
    ensure!(lead.element().await?.attribute("article").await?.is_none(), "the object became an attribute");
    ensure!(page.element("#seed").await?.attribute("src").await?.as_deref() == Some("/articles/seed.json"));
    events_become(
        page,
        &["briefing-load dense", "briefing-load lead", "briefing-load minimal", "briefing-load seed"],
    )
    .await?;

    changed_article_is_shown(page).await?;
    reordered_elements_keep_their_state(page, others).await?;
    removed_element_works_again(page).await
}

/// Waits until the application's own listeners received exactly these events, in any order.
async fn events_become(page: &Page, expected: &[&str]) -> Result<()> {
    let log = async || -> Result<Vec<String>> {
        let log = "return [...document.querySelectorAll('#log li')].map((entry) => entry.textContent).sort()";
        Ok(serde_json::from_value(page.script(log, vec![]).await?)?)
    };
    until("the application receives the event", async || {
        let log = log().await?;
        ensure!(log == expected, "{log:?}");
        Ok(())
    })
    .await?;
    stays("the application receives each event once", async || {
        let log = log().await?;
        ensure!(log == expected, "{log:?}");
        Ok(())
    })
    .await
}

async fn changed_article_is_shown(page: &Page) -> Result<()> {
    let lead = page.briefing_at("#lead");
    lead.part("key-point").await?.find("p").await?.click().await?;
    events_become(
        page,
        &[
            "briefing-key-point lead",
            "briefing-load dense",
            "briefing-load lead",
            "briefing-load minimal",
            "briefing-load seed",
        ],
    )
    .await?;
    page.element("#change").await?.click().await?;
    let expected = [
        "briefing-key-point lead",
        "briefing-load dense",
        "briefing-load lead",
        "briefing-load lead",
        "briefing-load minimal",
        "briefing-load seed",
    ];
    events_become(page, &expected).await?;
    ensure!(lead.part("title").await?.text().await? == "The harbour closes again");
    ensure!(lead.parts("block").await?.len() == 2);
    Ok(())
}

/// Reorders a keyed list: the framework moves the elements, which keep their state.
async fn reordered_elements_keep_their_state(page: &Page, others: [&str; 3]) -> Result<()> {
    page.briefing_at("#seed").named("Expand all").await?.click().await?;
    for other in others {
        page.briefing_at(&format!("#{other}")).set("currentTime", json!(2)).await?;
    }
    let articles = || page.site().requests().iter().filter(|path| path.ends_with(".json")).count();
    let requests = articles();
    page.script("document.querySelector('#seed').kept = true", vec![]).await?;
    page.element("#reverse").await?.click().await?;
    until("they are the other way round", async || {
        let order = "return [...document.querySelectorAll('news-briefing[src]')].map(({ id }) => id)";
        let order = page.script(order, vec![]).await?;
        ensure!(order == json!(["dense", "minimal", "seed"]), "{order}");
        Ok(())
    })
    .await?;
    ensure!(page.briefing_at("#seed").property("kept").await? == json!(true), "it is another element");
    stays("they keep their state", async || {
        for other in others {
            let briefing = page.briefing_at(&format!("#{other}"));
            let time = briefing.property("currentTime").await?;
            ensure!(time == json!(2), "{other} is at {time}");
        }
        ensure!(page.briefing_at("#seed").all_named("Collapse all").await?.len() == 1, "it has folded");
        Ok(())
    })
    .await?;
    ensure!(articles() == requests, "they have loaded again");
    for other in others {
        page.wait_for_event_count(1, "briefing-load", other).await?;
    }
    // Each element still works, with its own listeners.
    page.briefing_at("#minimal").part("play-button").await?.click().await?;
    page.briefing_at("#minimal").plays().await?;
    events_become(
        page,
        &[
            "briefing-key-point lead",
            "briefing-load dense",
            "briefing-load lead",
            "briefing-load lead",
            "briefing-load minimal",
            "briefing-load seed",
            "play minimal",
        ],
    )
    .await?;
    // A page that follows the playback would scroll under the next clicks.
    page.briefing_at("#minimal").call("pause", vec![]).await.map(drop)
}

async fn removed_element_works_again(page: &Page) -> Result<()> {
    page.element("#toggle").await?.click().await?;
    until("it has gone", async || {
        let count = page.script("return document.querySelectorAll('#lead').length", vec![]).await?;
        ensure!(count == json!(0));
        Ok(())
    })
    .await?;
    page.element("#toggle").await?.click().await?;
    let lead = page.briefing_at("#lead");
    page.wait_for_event_count(3, "briefing-load", "lead").await?;
    ensure!(lead.part("title").await?.text().await? == "The harbour closes again");
    lead.part("key-point").await?.find("p").await?.click().await?;
    page.wait_for_event_count(2, "briefing-key-point", "lead").await
}
