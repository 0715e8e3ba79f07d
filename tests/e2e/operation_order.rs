//! Operations in any order: the element always shows exactly one briefing, live or fallback.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::live_updates::HOLD_STRINGS;
use crate::opening::{article, timed};
use crate::page::Page;
use crate::prerendered::render;
use crate::scenario::{Scenario, scenario};
use crate::wait::{stays, until};

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario(
            "prerendered content reinserted while the engine loads appears once",
            reinserted_while_loading,
        ),
        scenario("changes while disconnected apply on reconnection", changed_while_disconnected),
        scenario("JSON inside the element is replaced like any other source", replaced_inside),
        scenario("a page that is still loading loads a briefing once", played_while_parsing),
        scenario("an element that was removed does not load", removed_before_it_is_reported),
        scenario("a replaced load dispatches no events", replaced_load_is_silent),
        scenario("removal at any moment leaves nothing behind", nothing_is_left_behind),
        scenario("listeners of a broken engine do nothing", broken_engine_is_inert),
        scenario("no event on the page reaches a broken engine", no_event_reaches_a_broken_engine),
        scenario("late errors of a broken engine do not affect the next", late_errors),
        scenario("a retry moves the focus only if the reader stayed", focus_after_a_retry),
        scenario("a random walk always shows one briefing or the fallback", random_walk),
    ]
}

/// Saves the prerendered content as `prerendered`, before the loader runs.
const KEEP_PRERENDERED: &str = "const element = document.querySelector('#ahead');
    window.prerendered = {
        frame: element.shadowRoot.querySelector('.frame').cloneNode(true),
        data: element.querySelector('script').cloneNode(true),
    };
    element.remove();";

/// Returns an article in the form that `walk.js` uses.
fn walked(title: &str) -> Value {
    let mut made = article(
        title,
        json!([
            "A first sentence of the text, with some words.[^a]",
            "A second one, with as many words as that."
        ]),
    );
    made["key_points"] = json!(["A point.", { "text": "Another.", "detail": ["Its detail."] }]);
    made["references"] = json!([{ "id": "a", "title": "A source", "publisher": "Gazette" }]);
    made
}

/// Opens a page with these elements, which keeps a prerendered briefing as `prerendered`.
async fn open(page: &Page, body: &str) -> Result<()> {
    let (fragment, _) = render(&["--assets", "/"], &walked("Ahead").to_string())?;
    let fragment = fragment.replacen("<news-briefing", "<news-briefing id=\"ahead\"", 1);
    page.site().add("/ahead.js", "text/javascript", KEEP_PRERENDERED);
    page.open_page(&format!("{fragment}<script src=/ahead.js></script>{body}")).await
}

async fn reinserted_while_loading(page: &Page) -> Result<()> {
    let mut german = walked("Ahead");
    german["lang"] = json!("de");
    let (fragment, _) = render(&["--assets", "/"], &german.to_string())?;
    let fragment = fragment.replacen("<news-briefing", "<news-briefing id=\"made\" loading=\"eager\"", 1);
    // The engine loads before the interface strings.
    page.site().add("/held.js", "text/javascript", HOLD_STRINGS);
    page.open_page(&format!("<script src=/held.js></script>{fragment}")).await?;
    let briefing = page.briefing();
    // Waits for the host node that the engine adds beside the prerendered content.
    let opened = async || briefing.find(".frame + div").await.map(drop);
    opened().await?;
    page.script("window.made = document.querySelector('#made'); made.remove()", vec![]).await?;
    until("the load is abandoned", async || {
        let beside =
            page.script("return made.shadowRoot.querySelectorAll('.frame + div').length", vec![]).await?;
        ensure!(beside == json!(0), "{beside} hosts");
        Ok(())
    })
    .await?;
    page.script("document.querySelector('main').append(made)", vec![]).await?;
    opened().await?;
    page.script("dispatchEvent(new Event('go'))", vec![]).await?;
    page.wait_for_event_count(1, "briefing-load", "made").await?;
    stays("it is there once", async || {
        let all = briefing.find_all(".briefing").await?.len();
        ensure!(all == 1, "{all} times");
        Ok(())
    })
    .await?;
    briefing.part("play-button").await?.click().await?;
    briefing.plays().await
}

