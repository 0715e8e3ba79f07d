use std::rc::Rc;

use yew::prelude::*;

use crate::article::{Article, Language};
use crate::timeline::Pace;
use crate::view::controller::Controller;
use crate::view::event::Event;
use crate::view::root::{LoadState, Root};
use crate::view::sections::Sections;
use crate::view::text::drawn::DrawnText;
use crate::view::view_model::ViewModel;
use crate::view::words::Words;

/// The properties of [`Briefing`].
#[derive(Properties, Clone, PartialEq)]
pub struct Props {
    /// The article to show.
    pub article: Rc<Article>,
    /// The interface strings; English by default.
    #[prop_or_default]
    pub words: Words,
    /// The sections that are shown; all by default.
    #[prop_or(Sections::ALL)]
    pub sections: Sections,
    /// The base that relative URLs of the article are resolved against; by default the base of the host
    /// page.
    #[prop_or_default]
    pub base: Option<AttrValue>,
    /// The prefix of every id in this briefing. Required where several briefings share one page without
    /// shadow roots.
    #[prop_or_default]
    pub id_prefix: AttrValue,
    /// Called with every event of the briefing.
    #[prop_or_default]
    pub on_event: Callback<Event>,
}

/// An interactive briefing, for Yew applications. Requires [`super::STYLES`] in the host page, or in the
/// shadow root that contains the briefing.
///
/// The parent may render as often as it likes, with a new callback each time: the briefing keeps its
/// state, and events go to the newest callback. A different article, `words`, `sections`, `base` or
/// `id_prefix` creates a new briefing.
///
/// ```
/// use std::rc::Rc;
///
/// use news_briefing::article::Article;
/// use news_briefing::view::{Briefing, Event};
/// use yew::prelude::*;
///
/// #[derive(Properties, PartialEq)]
/// struct Props {
///     article: Rc<Article>,
/// }
///
/// #[component]
/// fn Page(props: &Props) -> Html {
///     let opened = use_state(|| 0);
///     let on_event = {
///         let opened = opened.clone();
///         Callback::from(move |event| {
///             if matches!(event, Event::Reference { .. }) {
///                 opened.set(*opened + 1);
///             }
///         })
///     };
///     html! {
///         <main>
///             <Briefing article={props.article.clone()} {on_event} />
///             <p>{ format!("Sources opened: {}", *opened) }</p>
///         </main>
///     }
/// }
/// ```
#[component]
pub fn Briefing(props: &Props) -> Html {
    let newest = use_mut_ref(|| props.on_event.clone());
    use_effect({
        let (newest, on_event) = (Rc::clone(&newest), props.on_event.clone());
        move || {
            newest.replace(on_event);
        }
    });
    let controller = use_memo(Shown::of(props), |Shown(props)| {
        let language = props.article.lang.as_ref().map_or("en", Language::as_str);
        let article = Article::clone(&props.article);
        let (words, base, prefix) = (props.words.clone(), props.base.clone(), props.id_prefix.clone());
        let model = ViewModel::new(article, props.sections, words, language, base, prefix, Pace::Reading);
        // The custom element plays recordings; this component does not.
        let model = model.without_recording();
        let text = DrawnText::draw(&model);
        let on_event = move |event| {
            // The callback may render again and thereby replace `newest`, so the borrow ends first.
            let on_event = newest.borrow().clone();
            on_event.emit(event);
        };
        Controller::new(Rc::new(model), text, Vec::new(), Callback::from(on_event))
    });
    html! { <Root state={LoadState::Ready(Controller::clone(&controller))} /> }
}

/// The properties that identify a briefing: all but the callback.
struct Shown(Props);

impl Shown {
    fn of(props: &Props) -> Self {
        Self(props.clone())
    }
}

impl PartialEq for Shown {
    fn eq(&self, Self(other): &Self) -> bool {
        let Props { article, words, sections, base, id_prefix, on_event: _ } = &self.0;
        (Rc::ptr_eq(article, &other.article) || *article == other.article)
            && *words == other.words
            && *sections == other.sections
            && *base == other.base
            && *id_prefix == other.id_prefix
    }
}
