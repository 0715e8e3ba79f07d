//! What is shown while there is no article to show.

mod failure;
mod loading;

pub(crate) use failure::Failure;
pub(crate) use loading::Loading;
