use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, ShadowRoot};
use yew::platform::spawn_local;
use yew::{AppHandle, AttrValue, Callback, Renderer};

use super::json::json;
use super::normalize::normalize;
use super::recording::Recording;
use super::voice::{Speech, Voice};
use super::{detail, shadow_root};
use crate::article::{Article, Json, Problem, ReadResult, SpokenPassage, read_markers};
use crate::playback::{self, Clock};
use crate::timeline::Pace;
use crate::view::{
    Controller, DrawnText, Event, FirstScreen, LoadState, Remainder, Root, RootProps, STYLES, Sections,
    Sound, ViewModel, Words,
};

/// The problem message for an article whose getters throw.
const UNREADABLE: &str = "cannot be read as JSON: reading it throws errors";

/// The briefing inside one element. Listeners of its own events may call its methods.
#[wasm_bindgen]
pub struct Embedded {
    root: ShadowRoot,
    /// The element that everything is rendered into.
    host: Element,
    /// The Yew app, created when there is something to draw.
    app: RefCell<Option<AppHandle<Root>>>,
    /// The prerendered briefing, until an article is ready to replace or hydrate it.
    prerendered: RefCell<Option<Element>>,
    controller: RefCell<Option<Controller>>,
    /// The first screenful of a long article, shown while the rest is read.
    first_screen: RefCell<Option<FirstScreen>>,
    words: RefCell<Words>,
    /// The article that is being shown step by step.
    pending: RefCell<Option<PendingArticle>>,
    /// The voice that reads the next article aloud, if any.
    voice: RefCell<Option<Speech>>,
    /// The player of the next article's recording, if the article has one.
    recording: RefCell<Option<Recording>>,
    /// The audio element of the shown article that its recording plays in.
    audio: RefCell<Option<HtmlElement>>,
    /// The voice of the shown article.
    current_voice: RefCell<Option<Speech>>,
    /// The problems of the article that is shown or about to be shown.
    problems: Rc<RefCell<Vec<Problem>>>,
    emit: Emit,
    on_event: Callback<Event>,
    on_retry: Callback<()>,
}

