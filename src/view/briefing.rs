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
    /// Is called with everything that happens.
    #[prop_or_default]
    pub on_event: Callback<Event>,
}

/// An interactive briefing, for Yew applications. It needs [`super::STYLES`] on the page, or in the
/// shadow root it stands in.
///
/// Whoever shows it may render as often as they like, with a new callback each time: the briefing stays
/// as it is, and what happens goes to the newest callback. Another article, other words, sections, base or
/// prefix make another briefing.
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
        // Recordings are played by the element.
        let model = model.without_recording();
        let text = DrawnText::draw(&model);
        let on_event = move |event| {
            // What is called may render anew, and set another.
            let on_event = newest.borrow().clone();
            on_event.emit(event);
        };
        Controller::new(Rc::new(model), text, Vec::new(), Callback::from(on_event))
    });
    html! { <Root state={LoadState::Ready(Controller::clone(&controller))} /> }
}

/// The properties that make one briefing what it is: all but who is called.
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
