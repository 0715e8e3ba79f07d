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

/// The load state of an article.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum LoadState {
    /// The article is loading.
    Loading,
    /// The article could not be loaded.
    Failed,
    /// The article has loaded but cannot be shown.
    Unreadable,
    /// The article has loaded, and its first screenful is shown.
    FirstScreen(FirstScreen),
    /// The article is shown completely.
    Ready(Controller),
}

/// The properties of [`Root`].
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The load state of the article.
    pub(crate) state: LoadState,
    /// [`Controller::version`], if there is a controller. A new version means that the text was redrawn.
    #[prop_or_default]
    pub(crate) version: usize,
    /// The interface strings for the loading and error states.
    #[prop_or_default]
    pub(crate) words: Words,
    /// The element that contains the briefing. Needed to restore the focus of a reader who has retried.
    #[prop_or_default]
    pub(crate) host: Option<Element>,
    /// Called when the reader retries loading.
    #[prop_or_default]
    pub(crate) on_retry: Callback<()>,
}

/// A briefing, from the loading state on. Its text is drawn once and inserted as one node. The components
/// that change are rendered beside it, each into its slot of the text (a *portal*).
#[derive(Default)]
pub(crate) struct Root {
    /// The controller whose text is on the page.
    controller: Option<Controller>,
    /// [`Controller::version`] at the time it was attached.
    version: usize,
    /// Whether the focus is in a loading or error state and must move to whatever replaces it.
    has_focus: bool,
}

/// Where the focus goes once a retried article has loaded or failed.
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
            LoadState::Loading => without_controls(html! { <Loading {words} /> }),
            LoadState::Failed => {
                without_controls(html! { <Failure key="failed" {words} on_retry={on_retry.clone()} /> })
            }
            LoadState::Unreadable => without_controls(html! { <Failure key="unreadable" {words} /> }),
            LoadState::FirstScreen(first_screen) => without_controls(first_screen.node()),
            LoadState::Ready(controller) => briefing(controller),
        }
    }

    fn rendered(&mut self, context: &Context<Self>, _first: bool) {
        let Props { state, version, host, .. } = context.props();
        if host.as_ref().is_some_and(|host| host.parent_node().is_none()) {
            // The host was removed before it was drawn.
            return;
        }
        let controller = match state {
            // The properties may be newer than this render; their text is not on the page yet.
            LoadState::Ready(controller) if !controller.text().is_inserted() => return,
            // This controller has already been replaced; only its successor is attached and emits events.
            LoadState::Ready(controller) if controller.has_ended() => return,
            LoadState::Ready(controller) => Some(controller.clone()),
            _ => None,
        };
        if self.controller != controller {
            let before = std::mem::replace(&mut self.controller, controller);
            before.iter().for_each(Controller::end);
            if let Some(controller) = &self.controller {
                self.version = *version;
                controller.text().remove_prerendered();
                controller.attach();
                controller.emit(Event::Ready);
                controller.text().replay_press();
            }
        } else if let Some(controller) = self.controller.as_ref().filter(|_| self.version != *version) {
            self.version = *version;
            controller.attach();
        }
        if std::mem::take(&mut self.has_focus)
            && let Some(destination) = host.as_ref().and_then(|host| dom::first(host, DESTINATION))
        {
            dom::focus_any(&destination);
        }
    }

    fn destroy(&mut self, context: &Context<Self>) {
        // A controller that was just rendered is in the properties but not attached yet.
        if let LoadState::Ready(controller) = &context.props().state {
            controller.end();
        }
        self.controller.iter().for_each(Controller::end);
    }
}

/// A state without the player's components. Yew pairs the children of two lists by index, so the text is
/// the first of three children in every state: nodes that are already on the page stay there.
fn without_controls(text: Html) -> Html {
    html! { <>{ text }{ Html::default() }{ Html::default() }</> }
}

/// A briefing with the player's components.
fn briefing(controller: &Controller) -> Html {
    #[cfg(not(target_arch = "wasm32"))]
    if controller.text().root().is_none() {
        // There is no DOM: Yew writes HTML.
        return super::prerender::nodes(controller);
    }
    let fill_slot = |slot, component| match controller.text().slot(slot) {
        Some(element) => create_portal(component, element),
        None => Html::default(),
    };
    // The key ties the components to their controller: another briefing gets new ones, a redrawn one keeps
    // its own.
    let key = controller.id();
    let player = html! { <Player {key} controller={controller.clone()} /> };
    let play_link = html! { <PlayLink {key} controller={controller.clone()} /> };
    let (player, play_link) = (fill_slot(Slot::Player, player), fill_slot(Slot::PlayLink, play_link));
    html! { <>{ controller.text().node() }{ player }{ play_link }</> }
}