#[wasm_bindgen]
impl Embedded {
    /// Creates the briefing in a shadow root and empties the shadow root. A prerendered briefing stays
    /// visible until the article is ready, and is then hydrated. `emit` is called with the name and the
    /// detail of each event, `retry` when the reader asks to load the article once more.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(root: ShadowRoot, emit: Function, retry: Function) -> Self {
        let host = shadow_root::host(&root, STYLES);
        let prerendered = shadow_root::prerendered(&root);
        let _ = shadow_root::follow_background(&root);
        let emit = Emit(emit);
        let emitter = emit.clone();
        let problems = Rc::new(RefCell::new(Vec::new()));
        let known_problems = Rc::clone(&problems);
        let on_event = Callback::from(move |event: Event| {
            // An `error` event bubbles, so the host page would take it for an error of its own. The `pause`
            // event already reports that playback stopped.
            if !matches!(event, Event::Playback(playback::Event::Error(_))) {
                let (name, detail) = detail::of(&event, &known_problems.borrow());
                emitter.call(name, &detail);
            }
        });
        let on_retry = Callback::from(move |()| {
            let _ = retry.call0(&JsValue::UNDEFINED);
        });
        Self {
            root,
            host,
            app: RefCell::default(),
            prerendered: RefCell::new(prerendered),
            controller: RefCell::default(),
            first_screen: RefCell::default(),
            pending: RefCell::default(),
            words: RefCell::default(),
            voice: RefCell::default(),
            recording: RefCell::default(),
            audio: RefCell::default(),
            current_voice: RefCell::default(),
            problems,
            emit,
            on_event,
            on_retry,
        }
    }

    /// Adopts the stylesheet for the document that the shadow root is in now, and follows the background at
    /// the briefing's place there.
    pub fn style(&self) {
        if self.prerendered.borrow().is_none() {
            shadow_root::style(&self.root, STYLES);
        }
        let _ = shadow_root::follow_background(&self.root);
    }

    /// Sets the interface strings, from the parsed file of a language or `undefined`, and the language they
    /// are in.
    #[wasm_bindgen(js_name = setWords)]
    pub fn set_words(&self, words: JsValue, language: &str) {
        let words = json(&words).map(|json| Words::from_json(&json)).unwrap_or_default();
        self.words.replace(words.in_language(language));
    }

    /// Returns an interface string that has one form, by its key in the language files; empty if there is
    /// none.
    #[must_use]
    pub fn word(&self, key: &str) -> String {
        self.words.borrow().by_key(key).map(|word| word.to_string()).unwrap_or_default()
    }

    /// Sets or removes the voice that reads the next article aloud.
    #[wasm_bindgen(setter)]
    pub fn set_voice(&self, voice: Option<Speech>) {
        self.voice.replace(voice);
    }

    /// Sets or removes the player of the next article's recording.
    #[wasm_bindgen(setter)]
    pub fn set_recording(&self, recording: Option<Recording>) {
        self.recording.replace(recording);
    }

    /// Shows the loading state.
    pub fn loading(&self) {
        self.set_state(LoadState::Loading);
    }

    /// Shows the error state of an article that failed to load.
    pub fn failed(&self) {
        self.set_state(LoadState::Failed);
    }

    /// Begins to read an article from its parsed JSON, with the interface in the given language. Relative
    /// addresses in the article are resolved against `base`. The article is shown by [`Embedded::advance`],
    /// which works in several tasks, so that the host page stays responsive; or what has begun is completed by
    /// [`Embedded::first_screen`] or [`Embedded::change`].
    pub fn begin(&self, article: JsValue, language: String, base: String) {
        self.pending.replace(Some(PendingArticle { language, base, phase: Phase::Value(article) }));
    }

    /// Turns mentions in the article that [`Embedded::begin`] started into citations, before it is shown.
    #[wasm_bindgen(js_name = linkMentions)]
    pub fn link_mentions(&self) {
        if let Some((mut result, language, base)) = self.take_read() {
            result.link_mentions(normalize);
            let phase = Phase::Read(Box::new(result));
            self.pending.replace(Some(PendingArticle { language, base, phase }));
        }
    }

    /// Shows the first screenful of a long article, which [`Embedded::begin`] started as an article of its own:
    /// reading and drawing all of it takes many times as long. Call this before the whole article begins.
    #[wasm_bindgen(js_name = firstScreen)]
    pub fn first_screen(&self) {
        let Some((result, language, base)) = self.take_read() else { return };
        let Some(article) = result.article.filter(|_| self.prerendered.borrow().is_none()) else { return };
        let first_screen = FirstScreen::of(&self.model(article, &language, &base).as_first_screen());
        self.set_state(LoadState::FirstScreen(first_screen.clone()));
        self.first_screen.replace(Some(first_screen));
    }

    /// Writes the next part of the markup of a long article, once it has been read. [`Embedded::draw_slice`] writes
    /// what has not been written.
    #[wasm_bindgen(js_name = writePart)]
    pub fn write_part(&self) {
        self.with_remainder(&mut |remainder, model| remainder.write(model));
    }

    /// Draws about this many more elements of a long article after its first screen, once it has been read; returns
    /// whether there are more.
    #[wasm_bindgen(js_name = drawSlice)]
    pub fn draw_slice(&self, elements: f64) -> bool {
        self.with_remainder(&mut |remainder, model| remainder.draw(model, elements))
    }

    /// Advances the article that [`Embedded::begin`] started by one step; returns whether there are more.
    /// `briefing-load` is emitted once the article is on the page. If the article's problems include an error, it
    /// is not shown, and `briefing-error` is emitted at once.
    pub fn advance(&self) -> bool {
        let Some(PendingArticle { language, base, phase }) = self.pending.take() else { return false };
        let phase = match phase {
            Phase::Read(result) => {
                let ReadResult { article, problems } = *result;
                self.problems.replace(problems);
                let Some(article) = article else {
                    self.set_state(LoadState::Unreadable);
                    let detail = detail::rejection(&self.problems.borrow());
                    self.emit.call("briefing-error", &detail);
                    return false;
                };
                Phase::Drawing(Rc::new(self.model(article, &language, &base)), None)
            }
            Phase::Drawing(model, remainder) => {
                self.insert_or_hydrate(model, remainder.is_some());
                return false;
            }
            earlier => earlier.next(),
        };
        self.pending.replace(Some(PendingArticle { language, base, phase }));
        true
    }

    /// Redraws the shown article as the one that [`Embedded::begin`] started: with other interface strings, other
    /// sections, another voice, or new data. Nodes that do not change stay on the page, and so do the position
    /// and whether it plays. If the article cannot be shown, nothing changes and `briefing-error` is emitted.
    /// `morph` turns an element that is on the page into another one.
    pub fn change(&self, morph: &Function) {
        let Some((result, language, base)) = self.take_read() else { return };
        let Some(controller) = self.controller() else { return };
        let Some(article) = result.article else {
            self.emit.call("briefing-error", &detail::rejection(&result.problems));
            return;
        };
        self.problems.replace(result.problems);
        let model = Rc::new(self.model(article, &language, &base));
        let before = controller.redraw(Rc::clone(&model), morph);
        let voice_before = self.current_voice.borrow().clone();
        let audio_before = self.audio.borrow().clone();
        let recording = self.adopt_audio(controller.text(), &model);
        let is_same_audio = *self.audio.borrow() == audio_before;
        let clocks = self.clocks(recording.as_ref(), &model);
        if is_same_audio && controller.sound() == Sound::Recording {
            controller.replace_alternatives(clocks);
        } else {
            let is_same = is_same_audio && *self.current_voice.borrow() == voice_before;
            controller.replace_clocks(&before, clocks, !is_same);
        }
        listen(recording.as_ref(), &controller);
        self.update(LoadState::Ready(controller));
    }

    /// Returns whether an article is shown.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn shown(&self) -> bool {
        self.controller.borrow().is_some()
    }

    /// Starts or resumes playback.
    pub fn play(&self) {
        self.controller().iter().for_each(Controller::play);
    }

    /// Pauses playback.
    pub fn pause(&self) {
        self.controller().iter().for_each(Controller::pause);
    }

    /// Returns whether the briefing is not playing.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn paused(&self) -> bool {
        self.controller().as_ref().is_none_or(Controller::paused)
    }

    /// Returns whether the briefing has played to its end.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn ended(&self) -> bool {
        self.controller().as_ref().is_some_and(Controller::ended)
    }

    /// Returns the playback position in seconds.
    #[wasm_bindgen(getter, js_name = currentTime)]
    #[must_use]
    pub fn current_time(&self) -> f64 {
        self.controller().as_ref().map_or(0.0, Controller::current_time)
    }

    /// Seeks to a time in seconds.
    #[wasm_bindgen(setter, js_name = currentTime)]
    pub fn set_current_time(&self, seconds: f64) {
        self.controller().iter().for_each(|controller| controller.seek(seconds));
    }

    /// Returns the duration in seconds; not a number before there is an article.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn duration(&self) -> f64 {
        self.controller().as_ref().map_or(f64::NAN, Controller::duration)
    }

    /// Returns the playback rate.
    #[wasm_bindgen(getter, js_name = playbackRate)]
    #[must_use]
    pub fn playback_rate(&self) -> f64 {
        self.controller().as_ref().map_or(1.0, Controller::rate)
    }

    /// Sets the playback rate.
    #[wasm_bindgen(setter, js_name = playbackRate)]
    pub fn set_playback_rate(&self, rate: f64) {
        self.controller().iter().for_each(|controller| controller.set_rate(rate));
    }

    /// Opens the popover of a reference.
    #[wasm_bindgen(js_name = openReference)]
    pub fn open_reference(&self, id: &str) {
        self.controller().iter().for_each(|controller| controller.open_reference(id));
    }

    /// Scrolls to the key point or block with this id, as a link does. Returns the time in seconds at which
    /// it is spoken, if it is.
    #[wasm_bindgen(js_name = scrollToPassage)]
    #[must_use]
    pub fn scroll_to_passage(&self, id: &str) -> Option<f64> {
        self.controller()?.scroll_to_passage(id)
    }

    /// Returns the spoken text of the shown article, for aligning the times of a recording with it: first the
    /// number of key points, then, for the title, the summary, each key point and each block, its name and
    /// its text.
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

    /// Removes the briefing from the host page and releases everything.
    pub fn destroy(self) {
        // `Root` recognises by the missing parent that the briefing is gone, if it has yet to draw it.
        self.host.remove();
        self.controller().iter().for_each(Controller::end);
        if let Some(app) = self.app.into_inner() {
            // Yew destroys components before it creates others: one that is still to be created would outlive
            // its end.
            spawn_local(async move { app.destroy() });
        }
    }

    /// Takes the article that has begun, reads it as far as it is unread, and returns the result with the
    /// language and the base address.
    fn take_read(&self) -> Option<(ReadResult, String, String)> {
        let PendingArticle { language, base, mut phase } = self.pending.take()?;
        loop {
            match phase {
                Phase::Read(result) => return Some((*result, language, base)),
                Phase::Drawing(..) => return None,
                earlier => phase = earlier.next(),
            }
        }
    }

    /// Calls `work` with what is left of a long article after its first screen, if it has been read; returns the
    /// result.
    fn with_remainder(&self, work: &mut dyn FnMut(&mut Remainder, &ViewModel) -> bool) -> bool {
        let Some(first_screen) = self.first_screen.borrow().clone() else { return false };
        let Some(mut pending) = self.pending.take() else { return false };
        let mut result = false;
        if let Phase::Drawing(model, remainder) = &mut pending.phase {
            result = work(remainder.get_or_insert_with(|| first_screen.remainder()), model);
        }
        self.pending.replace(Some(pending));
        result
    }

    /// Returns the view model of an article, with the sections and the pace that the element asks for.
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

    /// Returns a clone of the controller, so that nothing is borrowed while it runs: its callbacks may call
    /// this object.
    fn controller(&self) -> Option<Controller> {
        self.controller.borrow().clone()
    }

    /// Puts the text of an article on the page, or hydrates the prerendered briefing. `is_completed` is whether the
    /// first screen has been completed.
    fn insert_or_hydrate(&self, model: Rc<ViewModel>, is_completed: bool) {
        let prerendered = self.prerendered.take();
        if prerendered.is_some() {
            self.style();
        }
        let hydrated = prerendered.as_ref().and_then(|frame| DrawnText::hydrate(frame, &model));
        let text = hydrated.unwrap_or_else(|| {
            prerendered.iter().for_each(Element::remove);
            match &*self.first_screen.borrow() {
                Some(first_screen) if is_completed => DrawnText::completed(first_screen),
                _ => DrawnText::draw(&model),
            }
        });
        let recording = self.adopt_audio(&text, &model);
        let clocks = self.clocks(recording.as_ref(), &model);
        let controller = Controller::new(model, text, clocks, self.on_event.clone());
        listen(recording.as_ref(), &controller);
        self.set_state(LoadState::Ready(controller));
    }

    /// Makes the recording adopt the audio element of a text. Returns the recording; `None` if there is none,
    /// or if the element plays one already.
    fn adopt_audio(&self, text: &DrawnText, model: &ViewModel) -> Option<Recording> {
        let recording = self.recording.take();
        let audio = text.recording().filter(|_| recording.is_some());
        if *self.audio.borrow() == audio {
            return None;
        }
        self.audio.replace(audio.clone());
        let (recording, audio) = recording.zip(audio)?;
        let stated = model.article.audio.as_ref().and_then(|audio| audio.duration);
        recording.adopt(&audio, stated.unwrap_or(f64::NAN));
        Some(recording)
    }

    /// Returns the clocks that make an article audible, best first.
    fn clocks(&self, recording: Option<&Recording>, model: &Rc<ViewModel>) -> Vec<(Sound, Box<dyn Clock>)> {
        let mut clocks: Vec<(Sound, Box<dyn Clock>)> = Vec::new();
        if let Some(recording) = recording {
            clocks.push((Sound::Recording, Box::new(recording.clone())));
        }
        let voice = self.voice.take().filter(|_| model.timeline.duration() > 0.0);
        self.current_voice.replace(voice.clone());
        if let Some(speech) = voice {
            clocks.push((Sound::Voice, Voice::boxed(speech, Rc::clone(model))));
        }
        clocks
    }

    /// Shows another state and replaces the controller; ignored while a prerendered briefing is shown.
    fn set_state(&self, state: LoadState) {
        if self.prerendered.borrow().is_some() {
            // A prerendered briefing is better than any loading or error state.
            return;
        }
        if !matches!(state, LoadState::FirstScreen(_)) {
            self.first_screen.take();
        }
        let before = self.controller.replace(match &state {
            LoadState::Ready(controller) => Some(controller.clone()),
            _ => None,
        });
        // `Root` ends the controllers that it has attached; one that was only just drawn may not be attached
        // yet.
        before.iter().for_each(Controller::end);
        self.update(state);
    }

    /// Renders a state.
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

