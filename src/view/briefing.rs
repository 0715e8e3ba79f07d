use std::rc::Rc;

use yew::prelude::*;

use super::edition::Edition;
use super::event::Event;
use super::sections::Sections;
use super::session::Session;
use super::shell::{Shell, Stage};
use super::words::Words;
use crate::article::{Article, Language};
use crate::timeline::Pace;

/// The properties of [`Briefing`].
#[derive(Properties, Clone, PartialEq)]
pub struct Props {
    /// The article to show.
    pub article: Rc<Article>,
    /// The words of the interface; English by default.
    #[prop_or_default]
    pub words: Words,
    /// What of it is shown; all by default.
    #[prop_or(Sections::ALL)]
    pub sections: Sections,
    /// What relative addresses of the article are resolved against; the page's own by default.
    #[prop_or_default]
    pub base: Option<AttrValue>,
    /// What the ids of this briefing begin with. Needed where several stand on one page, outside of
    /// shadow roots.
    #[prop_or_default]
    pub id_prefix: AttrValue,
    /// Is told of everything that happens.
    #[prop_or_default]
    pub on_event: Callback<Event>,
}

/// An interactive briefing, for Yew applications. It needs [`super::STYLES`] on the page, or in the
/// shadow root it stands in.
#[component]
pub fn Briefing(props: &Props) -> Html {
    let session = use_memo(props.clone(), |props| {
        let language = props.article.lang.as_ref().map_or("en", Language::as_str);
        let article = Article::clone(&props.article);
        let (words, base, prefix) = (props.words.clone(), props.base.clone(), props.id_prefix.clone());
        let edition = Edition::new(article, props.sections, words, language, base, prefix, Pace::Reading);
        Session::new(Rc::new(edition), props.on_event.clone())
    });
    html! { <Shell stage={Stage::Ready(Session::clone(&session))} /> }
}
