//! What the host page can do with a briefing, and which events it receives.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::opening::{article, timed};
use crate::page::Page;
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario("the element behaves like a media element", behaves_like_media),
        scenario("events cross shadow roots", events_cross_shadow_roots),
        scenario("the article is rendered when briefing-load fires", rendered_on_load),
        scenario("an article can be set by script", an_article_can_be_set),
        scenario("an article can be inline JSON", inline_article),
        scenario("a new src shows another article", another_src),
        scenario("calls during a load apply to the new article", calls_apply_to_the_new_article),
        scenario("a null article uses the src, or waits for data", null_article),
        scenario("an invalid src is a source error", invalid_src),
        scenario("a moved element keeps its state", moved_element),
        scenario("a removed element works when reinserted", reinserted_element),
        scenario("the page can choose the theme", themes_can_be_chosen),
        scenario("the page can choose the sections", sections_can_be_chosen),
        scenario("hostile markup is shown as text", hostile_articles_are_text),
        scenario("only needed files are requested, and nothing is stored", only_needed_requests),
    ]
}

async fn behaves_like_media(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &timed(6).to_string());
    page.open_page("<news-briefing id=made src=/held/made.json></news-briefing>").await?;
    let briefing = page.briefing();
    page.script_later("customElements.whenDefined('news-briefing').then(arguments[0])", vec![]).await?;
    let state =
        "const { paused, ended, currentTime, duration, playbackRate } = document.querySelector('#made');
        return [paused, ended, currentTime, Number.isNaN(duration) ? 'NaN' : duration, playbackRate]";
    // Before an article has loaded, no call fails.
    ensure!(page.script(state, vec![]).await? == json!([true, false, 0, "NaN", 1]));
    briefing.call("play", vec![]).await?;
    briefing.call("pause", vec![]).await?;
    briefing.call("openReference", vec![json!("r1")]).await?;

    page.site().release();
    briefing.shows_its_article().await?;
    ensure!(page.script(state, vec![]).await? == json!([true, false, 0, 60, 1]));
    briefing.set("currentTime", json!(12.5)).await?;
    ensure!(page.script(state, vec![]).await? == json!([true, false, 12.5, 60, 1]));
    for (time, expected) in [(-5.0, 0), (1e9, 60)] {
        briefing.set("currentTime", json!(time)).await?;
        ensure!(briefing.property("currentTime").await? == json!(expected));
    }
    briefing.set("currentTime", json!(20)).await?;
    briefing.set("playbackRate", json!(1.5)).await?;
    briefing.call("play", vec![]).await?;
    ensure!(briefing.property("paused").await? == json!(false));
    ensure!(briefing.property("playbackRate").await? == json!(1.5));
    // Repeated calls have no further effect.
    briefing.call("play", vec![]).await?;
    briefing.call("pause", vec![]).await?;
    briefing.call("pause", vec![]).await?;
    ensure!(briefing.property("paused").await? == json!(true));
    page.wait_for_event_count(1, "play", "made").await?;
    page.wait_for_event_count(1, "pause", "made").await?;
    page.wait_for_event_count(1, "ratechange", "made").await?;
    ensure!(briefing.property("problems").await? == json!([]));
    let title = page.script("return document.querySelector('#made').article?.title ?? null", vec![]).await?;
    ensure!(title == json!("An article with times"), "the article is not available: {title}");
    Ok(())
}

