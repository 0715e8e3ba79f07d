//! The component on a page, used by mouse and keyboard.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use news_briefing::article::{Article, read};
use news_briefing::view::{Briefing, BriefingProps, Event, Sections, Words};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::{AppHandle, Callback, Renderer};

use crate::js::{drawn, parse, until};

const ARTICLE: &str = r#"{
    "format": "briefing", "version": "1.0", "title": "Talks <b>resume</b>", "lang": "en",
    "key_points": ["A point.[1,2]", { "id": "k2", "text": "Another.", "detail": ["More."], "supports": ["p1"] }],
    "body": ["As Reuters said, talks resume.", "A second paragraph, with some more words in it.[^r2]", "A third."],
    "references": [
        { "id": "r1", "title": "Talks to resume", "publisher": "Reuters", "url": "https://r.example/1" },
        { "id": "r2", "title": "会谈将恢复", "publisher": "新华社", "lang": "zh" }
    ]
}"#;

static MOUNTED: AtomicUsize = AtomicUsize::new(0);

/// A briefing on the page, and the events that it reported.
struct Mounted {
    host: Element,
    events: Rc<RefCell<Vec<Event>>>,
    app: Option<AppHandle<Briefing>>,
}

impl Mounted {
    async fn new() -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let host = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&host).unwrap();
        let events = Rc::new(RefCell::new(Vec::new()));
        let on_event = {
            let events = Rc::clone(&events);
            Callback::from(move |event| events.borrow_mut().push(event))
        };
        let props = BriefingProps {
            article: Rc::new(article()),
            sections: Sections::ALL,
            words: Words::default(),
            base: None,
            // A failed test leaves its briefing on the page, so ids must be unique.
            id_prefix: format!("test-{}-", MOUNTED.fetch_add(1, Relaxed)).into(),
            on_event,
        };
        let app = Renderer::<Briefing>::with_root_and_props(host.clone(), props).render();
        let mounted = Self { host, events, app: Some(app) };
        assert!(until(|| mounted.has_emitted(|event| matches!(event, Event::Ready))).await);
        mounted
    }

    fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.host.query_selector_all(selector).unwrap();
        (0..found.length()).map(|index| found.get(index).unwrap().unchecked_into()).collect()
    }

    fn one(&self, selector: &str) -> HtmlElement {
        self.all(selector).into_iter().next().unwrap_or_else(|| panic!("no {selector}"))
    }

    fn has_emitted(&self, matches: impl Fn(&Event) -> bool) -> bool {
        self.events.borrow().iter().any(matches)
    }

    fn now(&self) -> f64 {
        self.one("[part=progress]").get_attribute("aria-valuenow").unwrap().parse().unwrap()
    }

    async fn press(&self, key: &str) {
        let init = web_sys::KeyboardEventInit::new();
        init.set_key(key);
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        self.one("[part=progress]").dispatch_event(&event).unwrap();
        drawn().await;
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.host.remove();
    }
}

fn article() -> Article {
    let result = read(&parse(ARTICLE));
    assert_eq!(result.problems, []);
    result.article.unwrap()
}

#[wasm_bindgen_test]
async fn part_counts_match_the_article() {
    let briefing = Mounted::new().await;
    for (part, count) in [
        ("title", 1),
        ("key-point", 2),
        ("block", 3),
        ("citation", 3),
        ("popover", 2),
        ("reference", 2),
        ("progress", 1),
    ] {
        assert_eq!(briefing.all(&format!("[part~={part}]")).len(), count, "{part}");
    }
    assert_eq!(briefing.one("[part=title]").text_content().unwrap(), "Talks <b>resume</b>");
    assert!(briefing.all("[part=title] b, [onclick]").is_empty());
}

#[wasm_bindgen_test]
async fn a_key_point_unfolds_and_emits_an_event() {
    let briefing = Mounted::new().await;
    let details = briefing.one("[part=key-point] details");
    assert!(!details.has_attribute("open"));
    details.query_selector("summary").unwrap().unwrap().unchecked_into::<HtmlElement>().click();
    let unfolded = |event: &Event| matches!(event, Event::KeyPoint { id, open: true } if &**id == "k2");
    assert!(until(|| briefing.has_emitted(unfolded)).await);
    assert!(details.has_attribute("open"));
}

#[wasm_bindgen_test]
async fn a_citation_opens_its_source_and_emits_an_event() {
    let briefing = Mounted::new().await;
    let citations = briefing.all("button[popovertarget]");
    citations[2].click();
    drawn().await;
    let open = briefing.all(".popover:popover-open");
    assert_eq!(open.len(), 1);
    assert!(open[0].text_content().unwrap().contains("会谈将恢复"));
    assert!(briefing.has_emitted(|event| matches!(event, Event::Reference { number: 2, .. })));
    open[0].hide_popover().unwrap();
}

#[wasm_bindgen_test]
async fn the_player_plays_pauses_and_seeks_by_key() {
    let briefing = Mounted::new().await;
    let button = briefing.one("[part=play-button]");
    button.click();
    drawn().await;
    assert!(briefing.has_emitted(|event| matches!(event, Event::Playback(event) if event.name() == "play")));
    button.click();
    drawn().await;
    assert!(briefing.has_emitted(|event| matches!(event, Event::Playback(event) if event.name() == "pause")));

    briefing.press("End").await;
    let slider = briefing.one("[part=progress]");
    let end: f64 = slider.get_attribute("aria-valuemax").unwrap().parse().unwrap();
    assert!(end > 3.0 && (briefing.now() - end).abs() < 1.0, "{} of {end}", briefing.now());
    briefing.press("Home").await;
    assert!(briefing.now() < 1.0);
    briefing.press("PageUp").await;
    assert!(briefing.now() > 0.0);
    assert!(slider.get_attribute("aria-valuetext").unwrap().contains("key point 1 of 2"));
}

#[wasm_bindgen_test]
async fn removal_leaves_nothing_on_the_page() {
    let mut briefing = Mounted::new().await;
    briefing.one("[part=play-button]").click();
    drawn().await;
    briefing.app.take().unwrap().destroy();
    drawn().await;
    assert_eq!(briefing.host.inner_html(), "");
}
