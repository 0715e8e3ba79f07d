use std::cell::Cell;
use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use super::dom;
use super::session::Session;
use super::words::Word;
use crate::timeline::{Timeline, format_clock};

/// More marks than this would be a hatching.
const MOST_MARKS: usize = 80;

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
    let marks = use_node_ref();
    let preview_ref = use_node_ref();
    let preview = use_state_eq(|| None::<Preview>);
    let dragging = use_mut_ref(|| false);

    {
        let (marks, timeline) = (marks.clone(), edition.clone());
        use_effect_with(edition.clone(), move |_| place_marks(&marks, &timeline.timeline));
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
                <div class="marks" ref={marks}>
                    { for mark_fractions(&edition.timeline).iter().map(|_| html! { <i></i> }) }
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

/// Where passages begin, in ten-thousandths of the whole; none at the very start, and none at all
/// where they would be too close to tell apart.
fn mark_fractions(timeline: &Timeline) -> Vec<u32> {
    let duration = timeline.duration();
    let segments = timeline.segments();
    if segments.len() > MOST_MARKS || duration <= 0.0 {
        return Vec::new();
    }
    let starts = segments.iter().map(|segment| segment.start).filter(|start| *start > 0.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1")]
    starts.map(|start| (start / duration * 10_000.0) as u32).collect()
}

fn place_marks(marks: &NodeRef, timeline: &Timeline) {
    let Some(marks) = marks.cast::<web_sys::Element>() else { return };
    for (mark, at) in dom::all(&marks, "i").iter().zip(mark_fractions(timeline)) {
        if let Some(mark) = wasm_bindgen::JsCast::dyn_ref::<HtmlElement>(mark) {
            dom::set_property(mark, "--at", &at.to_string());
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
