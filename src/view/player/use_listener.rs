use gloo_events::EventListener;
use web_sys::Event;
use yew::prelude::*;

use crate::view::dom;

/// Listens to events on an element of the component, in the capture phase, while the component is
/// mounted. The handler of the first render stays in use: it must reach changing state through a
/// controller, a dispatcher or a ref.
#[hook]
pub(crate) fn use_listener(node: &NodeRef, names: &'static [&'static str], handler: Callback<Event>) {
    use_effect_with(node.clone(), move |node| {
        let listen = |name: &&'static str| -> Option<EventListener> {
            let handler = handler.clone();
            Some(dom::listen(&node.get()?.into(), name, move |event| handler.emit(event.clone())))
        };
        let listeners: Vec<_> = names.iter().filter_map(listen).collect();
        move || drop(listeners)
    });
}