async fn changed_while_disconnected(page: &Page) -> Result<()> {
    for title in ["one", "two"] {
        page.site().add(&format!("/{title}.json"), "application/json", &walked(title).to_string());
    }
    page.open_page("<news-briefing id=made src=/one.json></news-briefing>").await?;
    let briefing = page.briefing();
    briefing.part("title").await?.text_becomes("one").await?;
    let change = "const made = document.querySelector('#made');
        const around = made.parentNode;
        made.remove();
        made.setAttribute('src', '/two.json');
        around.append(made);";
    page.script(change, vec![]).await?;
    briefing.part("title").await?.text_becomes("two").await?;
    page.wait_for_event_count(2, "briefing-load", "made").await
}

async fn replaced_inside(page: &Page) -> Result<()> {
    page.site().add("/other.json", "application/json", &walked("Other").to_string());
    let inside = format!(
        "<news-briefing id=made><script type=application/json>{}</script></news-briefing>",
        walked("Inside")
    );
    page.open_page(&inside).await?;
    let briefing = page.briefing();
    let title = async |title| briefing.part("title").await?.text_becomes(title).await;
    title("Inside").await?;
    // A first address, a later one, an article set by script, and an address again.
    for (change, shown) in [
        ("made.setAttribute('src', '/other.json')", "Other"),
        ("made.removeAttribute('src')", "Inside"),
        ("made.article = { ...made.article, title: 'Set' }", "Set"),
        ("made.setAttribute('src', '/other.json?again')", "Other"),
    ] {
        page.script(&format!("const made = document.querySelector('#made'); {change}"), vec![]).await?;
        title(shown).await.context(change)?;
    }
    page.wait_for_event_count(5, "briefing-load", "made").await?;

    // Calls made for the article inside are not for the one that replaces it before it has loaded.
    page.script(
        "const made = document.querySelector('#made');
        const other = document.createElement('news-briefing');
        other.id = 'made';
        other.setAttribute('loading', 'eager');
        other.append(made.querySelector('script'));
        made.replaceWith(other);
        other.currentTime = 3;
        other.play();
        other.article = { format: 'briefing', version: '1.0', title: 'Set', body: ['A text of some words, to be read.'] };",
        vec![],
    )
    .await?;
    title("Set").await?;
    stays("it is paused at the beginning", async || {
        ensure!(briefing.property("paused").await? == json!(true));
        ensure!(briefing.time().await? == 0.0);
        Ok(())
    })
    .await
}

async fn played_while_parsing(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &walked("Made").to_string());
    page.site().add(
        "/parsing.js",
        "text/javascript",
        "Object.defineProperty(document, 'readyState', { get: () => 'loading', configurable: true })",
    );
    page.open_page("<script src=/parsing.js></script><news-briefing id=made src=/made.json></news-briefing>")
        .await?;
    let briefing = page.briefing();
    page.script("document.querySelector('#made').play()", vec![]).await?;
    briefing.part("title").await?.text_becomes("Made").await?;
    briefing.plays().await?;
    page.script("delete document.readyState; dispatchEvent(new Event('DOMContentLoaded'))", vec![]).await?;
    stays("it plays on", async || {
        ensure!(briefing.property("paused").await? == json!(false));
        Ok(())
    })
    .await?;
    page.wait_for_event_count(1, "briefing-load", "made").await
}

