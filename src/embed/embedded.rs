use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{Element, ShadowRoot};
use yew::{AppHandle, AttrValue, Callback, Renderer};

use super::beginning::{beginning, painted};
use super::json::json;
use super::voice::{Speech, Voice};
use super::{detail, furnish};
use crate::article::{Article, Reading, read};
use crate::playback;
use crate::timeline::Pace;
use crate::view::{Edition, Event, Glance, STYLES, Sections, Session, Shell, ShellProps, Stage, Words};

/// The briefing inside one element. Its methods may be called while it tells of an event.
#[wasm_bindgen]
pub struct Embedded {
    root: ShadowRoot,
    /// What all is drawn in.
    host: Element,
    /// Made when there is something to draw.
    shell: RefCell<Option<AppHandle<Shell>>>,
    /// What was rendered ahead of the page, until there is an article to see.
    ahead: RefCell<Option<Element>>,
    session: RefCell<Option<Session>>,
    /// What is seen of an article that is being read.
    glance: RefCell<Option<Glance>>,
    words: RefCell<Words>,
    /// What reads aloud what is shown next, if anything shall.
    voice: RefCell<Option<Speech>>,
    /// Those of the article that is shown or about to be.
    problems: Rc<RefCell<Array>>,
    emit: Emit,
    on_event: Callback<Event>,
    on_retry: Callback<()>,
}

