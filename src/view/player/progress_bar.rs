use std::cell::Cell;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::loaded::{loaded, loaded_path};
use super::marks::Marks;
use super::progress::{Action, Progress, whole};
use super::slider::{self, Slider};
use super::use_words::set_text;
use crate::article::{Language, Passage};
use crate::timeline::format_clock;
use crate::view::controller::{self, Controller, Observer};
use crate::view::dom;
use crate::view::text::direction::{direction, own_direction};
use crate::view::view_model::ViewModel;
use crate::view::words::Word;

/// The properties of [`ProgressBar`].
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The controller that plays.
    pub(super) controller: Controller,
    /// [`Controller::version`]: a new version has other interface strings and marks.
    pub(super) version: usize,
    /// The total duration, in seconds.
    pub(super) duration: f64,
    /// Whether the reader can seek anywhere.
    pub(super) can_seek: bool,
}

/// A message to a [`ProgressBar`].
pub(super) enum Message {
    /// The player has changed.
    Player(controller::Change),
    /// The reader has used the bar.
    Slider(slider::Change),
}

/// The elapsed time, and a slider over time with a mark where each passage begins. A tick renders
/// nothing else again.
pub(super) struct ProgressBar {
    progress: Progress,
    /// The preview of a place on the bar, if one is shown.
    preview: Option<Preview>,
    marks: Marks,
    /// The loaded parts, as path data.
    loaded: String,
    /// The value text for assistive technology, as of the last announcement.
    value_text: AttrValue,
    elapsed: NodeRef,
    bar: NodeRef,
    preview_node: NodeRef,
    /// The elements of its time and its words.
    preview_words: [NodeRef; 2],
    _observer: Observer,
    listeners: Vec<EventListener>,
}

impl Component for ProgressBar {
    type Message = Message;
    type Properties = Props;

    fn create(context: &Context<Self>) -> Self {
        let controller = &context.props().controller;
        let progress = Progress::at(controller.position());
        Self {
            progress,
            preview: None,
            marks: Marks::of(&controller.timeline(), &controller.model()),
            loaded: loaded_path(controller),
            value_text: value_text(controller, progress),
            elapsed: NodeRef::default(),
            bar: NodeRef::default(),
            preview_node: NodeRef::default(),
            preview_words: Default::default(),
            _observer: controller.observe(context.link().callback(Message::Player)),
            listeners: Vec::new(),
        }
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        use controller::Change;
        let controller = &context.props().controller;
        let to = controller.position();
        let action = match message {
            Message::Slider(slider::Change::Preview(at)) => {
                let is_new = self.preview.as_ref().map(|preview| preview.at) != at;
                if is_new {
                    self.preview = at.map(|at| Preview::at(controller, at));
                }
                return is_new;
            }
            Message::Slider(slider::Change::Focus(is_focused)) => Action::Focus(is_focused, to),
            Message::Player(Change::Loaded) => {
                let loaded = loaded_path(controller);
                let is_new = self.loaded != loaded;
                self.loaded = loaded;
                return is_new;
            }
            Message::Player(Change::Time { passage_changed }) => Action::Move { to, passage_changed },
            Message::Player(Change::SeekRequested | Change::Controls) => Action::Announce(to),
        };
        let before = self.progress;
        self.progress = before.after(action);
        if before.announced != self.progress.announced {
            self.value_text = value_text(controller, self.progress);
        }
        before != self.progress
    }

