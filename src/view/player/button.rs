use yew::prelude::*;

use super::svg_icon::svg_icon;
use super::use_listener::use_listener;
use super::use_words::use_words;
use crate::view::icon::Icon;

/// The properties of [`Button`].
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The name of the control, for the stylesheet.
    pub(super) control: &'static str,
    /// Its name for `::part()`, if it has one.
    #[prop_or_default]
    pub(super) part: Option<&'static str>,
    /// A reference to its element, for moving the focus there.
    #[prop_or_default]
    pub(super) node: Option<NodeRef>,
    /// Its label.
    pub(super) label: AttrValue,
    /// Its icon.
    pub(super) icon: Icon,
    /// Whether it is pressed, if it is a toggle button.
    #[prop_or_default]
    pub(super) pressed: Option<bool>,
    /// Called when it is pressed. Without it, script opens the button's menu.
    #[prop_or_default]
    pub(super) on_press: Option<Callback<Event>>,
    /// The text after the label, for buttons whose label is visible; the others show only their icon.
    #[prop_or_default]
    pub(super) total: Option<AttrValue>,
}

/// In a prerendered player, a press on a play button opens the popover with this id, which confirms the
/// press. That way the browser itself keeps the press until the script has loaded.
#[cfg(feature = "cli")]
#[derive(Clone, PartialEq)]
pub(crate) struct KeptPress(pub(crate) &'static str);

/// A button of the player.
#[component]
pub(super) fn Button(props: &Props) -> Html {
    let own = use_node_ref();
    let node = props.node.clone().unwrap_or(own);
    let (label, total_node) = (use_node_ref(), use_node_ref());
    use_words(&label, &props.label);
    use_words(&total_node, &props.total.clone().unwrap_or_default());
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
                <span ref={total_node} class="total">{ total }</span>
            } else {
                <span ref={label} class="hidden">{ &props.label }</span>
            }
        </button>
    }
}
