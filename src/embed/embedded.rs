use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, ShadowRoot};
use yew::platform::spawn_local;
use yew::{AppHandle, AttrValue, Callback, Renderer};

use super::first_screen::first_screen;
use super::json::json;
use super::normalize::normalize;
use super::recording::Recording;
use super::voice::{Speech, Voice};
use super::{detail, shadow_root};
use crate::article::{Article, Json, Problem, ReadResult, SpokenPassage, read_with};
use crate::playback::{self, Clock};
use crate::timeline::Pace;
use crate::view::{
    Controller, DrawnText, Event, FirstScreen, LoadState, Rest, Root, RootProps, STYLES, Sections, Sound,
    ViewModel, Words,
};

/// The message for an article whose getters throw.
const UNREADABLE: &str = "this cannot be read as JSON: it throws errors";

/// The briefing inside one element. Its methods may be called by listeners of its own events.
#[wasm_bindgen]
pub struct Embedded {
    root: ShadowRoot,
    /// The element that everything is rendered into.
    host: Element,
    /// Made when there is something to draw.
    app: RefCell<Option<AppHandle<Root>>>,
    /// What was rendered ahead of the page, until there is an article to see.
    ahead: RefCell<Option<Element>>,
    controller: RefCell<Option<Controller>>,
    /// What is seen of an article that is being read.
    first_screen: RefCell<Option<FirstScreen>>,
    words: RefCell<Words>,
    /// The article that is about to be shown.
    pending: RefCell<Option<PendingArticle>>,
    /// What reads aloud what is shown next, if anything shall.
    voice: RefCell<Option<Speech>>,
    /// What plays the recording of what is shown next, if it has one.
    recording: RefCell<Option<Recording>>,
    /// The audio element in which that of what is shown is played.
    audio: RefCell<Option<HtmlElement>>,
    /// The voice of the article that is shown.
    given_voice: RefCell<Option<Speech>>,
    /// Those of the article that is shown or about to be.
    problems: Rc<RefCell<Vec<Problem>>>,
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
        let host = shadow_root::host(&root, STYLES);
        let ahead = shadow_root::ahead(&root);
        let _ = shadow_root::follow_ground(&root);
        let emit = Emit(emit);
        let told = emit.clone();
        let problems = Rc::new(RefCell::new(Vec::new()));
        let found = Rc::clone(&problems);
        let on_event = Callback::from(move |event: Event| {
            // Where it bubbled, a page would take it for an error of its own; that it pauses is an event already.
            if !matches!(event, Event::Playback(playback::Event::Error(_))) {
                let (name, detail) = detail::of(&event, &found.borrow());
                told.call(name, &detail);
            }
        });
        let on_retry = Callback::from(move |()| {
            let _ = retry.call0(&JsValue::UNDEFINED);
        });
        Self {
            root,
            host,
            app: RefCell::default(),
            ahead: RefCell::new(ahead),
            controller: RefCell::default(),
            first_screen: RefCell::default(),
            pending: RefCell::default(),
            words: RefCell::default(),
            voice: RefCell::default(),
            recording: RefCell::default(),
            audio: RefCell::default(),
            given_voice: RefCell::default(),
            problems,
            emit,
            on_event,
            on_retry,
        }
    }

    /// Has the stylesheet of the document that the shadow root is in now, and the ground of its place there.
    pub fn style(&self) {
        if self.ahead.borrow().is_none() {
            shadow_root::style(&self.root, STYLES);
        }
        let _ = shadow_root::follow_ground(&self.root);
    }

    /// Sets the words of the interface, from the parsed file of a language or `undefined`, and the language they
    /// are in.
    #[wasm_bindgen(js_name = setWords)]
    pub fn set_words(&self, words: JsValue, language: &str) {
        let words = json(&words).map(|json| Words::from_json(&json)).unwrap_or_default();
        self.words.replace(words.in_language(language));
    }

    /// A word of the interface that has one form, by its key in the files of the languages; empty where there is none.
    #[must_use]
    pub fn word(&self, key: &str) -> String {
        self.words.borrow().by_key(key).map(|word| word.to_string()).unwrap_or_default()
    }

    /// Gives what is shown next a voice to be read aloud by, or takes it away.
    #[wasm_bindgen(setter)]
    pub fn set_voice(&self, voice: Option<Speech>) {
        self.voice.replace(voice);
    }

    /// Gives what is shown next what plays its recording, or takes it away.
    #[wasm_bindgen(setter)]
    pub fn set_recording(&self, recording: Option<Recording>) {
        self.recording.replace(recording);
    }

    /// Shows that the article is on its way.
    pub fn loading(&self) {
        self.set_state(LoadState::Loading);
    }

    /// Shows that the article did not come.
    pub fn failed(&self) {
        self.set_state(LoadState::Failed);
    }

    /// Shows the first screenful of an article, if it is a long one; returns whether it is. To be called
    /// before [`Embedded::begin`], with the same: reading and drawing all of a long article takes many
    /// times as long.
    #[wasm_bindgen(js_name = firstScreen)]
    pub fn first_screen(&self, article: &JsValue, language: &str, base: &str) -> bool {
        self.try_first_screen(article, language, base).is_some()
    }

    /// Shows an article from its parsed JSON, in the interface of a language. Relative addresses
    /// in it are resolved against `base`. Once the article stands on the page, `briefing-load` is emitted;
    /// with an error among its problems it is not shown, and `briefing-error` is emitted at once.
    pub fn show(&self, article: JsValue, language: String, base: String) {
        self.begin(article, language, base);
        while self.advance(usize::MAX).is_some() {}
    }

    /// Begins to show an article, as [`Embedded::show`] does, in as many tasks as it takes for a page to
    /// stay responsive: one for each call of [`Embedded::advance`].
    pub fn begin(&self, article: JsValue, language: String, base: String) {
        self.pending.replace(Some(PendingArticle { language, base, phase: Phase::Given(article) }));
    }

    /// Goes on to show what was begun; of the text, with about so many elements. Returns whether that was to draw
    /// some; nothing once there is no more to do.
    pub fn advance(&self, elements: usize) -> Option<bool> {
        let PendingArticle { language, base, phase } = self.pending.take()?;
        let mut has_drawn = false;
        let phase = match phase {
            Phase::Given(article) => Phase::Json(json(&article).ok()),
            Phase::Json(json) => {
                let failed = || ReadResult::failed(UNREADABLE.to_owned());
                Phase::Read(Box::new(json.map_or_else(failed, |json| read_with(&json, normalize))))
            }
            Phase::Read(result) => {
                let ReadResult { article, problems } = *result;
                self.problems.replace(problems);
                let Some(article) = article else {
                    self.set_state(LoadState::Unreadable);
                    self.emit.call("briefing-error", &detail::refusal(&self.problems.borrow()));
                    return None;
                };
                let model = Rc::new(self.model(article, &language, &base));
                let rest = self.first_screen.borrow().as_ref().map(|first_screen| first_screen.rest(&model));
                Phase::Drawing(model, rest)
            }
            Phase::Drawing(model, Some(rest)) => {
                has_drawn = true;
                Phase::Drawing(model, rest.draw(elements).then_some(rest))
            }
            Phase::Drawing(model, None) => {
                self.put(model);
                return None;
            }
        };
        self.pending.replace(Some(PendingArticle { language, base, phase }));
        Some(has_drawn)
    }

    /// Shows the article that is shown otherwise: in other words, with other sections, with another voice, or
    /// read anew. What stays the same stays on the page as it is, and so do its place and whether it plays. One
    /// that cannot be shown changes nothing, and `briefing-error` is emitted.
    pub fn change(&self, article: JsValue, language: &str, base: &str) {
        let Some(controller) = self.controller() else { return };
        let result = match json(&article) {
            Ok(json) => read_with(&json, normalize),
            Err(_) => ReadResult::failed(UNREADABLE.to_owned()),
        };
        let Some(article) = result.article else {
            self.emit.call("briefing-error", &detail::refusal(&result.problems));
            return;
        };
        self.problems.replace(result.problems);
        let model = Rc::new(self.model(article, language, base));
        let before = controller.redraw(Rc::clone(&model));
        let voice_before = self.given_voice.borrow().clone();
        let audio_before = self.audio.borrow().clone();
        let recording = self.take_recording(controller.text(), &model);
        let is_same_audio = *self.audio.borrow() == audio_before;
        let clocks = self.clocks(recording.as_ref(), &model);
        if is_same_audio && controller.sound() == Sound::Recording {
            controller.change_others(clocks);
        } else {
            let is_same = is_same_audio && *self.given_voice.borrow() == voice_before;
            controller.change_clocks(&before, clocks, !is_same);
        }
        listen(recording.as_ref(), &controller);
        self.update(LoadState::Ready(controller));
    }

    /// Whether there is an article to see.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn shown(&self) -> bool {
        self.controller.borrow().is_some()
    }

    /// Plays.
    pub fn play(&self) {
        self.controller().iter().for_each(Controller::play);
    }

    /// Pauses.
    pub fn pause(&self) {
        self.controller().iter().for_each(Controller::pause);
    }

    /// Whether it is not playing.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn paused(&self) -> bool {
        self.controller().as_ref().is_none_or(Controller::paused)
    }

    /// Whether it has played to its end.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn ended(&self) -> bool {
        self.controller().as_ref().is_some_and(Controller::ended)
    }

    /// Where it is, in seconds.
    #[wasm_bindgen(getter, js_name = currentTime)]
    #[must_use]
    pub fn current_time(&self) -> f64 {
        self.controller().as_ref().map_or(0.0, Controller::current_time)
    }

    /// Goes to a time in seconds.
    #[wasm_bindgen(setter, js_name = currentTime)]
    pub fn set_current_time(&self, seconds: f64) {
        self.controller().iter().for_each(|controller| controller.seek(seconds));
    }

    /// How long it all takes, in seconds; not a number before there is an article.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn duration(&self) -> f64 {
        self.controller().as_ref().map_or(f64::NAN, Controller::duration)
    }

    /// How fast it plays.
    #[wasm_bindgen(getter, js_name = playbackRate)]
    #[must_use]
    pub fn playback_rate(&self) -> f64 {
        self.controller().as_ref().map_or(1.0, Controller::rate)
    }

    /// Sets how fast it plays.
    #[wasm_bindgen(setter, js_name = playbackRate)]
    pub fn set_playback_rate(&self, rate: f64) {
        self.controller().iter().for_each(|controller| controller.set_rate(rate));
    }

    /// Opens the popover of a reference.
    #[wasm_bindgen(js_name = openReference)]
    pub fn open_reference(&self, id: &str) {
        self.controller().iter().for_each(|controller| controller.open_reference(id));
    }

    /// Leads the reader to the key point or the block of this id, as a link does; returns when it has its turn, in
    /// seconds, if it has one.
    #[wasm_bindgen(js_name = leadTo)]
    #[must_use]
    pub fn lead_to(&self, id: &str) -> Option<f64> {
        self.controller()?.lead_to(id)
    }

    /// What is spoken of the article that is shown, for laying the times of a recording over it: how many key points
    /// there are, then of the title, the summary, each key point and each block its name and its words.
    #[must_use]
    pub fn passages(&self) -> Array {
        let all = Array::new();
        if let Some(controller) = self.controller() {
            let model = controller.model();
            all.push(&model.article.key_points.len().into());
            for SpokenPassage { name, text, .. } in model.article.spoken_passages() {
                all.push(&JsValue::from_str(&name));
                all.push(&JsValue::from_str(&text));
            }
        }
        all
    }

    /// Takes the briefing off the page and lets go of everything.
    pub fn destroy(self) {
        // By this it is known to be gone, if it has yet to be drawn.
        self.host.remove();
        self.controller().iter().for_each(Controller::end);
        if let Some(app) = self.app.into_inner() {
            // Yew ends components before it makes others: one that it has yet to make would outlive its end.
            spawn_local(async move { app.destroy() });
        }
    }

    fn try_first_screen(&self, article: &JsValue, language: &str, base: &str) -> Option<()> {
        if self.ahead.borrow().is_some() {
            return None;
        }
        let excerpt = first_screen(article).ok().filter(JsValue::is_object)?;
        let article = read_with(&json(&excerpt).ok()?, normalize).article?;
        let first_screen = FirstScreen::of(&self.model(article, language, base).as_first_screen());
        self.set_state(LoadState::FirstScreen(first_screen.clone()));
        self.first_screen.replace(Some(first_screen));
        Some(())
    }

    /// An article as the element asks for it.
    fn model(&self, article: Article, language: &str, base: &str) -> ViewModel {
        let names = self.root.host().get_attribute("sections").unwrap_or_default();
        let base = Some(AttrValue::from(base.to_owned()));
        let (sections, prefix) = (Sections::from_names(&names), AttrValue::default());
        let pace = if self.voice.borrow().is_some() { Pace::Listening } else { Pace::Reading };
        ViewModel::new(article, sections, self.words(), language, base, prefix, pace)
    }

    fn words(&self) -> Words {
        self.words.borrow().clone()
    }

    /// What is read, as a handle of its own: what is called of it may call back here.
    fn controller(&self) -> Option<Controller> {
        self.controller.borrow().clone()
    }

    /// Puts the text of an article on the page, or takes over what was rendered ahead of it.
    fn put(&self, model: Rc<ViewModel>) {
        let ahead = self.ahead.take();
        if ahead.is_some() {
            self.style();
        }
        let hydrated = ahead.as_ref().and_then(|frame| DrawnText::hydrate(frame, &model));
        let text = hydrated.unwrap_or_else(|| {
            ahead.iter().for_each(Element::remove);
            match &*self.first_screen.borrow() {
                Some(first_screen) => DrawnText::completed(first_screen),
                None => DrawnText::draw(&model),
            }
        });
        let recording = self.take_recording(&text, &model);
        let clocks = self.clocks(recording.as_ref(), &model);
        let controller = Controller::new(model, text, clocks, self.on_event.clone());
        listen(recording.as_ref(), &controller);
        self.set_state(LoadState::Ready(controller));
    }

    /// Has the recording played in the audio element of a text, unless it is already; returns what plays it now.
    fn take_recording(&self, text: &DrawnText, model: &ViewModel) -> Option<Recording> {
        let recording = self.recording.take();
        let audio = text.recording().filter(|_| recording.is_some());
        if *self.audio.borrow() == audio {
            return None;
        }
        self.audio.replace(audio.clone());
        let (recording, audio) = recording.zip(audio)?;
        let stated = model.article.audio.as_ref().and_then(|audio| audio.duration);
        recording.take(&audio, stated.unwrap_or(f64::NAN));
        Some(recording)
    }

    /// What an article is heard by, best first.
    fn clocks(&self, recording: Option<&Recording>, model: &Rc<ViewModel>) -> Vec<(Sound, Box<dyn Clock>)> {
        let mut clocks: Vec<(Sound, Box<dyn Clock>)> = Vec::new();
        if let Some(recording) = recording {
            clocks.push((Sound::Recording, Box::new(recording.clone())));
        }
        let voice = self.voice.take().filter(|_| model.timeline.duration() > 0.0);
        self.given_voice.replace(voice.clone());
        if let Some(speech) = voice {
            clocks.push((Sound::Voice, Voice::boxed(speech, Rc::clone(model))));
        }
        clocks
    }

    fn set_state(&self, state: LoadState) {
        if self.ahead.borrow().is_some() {
            // What was rendered ahead is better than what there is to say.
            return;
        }
        if !matches!(state, LoadState::FirstScreen(_)) {
            self.first_screen.take();
        }
        let before = self.controller.replace(match &state {
            LoadState::Ready(controller) => Some(controller.clone()),
            _ => None,
        });
        // One that has just been drawn may have nobody yet who would end it.
        before.iter().for_each(Controller::end);
        self.update(state);
    }

    fn update(&self, state: LoadState) {
        let version = match &state {
            LoadState::Ready(controller) => controller.version(),
            _ => 0,
        };
        let (host, on_retry) = (Some(self.host.clone()), self.on_retry.clone());
        let props = RootProps { state, version, words: self.words(), host, on_retry };
        let mut app = self.app.borrow_mut();
        match &mut *app {
            Some(app) => app.update(props),
            None => {
                let renderer = Renderer::<Root>::with_root_and_props(self.host.clone(), props);
                *app = Some(renderer.render());
            }
        }
    }
}

/// Has a recording tell of its news.
fn listen(recording: Option<&Recording>, controller: &Controller) {
    if let Some(recording) = recording {
        recording.set_onnews(Closure::<dyn FnMut()>::new(controller.news()).into_js_value());
    }
}

/// An article on its way to the page.
struct PendingArticle {
    language: String,
    base: String,
    phase: Phase,
}

/// How far it has come. Each step takes a task of its own where the article is long.
enum Phase {
    /// It is a value of JavaScript.
    Given(JsValue),
    /// It is JSON, unless the value threw errors.
    Json(Option<Json>),
    /// It is read.
    Read(Box<ReadResult>),
    /// It is being drawn; in slices, where there is more than a first screen.
    Drawing(Rc<ViewModel>, Option<Rest>),
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