async fn events_cross_shadow_roots(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &timed(2).to_string());
    page.open_page("<div id=outer></div>").await?;
    let put_inside = "window.bubbled = [];
        for (const name of ['play', 'pause', 'seeking', 'seeked', 'timeupdate', 'ratechange', 'briefing-load',
            'briefing-progress', 'briefing-key-point']) {
            document.addEventListener(name, ({ target, composed, bubbles }) =>
                bubbled.push([name, target.id, composed && bubbles]));
        }
        window.inner = document.createElement('news-briefing');
        inner.setAttribute('src', '/made.json');
        document.querySelector('#outer').attachShadow({ mode: 'open' }).append(inner)";
    page.script(put_inside, vec![]).await?;
    let event_bubbles = async |name: &str| {
        until(&format!("{name} reaches the document"), async || {
            let bubbled = page.script("return bubbled", vec![]).await?;
            let bubbled: Vec<(String, String, bool)> = serde_json::from_value(bubbled)?;
            ensure!(bubbled.contains(&(name.to_owned(), "outer".to_owned(), true)), "{bubbled:?}");
            Ok(())
        })
        .await
    };
    event_bubbles("briefing-load").await?;
    page.script("inner.play(); inner.currentTime = 5; inner.playbackRate = 2", vec![]).await?;
    for name in ["play", "seeking", "timeupdate", "seeked", "ratechange", "briefing-progress"] {
        event_bubbles(name).await?;
    }
    page.script("inner.pause()", vec![]).await?;
    event_bubbles("pause").await
}

async fn rendered_on_load(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &seed_like().to_string());
    page.open_page("").await?;
    let listen = "document.addEventListener('briefing-load', ({ target }) => {
            const root = target.shadowRoot;
            window.counts = [root.querySelectorAll('[part~=title]').length, root.querySelectorAll('[part~=block]').length];
            target.openReference('a');
            target.play();
        });
        document.querySelector('main').insertAdjacentElement('beforeend', document.createElement('news-briefing'))
            .setAttribute('src', '/made.json')";
    page.script(listen, vec![]).await?;
    page.wait_for_event("briefing-load").await?;
    let counts = page.script("return counts", vec![]).await?;
    ensure!(counts == json!([1, 2]), "title and blocks at briefing-load: {counts}");
    let briefing = page.briefing();
    briefing.popover_of("The first source").await?;
    briefing.plays().await
}

fn seed_like() -> Value {
    let mut made = article("Loaded", json!(["First.[^a]", "Second."]));
    made["references"] =
        json!([{ "id": "a", "title": "The first source", "url": "https://www.example.org/a" }]);
    made
}

async fn an_article_can_be_set(page: &Page) -> Result<()> {
    page.open_page("<news-briefing id=made></news-briefing>").await?;
    // An `article` property can be set before the element is defined, and after.
    let script = "const made = document.createElement('news-briefing');
        made.id = 'second';
        document.querySelector('main').append(made);
        made.article = arguments[0]";
    page.script(script, vec![article("Set by script", json!(["Text."]))]).await?;
    let second = page.briefing_at("#second");
    second.part("title").await?.text_becomes("Set by script").await?;
    page.wait_for_event_count(1, "briefing-load", "second").await?;
    ensure!(second.property("article").await? == article("Set by script", json!(["Text."])));

    second.set("article", article("Another one", json!(["More text.", "And more."]))).await?;
    second.part("title").await?.text_becomes("Another one").await?;
    ensure!(second.parts("block").await?.len() == 2);
    second.set("article", json!({ "format": "briefing", "version": "1.0" })).await?;
    page.wait_for_event_count(1, "briefing-error", "second").await?;
    second.has_no("title").await?;
    second.set("article", article("Mended", json!(["Text."]))).await?;
    second.part("title").await?.text_becomes("Mended").await?;
    second.call("play", vec![]).await?;
    second.plays().await
}

async fn inline_article(page: &Page) -> Result<()> {
    let inside = article("Inside the element", json!(["Text."]));
    page.open_page(&format!(
        "<news-briefing id=made><p id=fallback>Fallback</p><script type=\"application/json\">{inside}</script></news-briefing>"
    ))
    .await?;
    let briefing = page.briefing();
    briefing.part("title").await?.text_becomes("Inside the element").await?;
    ensure!(!page.element("#fallback").await?.is_shown().await?, "the fallback is shown beside the article");
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    ensure!(!page.site().requests().iter().any(|path| path.ends_with("/made.json")));

    page.open_page("<news-briefing id=made><p>Fallback</p><script type=\"application/json\">{ no</script></news-briefing>")
        .await?;
    let event = page.wait_for_event("briefing-error").await?;
    ensure!(event.detail["kind"] == "json", "{event:?}");
    Ok(())
}

