use web_sys::Element;
use yew::prelude::*;

use super::controller::Controller;
use super::dom;
use super::event::Event;
use super::markup::Slot;
use super::player::{PlayLink, Player};
use super::states::{Failure, Loading};
use super::text::first_screen::FirstScreen;
use super::words::Words;

/// How far an article has come.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum LoadState {
    /// It is on its way.
    Loading,
    /// It did not come.
    Failed,
    /// It came, but it cannot be shown.
    Unreadable,
    /// It is here, and its first screenful can be seen.
    FirstScreen(FirstScreen),
    /// It is here.
    Ready(Controller),
}

/// The properties of [`Root`].
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// How far the article has come.
    pub(crate) state: LoadState,
    /// [`Controller::version`], where there is one: in another one its text is drawn otherwise.
    #[prop_or_default]
    pub(crate) version: usize,
    /// The words for the states that have no article.
    #[prop_or_default]
    pub(crate) words: Words,
    /// What it stands in, if a reader who has asked for the article once more keeps the focus.
    #[prop_or_default]
    pub(crate) host: Option<Element>,
    /// Is called when the reader asks for the article once more.
    #[prop_or_default]
    pub(crate) on_retry: Callback<()>,
}

/// A briefing from before its article is there. Its text is drawn once and put here as one node; beside it
/// stand the components of what changes, each in its slot of the text (a *portal*).
#[derive(Default)]
pub(crate) struct Root {
    /// What is on the page.
    controller: Option<Controller>,
    /// Its version when it was attached.
    version: usize,
    /// Whether the reader is where there is no article yet, and is to be so with what comes there.
    has_focus: bool,
}

/// Where readers are led who have asked for an article once more.
const DESTINATION: &str = "[part=title], .failure button, .failure:not(:has(button)), .waiting";

impl Component for Root {
    type Message = ();
    type Properties = Props;

    fn create(_context: &Context<Self>) -> Self {
        Self::default()
    }

    fn changed(&mut self, _context: &Context<Self>, before: &Props) -> bool {
        let is_waiting = !matches!(before.state, LoadState::Ready(_) | LoadState::FirstScreen(_));
        let has_focus =
            |host: &Element| dom::focused(host).is_some_and(|focused| host.contains(Some(&focused)));
        self.has_focus |= is_waiting && before.host.as_ref().is_some_and(has_focus);
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let Props { state, words, on_retry, .. } = context.props();
        let words = words.clone();
        match state {
            LoadState::Loading => alone(html! { <Loading {words} /> }),
            LoadState::Failed => {
                alone(html! { <Failure key="failed" {words} on_retry={on_retry.clone()} /> })
            }
            LoadState::Unreadable => alone(html! { <Failure key="unreadable" {words} /> }),
            LoadState::FirstScreen(first_screen) => alone(first_screen.node()),
            LoadState::Ready(controller) => briefing(controller),
        }
    }

    fn rendered(&mut self, context: &Context<Self>, _first: bool) {
        let Props { state, version, host, .. } = context.props();
        if host.as_ref().is_some_and(|host| host.parent_node().is_none()) {
            // It was taken away before it was drawn.
            return;
        }
        let controller = match state {
            // Of properties that came in meanwhile, nothing is on the page yet.
            LoadState::Ready(controller) if !controller.text().is_put() => return,
            // Others have come in its place already, and are what is told of.
            LoadState::Ready(controller) if controller.has_ended() => return,
            LoadState::Ready(controller) => Some(controller.clone()),
            _ => None,
        };
        if self.controller != controller {
            let before = std::mem::replace(&mut self.controller, controller);
            before.iter().for_each(Controller::end);
            if let Some(controller) = &self.controller {
                self.version = *version;
                controller.text().fill_slots();
                controller.attach();
                controller.emit(Event::Ready);
                controller.text().replay();
            }
        } else if let Some(controller) = self.controller.as_ref().filter(|_| self.version != *version) {
            self.version = *version;
            controller.attach();
        }
        if std::mem::take(&mut self.has_focus)
            && let Some(destination) = host.as_ref().and_then(|host| dom::first(host, DESTINATION))
        {
            if destination.tab_index() < 0 {
                dom::set(&destination, "tabindex", "-1");
            }
            dom::focus(&destination);
        }
    }

    fn destroy(&mut self, context: &Context<Self>) {
        // One that has just been drawn is not attached yet.
        if let LoadState::Ready(controller) = &context.props().state {
            controller.end();
        }
        self.controller.iter().for_each(Controller::end);
    }
}

/// What has no instruments. Yew pairs the children of two lists by their places, so that in each state the
/// text is the first of three: what is on the page already is not taken off it.
fn alone(text: Html) -> Html {
    html! { <>{ text }{ Html::default() }{ Html::default() }</> }
}

/// A briefing with its instruments.
fn briefing(controller: &Controller) -> Html {
    #[cfg(not(target_arch = "wasm32"))]
    if controller.text().root().is_none() {
        // There is no page yet: Yew writes it out.
        return super::ahead::nodes(controller);
    }
    let put = |slot, component| match controller.text().slot(slot) {
        Some(element) => create_portal(component, element),
        None => Html::default(),
    };
    // Each briefing has instruments of its own, which stay where it is shown otherwise.
    let key = controller.id();
    let player = html! { <Player {key} controller={controller.clone()} /> };
    let play_link = html! { <PlayLink {key} controller={controller.clone()} /> };
    let (player, play_link) = (put(Slot::Player, player), put(Slot::PlayLink, play_link));
    html! { <>{ controller.text().node() }{ player }{ play_link }</> }
}