async fn removed_before_it_is_reported(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &walked("Made").to_string());
    // Observers report in the order in which they were made.
    page.site().add(
        "/observer.js",
        "text/javascript",
        "const observer = new IntersectionObserver((entries) => {
            for (const { isIntersecting, target } of entries) if (isIntersecting) target.remove();
        }, { rootMargin: '750px', scrollMargin: '750px' });
        addEventListener('go', () => {
            const made = document.createElement('news-briefing');
            made.setAttribute('src', '/made.json');
            made.addEventListener('briefing-load', () => (window.hasLoaded = true));
            document.querySelector('main').prepend(made);
            observer.observe(made);
            window.made = made;
        });",
    );
    page.open_page("<script src=/observer.js></script>").await?;
    let is_defined = "return Boolean(customElements.get('news-briefing'))";
    until("the loader has run", async || {
        ensure!(page.script(is_defined, vec![]).await? == json!(true));
        Ok(())
    })
    .await?;
    page.script("dispatchEvent(new Event('go'))", vec![]).await?;
    until("it is removed", async || {
        ensure!(page.script("return made.isConnected", vec![]).await? == json!(false));
        Ok(())
    })
    .await?;
    stays("nothing loads", async || {
        let loads = "return [window.hasLoaded ?? false, Boolean(made.shadowRoot)]";
        ensure!(page.script(loads, vec![]).await? == json!([false, false]));
        Ok(())
    })
    .await
}

/// Sets another article at every moment around the rendering of the previous one: its strings are read just
/// before, and the microtask turns that follow lead up to its insertion. Returns the moments at which the
/// events differ from a single load of the other article.
const REPLACE: &str = "const [before, after, done] = arguments;
    const made = document.querySelector('#made');
    let events;
    for (const name of ['briefing-load', 'briefing-error']) {
        made.addEventListener(name, () => events.push(`${name} of ${made.article?.title}`));
    }
    let read;
    Object.defineProperty(made, 'words', { get: () => read() });
    const wrong = [];
    (async () => {
        for (let turns = 0; turns < 16; turns += 1) {
            const replaced = new Promise((resolve) => {
                read = async () => {
                    read = () => {};
                    for (let turn = 0; turn < turns; turn += 1) await null;
                    events = [];
                    made.article = after;
                    resolve();
                };
            });
            made.article = before;
            await replaced;
            // It comes, however busy the machine is; what comes besides comes soon after.
            for (let waits = 0; !events.length && waits < 100; waits += 1) {
                await new Promise((resolve) => setTimeout(resolve, 50));
            }
            await new Promise((resolve) => setTimeout(resolve, 100));
            if (events.join() !== 'briefing-load of After') wrong.push({ turns, events: [...events] });
        }
        done(wrong);
    })()";

async fn replaced_load_is_silent(page: &Page) -> Result<()> {
    page.open_page("<news-briefing id=made></news-briefing>").await?;
    let wrong = page.script_later(REPLACE, vec![walked("Before"), walked("After")]).await?;
    ensure!(wrong == json!([]), "{wrong}");
    Ok(())
}

/// Counts what could outlive a briefing: listeners on the window and the document, timers, elements.
const COUNT: &str = "(() => {
    const counted = { listeners: 0, timers: new Set() };
    window.counted = counted;
    const key = (type, listener, options) => listener && [type, Boolean(options?.capture ?? options)].join();
    for (const target of [window, document]) {
        const registered = new Map();
        const add = target.addEventListener.bind(target);
        const remove = target.removeEventListener.bind(target);
        const of = (listener) => registered.get(listener) ?? registered.set(listener, new Set()).get(listener);
        target.addEventListener = (type, listener, options) => {
            const known = of(listener), name = key(type, listener, options);
            if (name && !known.has(name)) { known.add(name); counted.listeners += 1; }
            add(type, listener, options);
        };
        target.removeEventListener = (type, listener, options) => {
            if (of(listener).delete(key(type, listener, options))) counted.listeners -= 1;
            remove(type, listener, options);
        };
    }
    for (const [set, clear, again] of [['setTimeout', 'clearTimeout', false], ['setInterval', 'clearInterval', true]]) {
        const begin = window[set], end = window[clear];
        window[set] = (task, ...rest) => {
            const id = begin(() => { if (!again) counted.timers.delete(id); task(); }, ...rest);
            // Whether a file still comes is looked at after minutes.
            if (!(rest[0] > 60000)) counted.timers.add(id);
            return id;
        };
        window[clear] = (id) => { counted.timers.delete(id); end(id); };
    }
})()";