async fn another_src(page: &Page) -> Result<()> {
    for (path, title) in [("/one.json", "One"), ("/two.json", "Two"), ("/three.json", "Three")] {
        page.site().add(path, "application/json", &article(title, json!(["Text."])).to_string());
    }
    page.open_page("<news-briefing id=made src=/one.json></news-briefing>").await?;
    let briefing = page.briefing();
    briefing.part("title").await?.text_becomes("One").await?;
    briefing.call("play", vec![]).await?;
    briefing.set_attribute("src", "/two.json").await?;
    briefing.part("title").await?.text_becomes("Two").await?;
    briefing.is_paused().await?;
    ensure!(briefing.time().await? == 0.0);

    // A pending load is dropped when another source is set.
    briefing.set_attribute("src", "/held/one.json").await?;
    briefing.set_attribute("src", "/three.json").await?;
    briefing.part("title").await?.text_becomes("Three").await?;
    page.site().release();
    stays("the last one is shown", async || {
        let title = briefing.part("title").await?.text().await?;
        ensure!(title == "Three", "{title}");
        Ok(())
    })
    .await?;
    page.wait_for_event_count(3, "briefing-load", "made").await
}

async fn calls_apply_to_the_new_article(page: &Page) -> Result<()> {
    let (mut one, mut two) = (timed(4), timed(6));
    one["title"] = json!("One");
    two["title"] = json!("Two");
    two["references"] = json!([{ "id": "a", "title": "A source", "url": "https://www.example.org/a" }]);
    page.site().add("/one.json", "application/json", &one.to_string());
    page.site().add("/two.json", "application/json", &two.to_string());
    let by_address = "made.setAttribute('src', '/two.json')";
    let by_object = format!("made.article = {two}");
    for begin in [by_address, &by_object] {
        page.open_page("<news-briefing id=made src=/one.json></news-briefing>").await?;
        let briefing = page.briefing();
        briefing.part("title").await?.text_becomes("One").await?;
        page.wait_for_event_count(1, "briefing-load", "made").await?;
        let ask = "made.currentTime = 30; made.playbackRate = 1.5; made.openReference('a'); made.play()";
        page.script(&format!("const made = document.querySelector('#made'); {begin}; {ask}"), vec![]).await?;
        page.wait_for_event_count(2, "briefing-load", "made").await?;
        briefing.part("title").await?.text_becomes("Two").await?;
        briefing.plays().await?;
        ensure!(
            (30.0..36.0).contains(&briefing.time().await?),
            "{begin}: it is at {}",
            briefing.time().await?
        );
        ensure!(briefing.property("playbackRate").await? == json!(1.5), "{begin}");
        // WebKit complains about unfinished loads when a page is left.
        for script in ["/playing.js", "/keys.js"] {
            until(&format!("{script} has loaded"), async || {
                let has_loaded = "return performance.getEntriesByType('resource').some(({ name }) => name.includes(arguments[0]))";
                ensure!(page.script(has_loaded, vec![json!(script)]).await? == json!(true));
                Ok(())
            })
            .await?;
        }
    }
    // An error drops the pending request, because it was for the article that failed.
    let fail = "const made = document.querySelector('#made');
        made.article = { format: 'briefing', version: '1.0' }; made.currentTime = 20; made.play()";
    page.script(fail, vec![]).await?;
    page.wait_for_event_count(1, "briefing-error", "made").await?;
    page.script("document.querySelector('#made').article = arguments[0]", vec![one]).await?;
    let briefing = page.briefing();
    briefing.part("title").await?.text_becomes("One").await?;
    page.wait_for_event_count(3, "briefing-load", "made").await?;
    ensure!(briefing.time().await? == 0.0 && briefing.property("paused").await? == json!(true));
    Ok(())
}