#[wasm_bindgen]
impl Embedded {
    /// Begins to show a briefing in a shadow root, which is emptied; one that was rendered ahead is
    /// seen until the article is there, and then taken over. `emit` is called with the name and the
    /// detail of each event, `retry` when the reader asks for the article once more.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(root: ShadowRoot, emit: Function, retry: Function) -> Self {
        let host = furnish::host(&root, STYLES);
        let ahead = host.previous_element_sibling();
        let emit = Emit(emit);
        let told = emit.clone();
        let problems = Rc::new(RefCell::new(Array::new()));
        let found = Rc::clone(&problems);
        let on_event = Callback::from(move |event: Event| {
            // Where it bubbled, a page would take it for an error of its own; that it pauses is told.
            if !matches!(event, Event::Playback(playback::Event::Error(_))) {
                let (name, detail) = name_and_detail(&event, &found.borrow());
                told.call(name, &detail);
            }
        });
        let on_retry = Callback::from(move |()| {
            let _ = retry.call0(&JsValue::UNDEFINED);
        });
        Self {
            root,
            host,
            shell: RefCell::default(),
            ahead: RefCell::new(ahead),
            session: RefCell::default(),
            glance: RefCell::default(),
            words: RefCell::default(),
            voice: RefCell::default(),
            problems,
            emit,
            on_event,
            on_retry,
        }
    }

    /// Has the stylesheet of the document that the shadow root is in now.
    pub fn style(&self) {
        if self.ahead.borrow().is_none() {
            furnish::style(&self.root, STYLES);
        }
    }

    /// Sets the words of the interface, from the parsed file of a language or `undefined`.
    pub fn speak(&self, words: JsValue) {
        self.words.replace(json(&words).map(|json| Words::from_json(&json)).unwrap_or_default());
    }

    /// Gives what is shown next a voice to be read aloud by, or takes it away.
    #[wasm_bindgen(setter)]
    pub fn set_voice(&self, voice: Option<Speech>) {
        self.voice.replace(voice);
    }

    /// Shows that the article is on its way.
    pub fn loading(&self) {
        self.stage(Stage::Loading);
    }

    /// Shows that the article did not come.
    pub fn failed(&self) {
        self.stage(Stage::Failed);
    }

    /// Shows the beginning of an article, if it is a long one, and resolves when that is on the
    /// screen. To be called before [`Embedded::show`], with the same: reading and drawing all of a
    /// long article takes many times as long.
    pub fn glance(&self, article: &JsValue, language: &str, base: &str) -> Option<Promise> {
        if self.ahead.borrow().is_some() {
            return None;
        }
        let beginning = beginning(article).ok().filter(JsValue::is_object)?;
        let article = read(&json(&beginning).ok()?).article?;
        let glance = Glance::of(&self.edition(article, language, base).as_beginning())?;
        self.stage(Stage::Glance(glance.clone()));
        self.glance.replace(Some(glance));
        painted().ok()
    }

    /// Shows an article from its parsed JSON, in the interface of a language. Relative addresses
    /// in it are resolved against `base`. Returns the problems found. Once the article stands on the
    /// page, `briefing-load` is emitted; with an error among the problems it is not shown, and
    /// `briefing-error` is emitted at once.
    pub fn show(&self, article: JsValue, language: &str, base: &str) -> Array {
        let reading = json(&article).map_or_else(
            |_| Reading::failed("this cannot be read as JSON: it throws errors".to_owned()),
            |json| read(&json),
        );
        let stage = match reading.article {
            Some(article) => {
                let edition = Rc::new(self.edition(article, language, base));
                let voice = self.voice.take().filter(|_| edition.is_aloud());
                let voice = voice.map(|speech| Voice::boxed(speech, Rc::clone(&edition)));
                Stage::Ready(Session::after(self.glance.take(), edition, voice, self.on_event.clone()))
            }
            None => Stage::Unreadable,
        };
        let problems = detail::problems(&reading.problems);
        self.problems.replace(problems.clone());
        self.stage(stage);
        if !self.shown() {
            self.emit.call("briefing-error", &detail::refusal(&reading.problems, &problems));
        }
        problems
    }

    /// Whether there is an article to see.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn shown(&self) -> bool {
        self.session.borrow().is_some()
    }

    /// Plays.
    pub fn play(&self) {
        self.session().iter().for_each(Session::play);
    }

    /// Pauses.
    pub fn pause(&self) {
        self.session().iter().for_each(Session::pause);
    }

    /// Whether it is not playing.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn paused(&self) -> bool {
        self.session().as_ref().is_none_or(Session::paused)
    }

    /// Whether it has played to its end.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn ended(&self) -> bool {
        self.session().as_ref().is_some_and(Session::ended)
    }

    /// Where it is, in seconds.
    #[wasm_bindgen(getter, js_name = currentTime)]
    #[must_use]
    pub fn current_time(&self) -> f64 {
        self.session().as_ref().map_or(0.0, Session::current_time)
    }

    /// Goes to a time in seconds.
    #[wasm_bindgen(setter, js_name = currentTime)]
    pub fn set_current_time(&self, seconds: f64) {
        self.session().iter().for_each(|session| session.seek(seconds));
    }

    /// How long it all takes, in seconds; not a number before there is an article.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn duration(&self) -> f64 {
        self.session().as_ref().map_or(f64::NAN, Session::duration)
    }

    /// How fast it plays.
    #[wasm_bindgen(getter, js_name = playbackRate)]
    #[must_use]
    pub fn playback_rate(&self) -> f64 {
        self.session().as_ref().map_or(1.0, Session::rate)
    }

    /// Sets how fast it plays.
    #[wasm_bindgen(setter, js_name = playbackRate)]
    pub fn set_playback_rate(&self, rate: f64) {
        self.session().iter().for_each(|session| session.set_rate(rate));
    }

    /// Opens the popover of a reference.
    #[wasm_bindgen(js_name = openReference)]
    pub fn open_reference(&self, id: &str) {
        self.session().iter().for_each(|session| session.open_reference(id));
    }

    /// Takes the briefing off the page and lets go of everything.
    pub fn destroy(self) {
        if let Some(shell) = self.shell.into_inner() {
            shell.destroy();
        }
    }

    /// An article as the element asks for it.
    fn edition(&self, article: Article, language: &str, base: &str) -> Edition {
        let names = self.root.host().get_attribute("sections").unwrap_or_default();
        let base = Some(AttrValue::from(base.to_owned()));
        let (sections, prefix) = (Sections::from_names(&names), AttrValue::default());
        let pace = if self.voice.borrow().is_some() { Pace::Listening } else { Pace::Reading };
        Edition::new(article, sections, self.words(), language, base, prefix, pace)
    }

    fn words(&self) -> Words {
        self.words.borrow().clone()
    }

    /// What is read, as a handle of its own: what is called of it may call back here.
    fn session(&self) -> Option<Session> {
        self.session.borrow().clone()
    }

    fn stage(&self, stage: Stage) {
        self.glance.take();
        match (&stage, self.ahead.take()) {
            (Stage::Ready(session), Some(frame)) => {
                furnish::style(&self.root, STYLES);
                if !session.adopt(&frame) {
                    frame.remove();
                }
            }
            (_, Some(frame)) => {
                // It is better than what there is to say.
                self.ahead.replace(Some(frame));
                return;
            }
            (_, None) => {}
        }
        self.session.replace(match &stage {
            Stage::Ready(session) => Some(session.clone()),
            _ => None,
        });
        let props = ShellProps { stage, words: self.words(), on_retry: self.on_retry.clone() };
        let mut shell = self.shell.borrow_mut();
        match &mut *shell {
            Some(shell) => shell.update(props),
            None => {
                let renderer = Renderer::<Shell>::with_root_and_props(self.host.clone(), props);
                *shell = Some(renderer.render());
            }
        }
    }
}

/// Tells the element of an event.
#[derive(Clone)]
struct Emit(Function);

impl Emit {
    fn call(&self, name: &str, detail: &JsValue) {
        // What a listener of the page throws is the page's.
        let _ = self.0.call2(&JsValue::UNDEFINED, &JsValue::from_str(name), detail);
    }
}

fn name_and_detail(event: &Event, problems: &Array) -> (&'static str, JsValue) {
    match event {
        Event::Ready => ("briefing-load", detail::object(&[("problems", problems.into())])),
        Event::Playback(event) => (event.name(), JsValue::NULL),
        Event::Progress { passage, time, duration } => (
            "briefing-progress",
            detail::object(&[
                ("passage", detail::text(passage.as_ref())),
                ("currentTime", (*time).into()),
                ("duration", (*duration).into()),
            ]),
        ),
        Event::Reference { id, number } => (
            "briefing-reference",
            detail::object(&[("id", detail::text(Some(id))), ("number", JsValue::from(*number as u32))]),
        ),
        Event::KeyPoint { id, open } => (
            "briefing-key-point",
            detail::object(&[("id", detail::text(Some(id))), ("open", (*open).into())]),
        ),
    }
}
