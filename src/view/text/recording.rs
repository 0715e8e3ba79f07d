use crate::article::Audio;
use crate::view::markup::Markup;
use crate::view::names::class;
use crate::view::sound::Sound;
use crate::view::view_model::ViewModel;
use crate::view::words::Word;

/// Returns the recording of the article, if the player plays it.
fn audio(model: &ViewModel) -> Option<&Audio> {
    let is_played = model.is_whole() && model.has_player() && model.sound() == Sound::Recording;
    model.article.audio.as_ref().filter(|_| is_played)
}

/// Returns the attribute that marks a briefing whose recording the browser's own controls play. If a
/// stylesheet looked for the controls with `:has()` instead, every change would make the browser match all
/// timestamps again.
pub(super) fn native(model: &ViewModel) -> Option<&'static str> {
    audio(model).map(|_| "")
}

/// Shows the recording with the browser's own controls, so that it can be played before the script loads, or
/// without script. Script adopts this very element, so that the sound goes on, and only removes the controls.
pub(super) fn recording(markup: &mut Markup, model: &ViewModel) {
    let Some(audio) = audio(model) else { return };
    // Nothing is loaded until the reader plays it.
    let attributes = [("class", class::RECORDING), ("controls", ""), ("preload", "none")];
    let tag = markup.tag("audio").attrs(&attributes).attr("aria-label", &model.words.get(Word::Recording));
    tag.children(|markup| {
        for source in &audio.sources {
            let tag = markup.tag("source").attr("src", &model.resolve(&source.url));
            tag.attr_if("type", source.media_type.as_deref()).empty();
        }
    });
}