async fn null_article(page: &Page) -> Result<()> {
    page.site().add("/one.json", "application/json", &article("One", json!(["Text."])).to_string());
    for nothing in ["null", "undefined"] {
        page.open_page(&format!(
            "<news-briefing id=none></news-briefing><news-briefing id=made src=/one.json></news-briefing>
             <news-briefing id=inside><script type=\"application/json\">{}</script></news-briefing>
             <news-briefing id=late loading=eager></news-briefing>",
            article("Inside", json!(["Text."]))
        ))
        .await?;
        // An element without a source and without a request to wait.
        page.wait_for_event_count(1, "briefing-error", "none").await?;
        for loaded in ["made", "inside"] {
            page.wait_for_event_count(1, "briefing-load", loaded).await?;
        }
        page.script(
            &format!(
                "for (const id of ['made', 'inside', 'late']) document.getElementById(id).article = {nothing}"
            ),
            vec![],
        )
        .await?;
        for loaded in ["made", "inside"] {
            page.wait_for_event_count(2, "briefing-load", loaded).await?;
        }
        page.briefing_at("#made").part("title").await?.text_becomes("One").await?;
        page.briefing_at("#inside").part("title").await?.text_becomes("Inside").await?;
        let late = page.briefing_at("#late");
        late.call("play", vec![]).await?;
        let mut long = timed(4);
        long["title"] = json!("Late");
        late.set("article", long).await?;
        late.part("title").await?.text_becomes("Late").await?;
        late.plays().await?;
    }
    Ok(())
}

async fn invalid_src(page: &Page) -> Result<()> {
    page.open_page("<news-briefing id=made src=\"http://[\"></news-briefing>").await?;
    let event = page.wait_for_event("briefing-error").await?;
    ensure!(event.detail["kind"] == "source", "{event:?}");
    // An inline article needs no address.
    let inside = article("Inside", json!(["Text."]));
    page.open_page(&format!(
        "<news-briefing id=made src=\"http://[\"><script type=\"application/json\">{inside}</script></news-briefing>"
    ))
    .await?;
    page.briefing().part("title").await?.text_becomes("Inside").await
}

async fn moved_element(page: &Page) -> Result<()> {
    page.open("/?only=seed").await?;
    let briefing = page.briefing();
    briefing.shows_its_article().await?;
    let point = briefing.nth_part("key-point", 1).await?;
    point.find("p").await?.click().await?;
    point.find(":scope details p").await?.becomes_shown().await?;
    briefing.named("Synthesized from 2 sources").await?.click().await?;
    briefing.call("play", vec![]).await?;
    briefing.set("currentTime", json!(7)).await?;
    let requests = page.site().requests().len();

    let script = "const moved = document.createElement('section');
        moved.id = 'moved';
        document.querySelector('main').append(moved);
        moved.append(document.querySelector('news-briefing'))";
    page.script(script, vec![]).await?;
    let briefing = page.briefing_at("#moved > news-briefing");
    ensure!(point.find(":scope details p").await?.is_shown().await?, "the point has folded");
    ensure!(briefing.part("reference").await?.is_shown().await?, "the references have folded");
    briefing.plays().await?;
    until("it plays on", async || {
        ensure!(briefing.time().await? > 7.0, "it is at {}", briefing.time().await?);
        Ok(())
    })
    .await?;
    // The element still works.
    briefing.part("play-button").await?.click().await?;
    briefing.is_paused().await?;
    briefing.part("citation").await?.press(Key::Enter).await?;
    briefing.popover().await?;
    ensure!(page.site().requests().len() == requests, "it has loaded again");
    page.wait_for_event_count(1, "briefing-load", "seed").await
}