/// Creates a thousand briefings and removes each at another moment of its life; half of them are prerendered.
/// The interface strings are in another language than the built-in one, so that there is more to wait for.
const CREATE_AND_REMOVE: &str = "const [times, done] = arguments;
    const main = document.querySelector('main');
    const article = (number) => ({ ...JSON.parse(prerendered.data.textContent), title: `Number ${number}` });
    const left = { shadow: 0, frames: 0 };
    const roots = [];
    (async () => {
        for (let number = 0; number < times; number += 1) {
            const made = document.createElement('news-briefing');
            made.setAttribute('loading', 'eager');
            if (number % 2) {
                made.attachShadow({ mode: 'open' }).append(prerendered.frame.cloneNode(true));
                made.append(prerendered.data.cloneNode(true));
            } else {
                made.article = article(number);
            }
            main.append(made);
            const gone = new Promise((resolve) => {
                const remove = () => { made.remove(); resolve(); };
                if (number % 3 === 0) {
                    // The moment something is drawn.
                    const look = setInterval(() => {
                        if (!made.shadowRoot) return;
                        clearInterval(look);
                        if (made.duration > 0 || number % 2) return remove();
                        const seen = new MutationObserver(() => { seen.disconnect(); remove(); });
                        seen.observe(made.shadowRoot, { childList: true, subtree: true });
                        setTimeout(remove, 20);
                    });
                } else if (number % 3 === 1) {
                    (async () => { for (let turns = 0; turns < number % 97; turns += 1) await null; remove(); })();
                } else {
                    setTimeout(remove, number % 7);
                }
            });
            await gone;
            roots.push(made);
        }
        await new Promise((resolve) => setTimeout(resolve, 2500));
        for (const { shadowRoot, paused } of roots) {
            // Prerendered content that has not been hydrated yet stays.
            left.shadow += shadowRoot?.querySelectorAll(':scope > div:not(.frame)').length ?? 0;
            left.frames += shadowRoot?.querySelectorAll('.player > .player, .failure, .waiting').length ?? 0;
            if (!paused) left.playing = true;
        }
        done({ left, listeners: counted.listeners, timers: counted.timers.size,
            elements: document.querySelectorAll('*').length });
    })()";

async fn nothing_is_left_behind(page: &Page) -> Result<()> {
    page.site().add("/count.js", "text/javascript", COUNT);
    // Data in a script element is not a script, but one engine notices that too late and reports it.
    page.expect_complaint("trusted-types-sink HTMLScriptElement");
    open(page, "<script src=/count.js></script>").await?;
    let first = page.script_later(CREATE_AND_REMOVE, vec![json!(50)]).await?;
    ensure!(first["left"] == json!({ "shadow": 0, "frames": 0 }), "{first}");
    // In parts: a driver limits a script to half a minute.
    for _ in 0..10 {
        let then = page.script_later(CREATE_AND_REMOVE, vec![json!(100)]).await?;
        ensure!(then == first, "{then} after {first}");
    }
    Ok(())
}

async fn broken_engine_is_inert(page: &Page) -> Result<()> {
    page.site().add("/made.json", "application/json", &timed(6).to_string());
    page.open_page("<news-briefing id=made src=/made.json></news-briefing>").await?;
    let briefing = page.briefing();
    briefing.shows_its_article().await?;
    briefing.call("play", vec![]).await?;
    briefing.plays().await?;
    // The briefing listens on the window for scrolling.
    briefing.named("Scroll along").await?.click().await?;
    briefing.make_engine_trap().await?;
    page.wait_for_event_count(1, "briefing-error", "made").await?;

    let next = "const next = document.createElement('news-briefing');
        next.id = 'next';
        next.setAttribute('src', '/made.json');
        document.querySelector('main').prepend(next)";
    page.script(next, vec![]).await?;
    let next = page.briefing_at("#next");
    next.shows_its_article().await?;
    next.call("play", vec![]).await?;
    next.plays().await?;
    for event in
        ["new WheelEvent('wheel')", "new FocusEvent('blur')", "new KeyboardEvent('keydown', { key: 'End' })"]
    {
        page.script(&format!("dispatchEvent({event})"), vec![]).await?;
    }
    stays("the next one plays on", async || {
        ensure!(next.property("paused").await? == json!(false), "it is paused");
        ensure!(page.event_count("briefing-error", "next").await? == 0, "it has failed too");
        Ok(())
    })
    .await?;
    page.wait_for_event_count(1, "briefing-error", "made").await
}

