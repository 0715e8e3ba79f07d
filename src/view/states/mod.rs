//! The loading and error states.

mod failure;
mod loading;

pub(crate) use failure::Failure;
pub(crate) use loading::Loading;
