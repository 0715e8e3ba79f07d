use yew::prelude::*;

use super::event::Event;
use super::glance::Glance;
use super::session::Session;
use super::sheet::sheet;
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
    /// It is here, and its beginning can be seen.
    Glance(Glance),
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

/// A briefing from before its article is there. It is drawn once for each stage; what changes while
/// it is read is not drawn by Yew, but told of in [`super::behaviour`] and [`super::display`].
///
/// It is the one component: each further one would weigh a kilobyte of what readers download.
#[derive(Default)]
pub struct Shell {
    /// What is on the page.
    session: Option<Session>,
}

impl Component for Shell {
    type Message = ();
    type Properties = Props;

    fn create(_context: &Context<Self>) -> Self {
        Self::default()
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let Props { stage, words, on_retry } = context.props();
        match stage {
            Stage::Loading => states::loading(words),
            Stage::Failed => states::failed(words, false, on_retry.clone()),
            Stage::Unreadable => states::failed(words, true, on_retry.clone()),
            Stage::Glance(glance) => glance.put(),
            Stage::Ready(session) => sheet(session),
        }
    }

    fn rendered(&mut self, context: &Context<Self>, _first: bool) {
        let session = match &context.props().stage {
            // Yew tells of the stage before this one too, when the next has already come in.
            Stage::Ready(session) if !session.display().is_drawn() => return,
            Stage::Ready(session) => Some(session.clone()),
            _ => None,
        };
        if self.session != session {
            let before = std::mem::replace(&mut self.session, session);
            before.iter().for_each(Session::end);
            self.session.iter().for_each(|session| session.emit(Event::Ready));
        }
    }

    fn destroy(&mut self, _context: &Context<Self>) {
        self.session.iter().for_each(Session::end);
    }
}
