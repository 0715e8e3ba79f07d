use std::cell::Cell;
use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use super::dom;
use super::session::Session;
use super::words::Word;
use crate::timeline::{Timeline, format_clock};

/// The least distance between two marks, in ten-thousandths: closer ones would be a hatching.
const LEAST_GAP: u32 = 100;

/// The same on a narrow screen.
const LEAST_GAP_NARROW: u32 = 450;

/// How far an arrow key goes, in seconds.
const STEP: f64 = 5.0;

/// The properties of [`ProgressBar`].
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) session: Session,
    /// In seconds.
    pub(crate) duration: f64,
}

/// What is shown over the bar where the pointer is.
#[derive(Debug, Clone, PartialEq)]
struct Preview {
    /// In ten-thousandths of the bar.
    at: u32,
    time: String,
    words: String,
}

/// The progress bar: a slider over time, with a mark where each passage begins.
#[component]
pub(crate) fn ProgressBar(props: &Props) -> Html {
    let session = &props.session;
    let edition = session.edition().clone();
    let progress = session.progress();
    let slider = progress.slider.clone();
    let marks = use_memo(edition.clone(), |edition| marks_of(&edition.timeline));
    let marks_ref = use_node_ref();
    let preview_ref = use_node_ref();
    let preview = use_state_eq(|| None::<Preview>);
    let dragging = use_mut_ref(|| false);

    {
        let marks_ref = marks_ref.clone();
        use_effect_with(marks.clone(), move |marks| place_marks(&marks_ref, marks));
    }
    {
        let preview_ref = preview_ref.clone();
        use_effect_with(preview.as_ref().map(|preview| preview.at), move |at| {
            if let (Some(at), Some(element)) = (at, preview_ref.cast::<HtmlElement>()) {
                dom::set_property(&element, "--at", &at.to_string());
            }
        });
    }

    // Where on the bar a pointer is, from 0 to 1 in the direction of reading.
    let fraction = {
        let slider = slider.clone();
        Rc::new(move |event: &PointerEvent| {
            let slider = slider.cast::<HtmlElement>()?;
            let bar = slider.get_bounding_client_rect();
            let from_left = (f64::from(event.client_x()) - bar.left()) / bar.width();
            let fraction = if dom::is_right_to_left(&slider) { 1.0 - from_left } else { from_left };
            fraction.is_finite().then_some(fraction.clamp(0.0, 1.0))
        })
    };
    let look = {
        let (preview, edition, duration) = (preview.setter(), edition.clone(), props.duration);
        move |fraction: f64| {
            let time = fraction * duration;
            let segment =
                edition.timeline.last_started(time).and_then(|index| edition.timeline.segment(index));
            let words = segment.map(|segment| edition.first_words(segment.passage)).unwrap_or_default();
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1")]
            let at = (fraction * 10_000.0) as u32;
            preview.set(Some(Preview { at, time: format_clock(time), words }));
        }
    };

    let onpointerdown = {
        let (session, fraction, look, dragging, slider, duration) = (
            session.clone(),
            fraction.clone(),
            look.clone(),
            dragging.clone(),
            slider.clone(),
            props.duration,
        );
        Callback::from(move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            let Some(fraction) = fraction(&event) else { return };
            dragging.replace(true);
            if let Some(slider) = slider.cast::<HtmlElement>() {
                // Without capture the drag ends at the edge of the bar, no worse.
                let _ = slider.set_pointer_capture(event.pointer_id());
                dom::focus(&slider);
            }
            event.prevent_default();
            look(fraction);
            session.seek(fraction * duration);
        })
    };
    let onpointermove = {
        let (session, dragging, duration) = (session.clone(), dragging.clone(), props.duration);
        Callback::from(move |event: PointerEvent| {
            let Some(fraction) = fraction(&event) else { return };
            look(fraction);
            if *dragging.borrow() {
                session.seek(fraction * duration);
            }
        })
    };
    let let_go = {
        let (preview, dragging) = (preview.setter(), dragging.clone());
        Callback::from(move |event: PointerEvent| {
            dragging.replace(false);
            if event.pointer_type() != "mouse" {
                preview.set(None);
            }
        })
    };
    let onpointerleave = {
        let preview = preview.setter();
        Callback::from(move |_: PointerEvent| {
            if !*dragging.borrow() {
                preview.set(None);
            }
        })
    };
    let onkeydown = {
        let session = session.clone();
        Callback::from(move |event: KeyboardEvent| {
            if move_by_key(&session, &event) {
                event.prevent_default();
            }
        })
    };
    let focus = |focused: bool| {
        let session = session.clone();
        Callback::from(move |_: FocusEvent| {
            let is_focused: &Cell<bool> = &session.progress().slider_is_focused;
            is_focused.set(focused);
            session.show();
        })
    };

    html! {
        <div
            class="progress"
            part="progress"
            ref={slider}
            role="slider"
            tabindex="0"
            aria-label={edition.words.get(Word::Progress)}
            aria-valuemin="0"
            aria-valuemax={whole_seconds(props.duration)}
            aria-valuenow="0"
            aria-orientation="horizontal"
            {onpointerdown}
            {onpointermove}
            onpointerup={let_go.clone()}
            onpointercancel={let_go}
            {onpointerleave}
            {onkeydown}
            onfocus={focus(true)}
            onblur={focus(false)}
        >
            <div class="track">
                <div class="played"></div>
                <div class="marks" ref={marks_ref}>
                    { for marks.iter().map(|mark| html! { <i class={classes!(mark.fine.then_some("fine"))}></i> }) }
                </div>
            </div>
            <div class="thumb"></div>
            if let Some(preview) = &*preview {
                <div class="preview" ref={preview_ref} aria-hidden="true">
                    <b>{ preview.time.clone() }</b>
                    { " " }
                    <span dir="auto">{ preview.words.clone() }</span>
                </div>
            }
        </div>
    }
}