async fn reinserted_element(page: &Page) -> Result<()> {
    let briefing = page.open_only("seed").await?;
    briefing.call("play", vec![]).await?;
    page.script("window.kept = document.querySelector('news-briefing'); kept.remove()", vec![]).await?;
    until("it is torn down", async || {
        ensure!(page.script("return kept.paused", vec![]).await? == json!(true));
        Ok(())
    })
    .await?;
    // Calls on a disconnected element do nothing and do not fail.
    page.script("kept.play(); kept.pause(); kept.openReference('qbitai')", vec![]).await?;
    page.script("document.querySelector('main').append(kept)", vec![]).await?;
    page.wait_for_event_count(2, "briefing-load", "seed").await?;
    briefing.shows_its_article().await?;
    ensure!(briefing.parts("briefing").await?.len() == 1);
    ensure!(briefing.parts("key-point").await?.len() == 6);
    briefing.part("citation").await?.press(Key::Enter).await?;
    briefing.popover().await?;
    page.press(Key::Escape).await?;
    briefing.named("Expand all").await?.click().await?;
    briefing.named("Collapse all").await?;
    briefing.animations_finish().await?;
    briefing.part("play-button").await?.click().await?;
    briefing.plays().await?;
    briefing.part("progress").await?.press(Key::End).await?;
    page.wait_for_event("seeked").await?;

    // Several times in a row, without a pause.
    page.script(
        "for (let i = 0; i < 5; i += 1) { kept.remove(); document.querySelector('main').append(kept) }",
        vec![],
    )
    .await?;
    briefing.shows_its_article().await?;
    ensure!(briefing.parts("title").await?.len() == 1);
    Ok(())
}

async fn themes_can_be_chosen(page: &Page) -> Result<()> {
    let made = article("Themes", json!(["Text."]));
    page.site().add("/made.json", "application/json", &made.to_string());
    page.open_page(
        "<news-briefing id=auto src=/made.json></news-briefing>
        <news-briefing id=dark theme=dark src=/made.json></news-briefing>
        <news-briefing id=light theme=light src=/made.json></news-briefing>",
    )
    .await?;
    let style = async |id: &str, name: &str| -> Result<String> {
        let briefing = page.briefing_at(id);
        briefing.shows_its_article().await?;
        briefing.part("briefing").await?.style(name).await
    };
    let ink = async |id: &str| style(id, "color").await;
    let paper = async |id: &str| style(id, "background-color").await;
    ensure!(ink("#auto").await? == ink("#light").await?);
    ensure!(ink("#dark").await? != ink("#light").await? && paper("#dark").await? != paper("#light").await?);
    page.set_up(&crate::setup::Setup { dark: true, ..Default::default() }).await?;
    until("it follows the reader's preference", async || {
        let (auto, dark) = (ink("#auto").await?, ink("#dark").await?);
        ensure!(auto == dark, "{auto} beside {dark}");
        Ok(())
    })
    .await?;
    ensure!(paper("#dark").await? != paper("#light").await?);
    // Without a theme, the briefing has no background of its own.
    ensure!(paper("#auto").await? == "rgba(0, 0, 0, 0)", "{}", paper("#auto").await?);
    page.briefing_at("#dark").set_attribute("theme", "light").await?;
    ensure!(paper("#dark").await? == paper("#light").await? && ink("#dark").await? == ink("#light").await?);
    Ok(())
}

async fn sections_can_be_chosen(page: &Page) -> Result<()> {
    let teaser = "<news-briefing id=made sections=key-points src=/articles/seed.json></news-briefing>";
    page.open_page(teaser).await?;
    let briefing = page.briefing();
    briefing.shows_its_article().await?;
    ensure!(briefing.parts("key-point").await?.len() == 6);
    for part in ["body", "references", "player"] {
        ensure!(briefing.parts(part).await?.is_empty(), "there is the {part}");
    }
    // No link points to a missing section, and the header still describes the whole article.
    let broken = "return [...arguments[0].shadowRoot.querySelectorAll('a[href^=\"#\"]')]
        .filter((link) => !arguments[0].shadowRoot.querySelector(link.getAttribute('href')))
        .map((link) => link.outerHTML)";
    let broken = briefing.element().await?.script(broken, vec![]).await?;
    ensure!(broken == json!([]), "{broken}");
    let header = briefing.find("header").await?.text().await?;
    ensure!(header.contains("2 min read") && header.contains("2 sources"), "{header}");
    page.is_accessible().await?;

    briefing.set_attribute("sections", "body player").await?;
    briefing.part("play-button").await?.becomes_shown().await?;
    ensure!(briefing.parts("key-point").await?.is_empty());
    // Without the list of references, citations still open their sources.
    briefing.part("citation").await?.press(Key::Enter).await?;
    briefing.popover().await.map(drop)
}

