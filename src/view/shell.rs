use yew::prelude::*;

use super::session::Session;
use super::sheet::Sheet;
use super::states;
use super::words::Words;

/// How far an article has come.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// It is on its way.
    Loading,
    /// It did not come.
    Failed,
    /// It came, but it cannot be shown.
    Unreadable,
    /// It is here.
    Ready(Session),
}

/// The properties of [`Shell`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// How far the article has come.
    pub stage: Stage,
    /// The words for the states that have no article.
    #[prop_or_default]
    pub words: Words,
    /// Is called when the reader asks for the article once more.
    #[prop_or_default]
    pub on_retry: Callback<()>,
}

/// A briefing from before its article is there.
#[component]
pub fn Shell(props: &Props) -> Html {
    match &props.stage {
        Stage::Loading => states::loading(&props.words),
        Stage::Failed => states::failed(&props.words, false, props.on_retry.clone()),
        Stage::Unreadable => states::failed(&props.words, true, props.on_retry.clone()),
        // Keyed by the session: another article is another briefing, with no state left over.
        Stage::Ready(session) => html! { <Sheet key={session.key()} session={session.clone()} /> },
    }
}
