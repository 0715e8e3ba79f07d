use crate::article::Audio;
use crate::view::markup::Markup;
use crate::view::names::class;
use crate::view::sound::Sound;
use crate::view::view_model::ViewModel;
use crate::view::words::Word;

/// What is known of the recording of an article, if it has one to play.
fn audio(model: &ViewModel) -> Option<&Audio> {
    let is_played = model.is_whole() && model.has_player() && model.sound() == Sound::Recording;
    model.article.audio.as_ref().filter(|_| is_played)
}

/// Whether the recording is played by the browser's own controls, as an attribute of the briefing. A stylesheet that
/// looked for them with `:has()` would have every time in the text looked at again for everything that is drawn.
pub(super) fn native(model: &ViewModel) -> Option<&'static str> {
    audio(model).map(|_| "")
}

/// The recording, with the browser's own controls: before there is script, and without, it can be heard. Script
/// plays this very element and none other, so that what is heard goes on; it only takes the controls away.
pub(super) fn recording(markup: &mut Markup, model: &ViewModel) {
    let Some(audio) = audio(model) else { return };
    // Nothing of it comes until somebody wants to hear it.
    let attributes = [("class", class::RECORDING), ("controls", ""), ("preload", "none")];
    let tag = markup.tag("audio").attrs(&attributes).attr("aria-label", &model.words.get(Word::Recording));
    tag.children(|markup| {
        for source in &audio.sources {
            let tag = markup.tag("source").attr("src", &model.resolve(&source.url));
            tag.attr_if("type", source.media_type.as_deref()).empty();
        }
    });
}