/// Goes where a key asks to; tells whether it was such a key.
fn move_by_key(session: &Session, event: &KeyboardEvent) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return false;
    }
    let right_to_left =
        dom::target::<HtmlElement>(event).is_some_and(|slider| dom::is_right_to_left(&slider));
    let now = session.current_time();
    match (&*event.key(), right_to_left) {
        ("ArrowRight", false) | ("ArrowLeft", true) | ("ArrowUp", _) => session.seek(now + STEP),
        ("ArrowLeft", false) | ("ArrowRight", true) | ("ArrowDown", _) => session.seek(now - STEP),
        ("PageUp", _) => session.next_passage(),
        ("PageDown", _) => session.previous_passage(),
        ("Home", _) => session.seek(0.0),
        ("End", _) => session.seek(session.duration()),
        _ => return false,
    }
    true
}

/// A mark where a passage begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    /// In ten-thousandths of the bar.
    at: u32,
    /// Whether there is room for it on a wide bar only.
    fine: bool,
}

/// The marks there is room for; none at the very start.
fn marks_of(timeline: &Timeline) -> Vec<Mark> {
    let (mut last, mut last_narrow) = (0, 0);
    let mut marks = Vec::new();
    for segment in timeline.segments() {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "conversion of floats saturates"
        )]
        let at = (segment.start / timeline.duration() * 10_000.0) as u32;
        if at < last + LEAST_GAP || at + LEAST_GAP > 10_000 {
            continue;
        }
        last = at;
        let fine = at < last_narrow + LEAST_GAP_NARROW;
        if !fine {
            last_narrow = at;
        }
        marks.push(Mark { at, fine });
    }
    marks
}

fn place_marks(element: &NodeRef, marks: &[Mark]) {
    let Some(element) = element.cast::<web_sys::Element>() else { return };
    for (drawn, mark) in dom::all(&element, "i").iter().zip(marks) {
        if let Some(drawn) = wasm_bindgen::JsCast::dyn_ref::<HtmlElement>(drawn) {
            dom::set_property(drawn, "--at", &mark.at.to_string());
        }
    }
}

fn whole_seconds(seconds: f64) -> String {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "conversion of floats saturates"
    )]
    let whole = seconds as u32;
    whole.to_string()
}
