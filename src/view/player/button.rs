use yew::prelude::*;

use super::svg_icon::svg_icon;
use super::use_listener::use_listener;
use super::use_words::use_words;
use crate::view::icon::Icon;

/// The properties of [`Button`].
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// Which one it is, for the stylesheet.
    pub(super) control: &'static str,
    /// Its name for `::part()`, if it has one.
    #[prop_or_default]
    pub(super) part: Option<&'static str>,
    /// Leads to its element, for whoever gives it the focus.
    #[prop_or_default]
    pub(super) node: Option<NodeRef>,
    /// What it does.
    pub(super) label: AttrValue,
    /// The same as a drawing.
    pub(super) icon: Icon,
    /// Whether it is pressed, if it stays pressed.
    #[prop_or_default]
    pub(super) pressed: Option<bool>,
    /// Is called when it is pressed. Without, script opens its menu.
    #[prop_or_default]
    pub(super) on_press: Option<Callback<Event>>,
    /// What stands behind the label, for the one button whose label is seen; of the others only the drawing
    /// is.
    #[prop_or_default]
    pub(super) total: Option<AttrValue>,
}

/// Ahead of the page, a press on what plays opens the popover of this id, which says that it was heard: so the browser
/// itself keeps it until there is script.
#[cfg(feature = "cli")]
#[derive(Clone, PartialEq)]
pub(crate) struct KeptPress(pub(crate) &'static str);

/// A button of the player.
#[component]
pub(super) fn Button(props: &Props) -> Html {
    let own = use_node_ref();
    let node = props.node.clone().unwrap_or(own);
    let label = use_node_ref();
    use_words(&label, &props.label);
    #[cfg(feature = "cli")]
    let kept = use_context::<KeptPress>()
        .and_then(|KeptPress(popover)| props.control.starts_with("play").then_some(popover));
    #[cfg(not(feature = "cli"))]
    let kept: Option<&'static str> = None;
    let events: &[_] = if props.on_press.is_some() { &["click"] } else { &[] };
    use_listener(&node, events, props.on_press.clone().unwrap_or_default());
    html! {
        <button
            ref={node}
            type="button"
            data-control={props.control}
            part={props.part}
            title={props.total.is_none().then(|| props.label.clone())}
            popovertarget={kept}
            aria-haspopup={props.on_press.is_none().then_some("dialog")}
            aria-pressed={props.pressed.map(|pressed| if pressed { "true" } else { "false" })}
        >
            { svg_icon(props.icon) }
            if let Some(total) = &props.total {
                <span ref={label}>{ &props.label }</span>
                <span class="total">{ total }</span>
            } else {
                <span ref={label} class="hidden">{ &props.label }</span>
            }
        </button>
    }
}