/// Records what is listened to from now on, as pairs of a target and an event type.
const RECORD: &str = "(() => {
    const { addEventListener } = EventTarget.prototype;
    window.recorded = [];
    EventTarget.prototype.addEventListener = function (type, ...rest) {
        recorded.push([this ?? window, type]);
        return addEventListener.call(this ?? window, type, ...rest);
    };
})()";

/// Keeps the prerendered nodes, which the engine adopts, as `adopted`.
const KEEP_ADOPTED: &str = "const { shadowRoot } = document.querySelector('#made');
    window.adopted = [shadowRoot, ...shadowRoot.querySelectorAll('*')];";

/// Dispatches each recorded type on each target that it was recorded on, and those of adopted nodes on all of them,
/// since events bubble. Returns the types by target; keeps as `effects` what changes and fails from then on.
const DISPATCH_RECORDED: &str = "window.effects = [];
    const observer = new MutationObserver((changes) => {
        for (const { type, target, attributeName, addedNodes, removedNodes } of changes) {
            // The colours of the page, which prerendered text follows without an engine, are read from such an element.
            if ([target, ...addedNodes, ...removedNodes].some(({ localName }) => localName === 'i')) continue;
            effects.push([type, attributeName, target.outerHTML?.slice(0, 200)].join(' '));
        }
    });
    for (const root of [document, adopted[0]]) {
        observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    }
    for (const type of ['error', 'unhandledrejection']) {
        addEventListener(type, ({ isTrusted, message, reason }) => isTrusted && effects.push(`${type} ${message ?? reason}`));
    }
    // The browser follows no link and toggles nothing by itself.
    addEventListener('click', (event) => event.preventDefault());
    const eventOf = (type) => {
        const options = { bubbles: true, cancelable: true, composed: true };
        if (/^key/.test(type)) return new KeyboardEvent(type, { ...options, key: 'End' });
        if (/^wheel/.test(type)) return new WheelEvent(type, { ...options, deltaY: 1 });
        if (/^(pointer|mouse|click)/.test(type)) return new PointerEvent(type, { ...options, pointerType: 'mouse' });
        if (/^(focus|blur)/.test(type)) return new FocusEvent(type, options);
        if (/toggle$/.test(type)) return new ToggleEvent(type, { ...options, oldState: 'closed', newState: 'open' });
        return new Event(type, options);
    };
    const typesOf = (targets) => new Set(recorded.filter(([target]) => targets.includes(target)).map(([, type]) => type));
    const found = { window: typesOf([window]), document: typesOf([document]), adopted: typesOf(adopted) };
    for (const [name, targets] of Object.entries({ window: [window], document: [document], adopted })) {
        for (const type of found[name]) {
            for (const target of targets) target.dispatchEvent(eventOf(type));
        }
    }
    return Object.fromEntries(Object.entries(found).map(([name, types]) => [name, [...types].sort()]));";

