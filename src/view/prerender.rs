//! Prerenders a briefing where there is no browser: the text from its markup, the player's components
//! by Yew.

use yew::prelude::*;

use super::controller::Controller;
use super::markup::Slot;
use super::player::{PlayLink, Player};
use super::text::article_markup;

/// Returns the component that fills a slot.
fn slot_component(controller: &Controller, slot: Slot) -> Html {
    let controller = controller.clone();
    match slot {
        Slot::Player => html! { <Player {controller} /> },
        Slot::PlayLink => html! { <PlayLink {controller} /> },
    }
}

/// Returns a whole briefing as nodes, for Yew to write as HTML.
pub(super) fn nodes(controller: &Controller) -> Html {
    article_markup(&controller.model()).to_nodes(&|slot| Some(slot_component(controller, slot)))
}

#[cfg(feature = "cli")]
mod html {
    use std::rc::Rc;

    use yew::LocalServerRenderer;

    use super::*;
    use crate::view::names::class;
    use crate::view::player::KeptPress;
    use crate::view::text::drawn::DrawnText;
    use crate::view::view_model::ViewModel;
    use crate::view::words::Word;

    #[derive(Properties, PartialEq)]
    struct Props {
        controller: Controller,
        slot: Slot,
    }

    #[component]
    fn PrerenderedSlot(props: &Props) -> Html {
        let id = match props.slot {
            Slot::Player => "pressed-play",
            Slot::PlayLink => "pressed-play-link",
        };
        let loading = props.controller.model().words.get(Word::Loading);
        html! {
            <ContextProvider<KeptPress> context={KeptPress(id)}>
                { slot_component(&props.controller, props.slot) }
                <span {id} class={class::PRESSED} role="status" popover="manual">{ loading }</span>
            </ContextProvider<KeptPress>>
        }
    }

    /// Returns the content of a slot as HTML.
    pub(crate) fn slot_html(model: &Rc<ViewModel>, slot: Slot) -> String {
        let text = DrawnText::draw(model);
        let controller = Controller::new(Rc::clone(model), text, Vec::new(), Callback::noop());
        let renderer = LocalServerRenderer::<PrerenderedSlot>::with_props(Props { controller, slot });
        futures_executor::block_on(renderer.hydratable(false).render())
    }
}

#[cfg(feature = "cli")]
pub(crate) use html::slot_html;