async fn hostile_articles_are_text(page: &Page) -> Result<()> {
    const MARKUP: &str = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";
    let link =
        "[here](javascript:window.hacked=1) [there](data:text/html,x) [fine](https://www.example.org/)";
    let mut hostile =
        article(MARKUP, json!([format!("{MARKUP} {link}"), { "type": MARKUP, "text": MARKUP }]));
    for key in ["category", "summary"] {
        hostile[key] = json!(MARKUP);
    }
    hostile["authors"] = json!([MARKUP]);
    hostile["lang"] = json!("en\" onclick=\"window.hacked=1");
    hostile["image"] = json!({ "url": "javascript:window.hacked=1", "alt": MARKUP });
    hostile["key_points"] = json!([{ "id": "\"><b>", "text": MARKUP, "detail": [MARKUP] }]);
    hostile["references"] = json!([
        { "id": "r\"]", "title": MARKUP, "publisher": MARKUP, "url": " java\tscript:window.hacked=1", "excerpt": MARKUP },
        { "id": "r2", "title": "Passwords", "url": "https://user:secret@www.example.org/" },
    ]);
    let briefing = page.open_article(&hostile).await?;
    ensure!(briefing.part("title").await?.text().await? == MARKUP);
    ensure!(briefing.find_all("script, img, b:not(.preview b)").await?.is_empty());
    let links = "return [...arguments[0].shadowRoot.querySelectorAll('a[href]')].map((a) => a.href)
        .filter((href) => !href.startsWith(location.origin))";
    let links = briefing.element().await?.script(links, vec![]).await?;
    ensure!(links == json!(["https://www.example.org/"]), "{links}");
    ensure!(page.script("return window.hacked ?? null", vec![]).await? == json!(null));
    let problems = briefing.property("problems").await?;
    let problems = problems.as_array().context("no list of problems")?;
    ensure!(problems.iter().any(|problem| problem["path"] == "references[0].url"), "{problems:?}");
    ensure!(!json!(problems).to_string().contains("secret"), "{problems:?}");
    Ok(())
}

async fn only_needed_requests(page: &Page) -> Result<()> {
    page.open_page("<news-briefing id=made src=/articles/minimal.json></news-briefing>").await?;
    let briefing = page.briefing();
    briefing.shows_its_article().await?;
    briefing.call("play", vec![]).await?;
    briefing.time_passes(0.0).await?;
    // Versions are in the query, so that a browser may cache the files for ever.
    let path = |request: &String| request.split('?').next().map(str::to_owned);
    let mut requests: Vec<String> = page.site().requests().iter().filter_map(path).collect();
    requests.retain(|path| path != "/favicon.ico");
    requests.sort();
    ensure!(
        requests
            == [
                "/articles/minimal.json",
                "/made.html",
                "/news-briefing.js",
                "/playing.js",
                "/reading.js",
                "/wasm/news-briefing.js",
                "/wasm/news-briefing_bg.wasm",
            ],
        "{requests:?}"
    );
    let storage = "return [document.cookie, localStorage.length, sessionStorage.length]";
    ensure!(page.script(storage, vec![]).await? == json!(["", 0, 0]));

    // Seven briefings share the common files.
    page.open("/?loading=eager").await?;
    for id in ["#seed", "#arabic", "#chinese", "#broken"] {
        page.briefing_at(id).shows_its_article().await?;
    }
    let requests: Vec<String> = page.site().requests().iter().filter_map(path).collect();
    for path in ["/words/ar.json", "/words/zh-Hans.json", "/articles/seed.json", "/articles/dense.json"] {
        let times = requests.iter().filter(|request| *request == path).count();
        ensure!(times == 1, "{path} was requested {times} times");
    }
    // Once for each page; only the newsroom has mentions.
    for (path, expected) in [("/wasm/news-briefing_bg.wasm", 2), ("/wasm/mentions.wasm", 1)] {
        let times = requests.iter().filter(|request| *request == path).count();
        ensure!(times == expected, "{path} was requested {times} times");
    }
    Ok(())
}