    fn changed(&mut self, context: &Context<Self>, before: &Props) -> bool {
        let Props { controller, version, duration, .. } = context.props();
        if (*version, *duration) != (before.version, before.duration) {
            self.marks = Marks::of(&controller.timeline(), &controller.model());
            self.loaded = loaded_path(controller);
            self.value_text = value_text(controller, self.progress);
            self.preview = self.preview.take().map(|preview| Preview::at(controller, preview.at));
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let Props { controller, duration, can_seek, .. } = context.props();
        let (time, words) = self.preview.as_ref().map(|it| (&*it.time, &*it.words)).unwrap_or_default();
        let [preview_time, preview_words] = &self.preview_words;
        let model = controller.model();
        // The words are in the article's language.
        let lang =
            model.interface().map(|_| model.article.lang.as_ref().map_or("", Language::as_str).to_owned());
        let dir =
            if lang.is_some() { Some(direction(model.article.lang.as_ref())) } else { own_direction(&model) };
        html! {
            <>
                <span ref={self.elapsed.clone()} class="time elapsed" part="time">{ self.elapsed() }</span>
                <div
                    ref={self.bar.clone()}
                    class="progress"
                    part="progress"
                    role="slider"
                    tabindex="0"
                    aria-valuemin="0"
                    aria-valuemax={whole(*duration).to_string()}
                    aria-valuenow={whole(self.progress.announced.time).to_string()}
                    aria-valuetext={self.value_text.clone()}
                    aria-orientation="horizontal"
                    aria-readonly={(!can_seek).then_some("true")}
                    aria-label={model.words.get(Word::Progress)}
                >
                    <div class="track">
                        { loaded(&self.loaded) }
                        <div class="played" />
                        { self.marks.view() }
                    </div>
                    <div class="thumb" />
                    <div
                        ref={self.preview_node.clone()}
                        class="preview"
                        aria-hidden="true"
                        hidden={self.preview.is_none()}
                    >
                        <b ref={preview_time.clone()}>{ time }</b>
                        { " " }
                        <span ref={preview_words.clone()} {lang} {dir}>{ words }</span>
                    </div>
                </div>
            </>
        }
    }

    fn rendered(&mut self, context: &Context<Self>, is_first: bool) {
        if is_first {
            let slider = Slider {
                controller: context.props().controller.clone(),
                node: self.bar.clone(),
                on_change: context.link().callback(Message::Slider),
                drag: Cell::default(),
            };
            self.listeners = slider.listen();
        }
        set_text(&self.elapsed, &self.elapsed());
        // A strict content security policy forbids `style` in markup; the CSSOM may set it.
        set_property(&self.bar, "--progress", self.progress.fraction);
        if let Some(Preview { at, time, words }) = &self.preview {
            set_property(&self.preview_node, "--at", *at);
            for (node, words) in self.preview_words.iter().zip([time, words]) {
                set_text(node, words);
            }
        }
    }
}

impl ProgressBar {
    /// Returns the elapsed time.
    fn elapsed(&self) -> String {
        format_clock(f64::from(self.progress.second))
    }
}

/// Sets a custom property of an element to a number.
fn set_property(node: &NodeRef, name: &str, value: u32) {
    if let Some(node) = node.get() {
        dom::set_property(node.unchecked_ref(), name, &value.to_string());
    }
}

/// Returns the position of the player as spoken text.
fn value_text(controller: &Controller, Progress { announced, .. }: Progress) -> AttrValue {
    controller.model().spoken_position(&controller.timeline(), announced.time, announced.duration)
}

/// Returns the first words of a passage, after those of its heading.
fn words(model: &ViewModel, passage: Passage) -> String {
    let words = model.first_words(passage);
    match model.chapter(passage).filter(|_| !model.is_heading(passage)) {
        Some(chapter) => [&*model.first_words(chapter), " · ", &words].concat(),
        None => words,
    }
}

/// The time and the first words at a place on the bar, given in ten-thousandths.
struct Preview {
    at: u32,
    time: String,
    words: String,
}

impl Preview {
    fn at(controller: &Controller, at: u32) -> Self {
        let model = controller.model();
        let time = f64::from(at) / 10_000.0 * controller.duration();
        let timeline = controller.timeline();
        let segment = timeline.last_started(time).and_then(|index| timeline.segment(index));
        let words = segment.map(|segment| words(&model, segment.passage)).unwrap_or_default();
        Self { at, time: format_clock(time), words }
    }
}