async fn no_event_reaches_a_broken_engine(page: &Page) -> Result<()> {
    let mut made = timed(6);
    made["summary"] = json!("A summary.[^a]");
    made["references"] = json!([{ "id": "a", "title": "A source" }]);
    made["key_points"] = json!([{ "text": "A point.", "detail": ["Its detail."] }]);
    let (fragment, _) = render(&["--assets", "/"], &made.to_string())?;
    let fragment = fragment.replacen("<news-briefing", "<news-briefing id=\"made\" deep-links", 1);
    page.site().add("/record.js", "text/javascript", RECORD);
    page.site().add("/adopted.js", "text/javascript", KEEP_ADOPTED);
    // The watch script reports the error events that this scenario dispatches.
    for complaint in ["uncaught error: undefined", "unhandled rejection: undefined"] {
        page.expect_complaint(complaint);
    }
    for breaks in [false, true] {
        page.open_page(&format!(
            "<script src=/record.js></script>{fragment}<script src=/adopted.js></script>"
        ))
        .await?;
        page.wait_for_event_count(1, "briefing-load", "made").await?;
        // In use, a briefing listens to more.
        let briefing = page.briefing();
        briefing.call("play", vec![]).await?;
        briefing.plays().await?;
        briefing.named("Scroll along").await?.click().await?;
        briefing.find("button[aria-haspopup]").await?.click().await?;
        briefing.find("#menu").await?.becomes_shown().await?;
        page.press(Key::Escape).await?;
        briefing.call("openReference", vec![json!("a")]).await?;
        briefing.popover().await?;
        page.press(Key::Escape).await?;
        if breaks {
            briefing.make_engine_trap().await?;
            page.wait_for_event_count(1, "briefing-error", "made").await?;
        } else {
            // Otherwise it changes by itself.
            briefing.call("pause", vec![]).await?;
            briefing.is_paused().await?;
        }
        let types = page.script(DISPATCH_RECORDED, vec![]).await?;
        ensure!(["window", "document", "adopted"].iter().all(|target| types[target] != json!([])), "{types}");
        let effects = async || page.script("return effects", vec![]).await;
        if breaks {
            stays("nothing has an effect", async || {
                let effects = effects().await?;
                ensure!(effects == json!([]), "{effects:#}");
                Ok(())
            })
            .await?;
        } else {
            // The same events do reach an engine that works.
            ensure!(effects().await? != json!([]), "no effect of {types}");
        }
    }
    Ok(())
}

/// Dispatches an error of the engine whose stack contains this script's address.
const DISPATCH_TRAP: &str = "const [file] = arguments;
    const error = Object.assign(new Error('unreachable'), { name: 'RuntimeError' });
    error.stack = `RuntimeError: unreachable\\n    at f (${file}:1:2)`;
    dispatchEvent(new ErrorEvent('error', { error, message: 'unreachable' }));";

async fn late_errors(page: &Page) -> Result<()> {
    page.expect_complaint("unreachable");
    page.site().add("/made.json", "application/json", &timed(3).to_string());
    page.open_page("<news-briefing id=made src=/made.json></news-briefing>").await?;
    let briefing = page.briefing();
    briefing.shows_its_article().await?;
    let scripts = async || {
        let all = "return performance.getEntriesByType('resource').map(({ name }) => name)
            .filter((name) => /\\/wasm\\/news-briefing\\.js/.test(name))";
        let all = page.script(all, vec![]).await?;
        Ok::<_, anyhow::Error>(serde_json::from_value::<Vec<String>>(all)?)
    };
    let first = scripts().await?.first().context("no engine")?.clone();
    // Two errors at the same time end the engine once; a request made in between starts exactly one new
    // engine.
    let both = format!(
        "const made = document.querySelector('#made');
        made.addEventListener('briefing-error', () => {{ made.article = arguments[1] }}, {{ once: true }});
        const dispatchTrap = (...arguments) => {{ {DISPATCH_TRAP} }};
        dispatchTrap(arguments[0]);
        dispatchTrap(arguments[0]);"
    );
    let again = article("Again", json!(["Text."]));
    page.script(&both, vec![json!(first), again]).await?;
    briefing.part("title").await?.text_becomes("Again").await?;
    page.wait_for_event_count(1, "briefing-error", "made").await?;
    let mut all = scripts().await?;
    all.dedup();
    ensure!(all.iter().filter(|name| name.ends_with("?1")).count() >= 1, "{all:?}");
    ensure!(!all.iter().any(|name| name.ends_with("?2")), "there was a third engine: {all:?}");
    // A late error of the first engine does not affect the second; an error of the second engine does.
    page.script(DISPATCH_TRAP, vec![json!(first)]).await?;
    stays("it is there", async || briefing.part("title").await?.text_becomes("Again").await).await?;
    page.wait_for_event_count(1, "briefing-error", "made").await?;
    page.script(DISPATCH_TRAP, vec![json!(format!("{first}?1"))]).await?;
    page.wait_for_event_count(2, "briefing-error", "made").await
}

