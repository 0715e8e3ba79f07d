//! The briefing as a plain element in another Yew application, and the component of the same name
//! within that application.
#![allow(clippy::expect_used, reason = "a test may fail")]

use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::JSON;
use news_briefing::article::{Article, Json, read};
use news_briefing::view::{Briefing, STYLES};
use serde::Deserialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use yew::prelude::*;

/// The content of the applications of all frameworks.
const FRONT_PAGE: &str = include_str!("../front-page.json");

/// The front page, with its articles in the form that the element accepts.
#[derive(Deserialize)]
struct FrontPage {
    #[serde(with = "serde_wasm_bindgen::preserve")]
    leads: JsValue,
    others: Vec<Other>,
}

#[derive(Clone, PartialEq, Deserialize)]
struct Other {
    id: Rc<str>,
    src: Rc<str>,
}

#[wasm_bindgen(inline_js = "export const adopt = (css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
}")]
extern "C" {
    fn adopt(css: &str);
}

#[component]
fn Paper() -> Html {
    let front_page = use_memo((), |()| {
        let parsed = JSON::parse(FRONT_PAGE).expect("the front page is JSON");
        serde_wasm_bindgen::from_value::<FrontPage>(parsed).expect("the front page is as it was written")
    });
    let lead = use_state(|| 0);
    let others = use_state(|| front_page.others.clone());
    let shown = use_state(|| true);
    let log = use_reducer(Log::default);

    let paper = use_node_ref();
    {
        let log = log.dispatcher();
        use_effect_with(paper.clone(), move |paper| {
            let paper = paper.cast::<web_sys::Element>().expect("the paper is drawn");
            let listen = |name| {
                let log = log.clone();
                EventListener::new(&paper, name, move |event| {
                    let id = event.target_dyn_into::<web_sys::Element>().expect("it has one").id();
                    // From the other elements, log only the event that the applications of other
                    // frameworks listen for.
                    if id == "lead" || event.type_() != "briefing-key-point" {
                        log.dispatch(format!("{} {id}", event.type_()));
                    }
                })
            };
            let listeners = ["briefing-load", "briefing-key-point", "play"].map(listen);
            move || drop(listeners)
        });
    }

    let change = Callback::from({
        let lead = lead.clone();
        move |_| lead.set(1 - *lead)
    });
    let reverse = Callback::from({
        let others = others.clone();
        move |_| others.set(others.iter().rev().cloned().collect())
    });
    let toggle = Callback::from({
        let shown = shown.clone();
        move |_| shown.set(!*shown)
    });
    let article = js_sys::Reflect::get_u32(&front_page.leads, *lead).unwrap_or_default();
    html! {
        <div ref={paper}>
            <button id="change" onclick={change}>{ "Another lead" }</button>
            <button id="reverse" onclick={reverse}>{ "The other way round" }</button>
            <button id="toggle" onclick={toggle}>{ "Show or hide" }</button>
            <div>
                if *shown {
                    <news-briefing id="lead" loading="eager" ~article={article.clone()} />
                }
            </div>
            <div>
                for other in others.iter() {
                    <news-briefing key={&*other.id} id={other.id.clone()} src={other.src.clone()} loading="eager">
                        <p>{ "The page’s own words." }</p>
                    </news-briefing>
                }
            </div>
            <section id="component">
                <Briefing article={component_article(&article)} id_prefix="component-" />
            </section>
            <ol id="log">
                for (index, entry) in log.0.iter().enumerate() {
                    <li key={index}>{ entry }</li>
                }
            </ol>
        </div>
    }
}

/// The events that the application received.
#[derive(Default)]
struct Log(Vec<String>);

impl Reducible for Log {
    type Action = String;

    fn reduce(self: Rc<Self>, entry: String) -> Rc<Self> {
        let mut entries = self.0.clone();
        entries.push(entry);
        Rc::new(Self(entries))
    }
}

/// Converts an article to the form that the component accepts.
fn component_article(article: &JsValue) -> Rc<Article> {
    let json: Json = serde_wasm_bindgen::from_value(article.clone()).expect("the article is JSON");
    Rc::new(read(&json).article.expect("the article can be read"))
}

fn main() {
    adopt(STYLES);
    let root = place().expect("the page has a place for it");
    yew::Renderer::<Paper>::with_root(root).render();
}

/// Returns the element of the page that contains the application.
fn place() -> Option<web_sys::Element> {
    web_sys::window()?.document()?.get_element_by_id("app")
}