/// Makes a recording notify the controller of its changes.
fn listen(recording: Option<&Recording>, controller: &Controller) {
    if let Some(recording) = recording {
        recording.set_onchange(Closure::<dyn FnMut()>::new(controller.on_clock_change()).into_js_value());
    }
}

/// An article that is being shown step by step.
struct PendingArticle {
    language: String,
    base: String,
    phase: Phase,
}

/// How far a pending article is. For a long article each step runs in a task of its own.
enum Phase {
    /// A JavaScript value, as the element passed it.
    Value(JsValue),
    /// Converted to JSON; `None` if the value threw.
    Json(Option<Json>),
    /// Read as an article.
    Read(Box<ReadResult>),
    /// Being drawn; in slices, if its first screenful is shown already.
    Drawing(Rc<ViewModel>, Option<Remainder>),
}

impl Phase {
    /// Takes the next step in reading the article; one that has been read stays as it is.
    fn next(self) -> Self {
        match self {
            Self::Value(article) => Self::Json(json(&article).ok()),
            Self::Json(json) => Self::Read(Box::new(match json {
                Some(json) => read_markers(&json),
                None => ReadResult::failed(UNREADABLE.to_owned()),
            })),
            read => read,
        }
    }
}

/// Emits events on the element.
#[derive(Clone)]
struct Emit(Function);

impl Emit {
    fn call(&self, name: &str, detail: &JsValue) {
        // Whatever a listener of the host page throws is the host page's concern.
        let _ = self.0.call2(&JsValue::UNDEFINED, &JsValue::from_str(name), detail);
    }
}