async fn focus_after_a_retry(page: &Page) -> Result<()> {
    page.expect_complaint("status of 404");
    for leaves in [true, false] {
        page.site().remove_file("/held/later.json");
        page.open_page(
            "<input id=elsewhere aria-label=Elsewhere><news-briefing id=made src=/later.json></news-briefing>",
        )
        .await?;
        let briefing = page.briefing();
        let title = if leaves { "While they are gone" } else { "While they wait" };
        briefing.named("Try again").await?;
        let slow = article(title, json!(["Text."])).to_string();
        page.site().add("/later.json", "application/json", &slow);
        // The fetch is held back, so that the focus can move meanwhile.
        let hold_fetch = "const { fetch } = window;
            window.fetch = async (...request) => {
                await new Promise((resolve) => addEventListener('go', resolve, { once: true }));
                return fetch(...request);
            }";
        page.script(hold_fetch, vec![]).await?;
        briefing.named("Try again").await?.press(Key::Enter).await?;
        let waiting = briefing.find("[role=status]").await?;
        waiting.gets_focus().await?;
        if leaves {
            page.element("#elsewhere").await?.click().await?;
        }
        page.script("dispatchEvent(new Event('go'))", vec![]).await?;
        briefing.part("title").await?.text_becomes(title).await?;
        page.wait_for_event_count(1, "briefing-load", "made").await?;
        if leaves {
            stays("the focus stays where the reader moved it", async || {
                page.element("#elsewhere").await?.gets_focus().await
            })
            .await?;
        } else {
            briefing.part("title").await?.gets_focus().await?;
        }
        page.site().remove_file("/later.json");
    }
    Ok(())
}

/// The maximum number of steps of a walk, and its maximum duration in milliseconds.
const MAX_STEPS: usize = 4_000;
const MAX_MILLISECONDS: usize = 60_000;

#[expect(clippy::print_stdout, reason = "a walk that passes has no other place to report its seed")]
async fn random_walk(page: &Page) -> Result<()> {
    // A random seed by default; a given seed repeats its walk.
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.subsec_nanos();
    let seed = std::env::var("NEWS_BRIEFING_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(now);
    page.expect_complaint("status of 404");
    page.expect_complaint("unreachable");
    page.expect_complaint("trusted-types-sink HTMLScriptElement");
    for title in ["/a.json", "/b.json"] {
        page.site().add(title, "application/json", &walked(title).to_string());
    }
    page.site().allow_other_origins()?;
    page.site().add(
        "/frame.html",
        "text/html",
        "<!doctype html><html lang=\"en\"><head><title>Framed</title></head><body></body></html>",
    );
    page.site().add("/walk.js", "text/javascript", include_str!("walk.js"));
    open(
        page,
        "<div id=one></div><div id=two></div><iframe title=\"Another document\" src=/frame.html></iframe>
        <script type=module src=/walk.js></script>",
    )
    .await?;
    page.script("walk(...arguments)", vec![json!(seed), json!(MAX_STEPS), json!(MAX_MILLISECONDS)]).await?;
    let mut walked = Value::Null;
    for _ in 0..MAX_MILLISECONDS / 1_000 {
        // The walk ends by itself, successfully or not.
        let waits = "const done = arguments[0];
            const end = performance.now() + 3000;
            const look = () => walked || performance.now() > end ? done(walked) : setTimeout(look, 50);
            look()";
        walked = page.script_later(waits, vec![]).await?;
        if !walked.is_null() {
            break;
        }
    }
    ensure!(
        walked["wrong"].is_null(),
        "with NEWS_BRIEFING_SEED={seed}: {}",
        walked["wrong"].as_str().unwrap_or("")
    );
    ensure!(!walked.is_null(), "with NEWS_BRIEFING_SEED={seed} it does not end");
    println!(
        "a walk of {} steps, {} checks, {} broken engines; NEWS_BRIEFING_SEED={seed}",
        walked["steps"], walked["checks"], walked["traps"]
    );
    Ok(())
}
