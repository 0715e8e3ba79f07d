use clap::{Args, ValueEnum};

use super::Streams;
use super::check::tell;
use super::document::{document, frame_snippet};
use super::fragment::{Stylesheet, fragment};
use super::input::Input;
use super::outcome::{Failure, Outcome};
use super::words::words;
use crate::article::{Json, Language, read_text};
use crate::timeline::Pace;
use crate::view::{Edition, Sections, Words};

#[derive(Args)]
pub(super) struct Options {
    /// The file with the article as JSON; - is standard input
    #[arg(value_name = "FILE")]
    file: String,
    /// The language of the interface, such as `de`; that of the article by default, else English
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// Write a whole page, with what search engines and previews of links take from one
    #[arg(long)]
    page: bool,
    /// Write a page that is made to stand in a frame of another; the `<iframe>` for it, and the script
    /// that makes it as high as its briefing, are told on standard error
    #[arg(long, conflicts_with = "page")]
    iframe: bool,
    /// Where the files of `cargo xtask dist` lie, as the page sees it
    #[arg(long, value_name = "URL", default_value = ".")]
    assets: String,
    /// How the stylesheet comes: as a link to `news-briefing.css` among the assets, or inside, which
    /// takes one request less; what `style-src` then has to allow is told on standard error
    #[arg(long, value_enum, default_value_t = Style::Link)]
    style: Style,
    /// Which sections to show besides the header: key-points, body, references, player; all by default
    #[arg(long, value_name = "NAMES")]
    sections: Option<String>,
    /// To be read aloud by a voice of the reader's device, of those named the first there is; the same as
    /// the attribute `voice`
    #[arg(long, value_name = "NAMES", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    voice: Option<String>,
    /// A file with words of your own for the interface, as JSON
    #[arg(long, value_name = "FILE")]
    words: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Style {
    Link,
    Inline,
}

/// What is rendered, and how.
pub(super) struct Rendering {
    /// The article, with the language and the words to show it in.
    pub(super) edition: Edition,
    /// The sections that are shown, as the element names them.
    pub(super) sections: Option<String>,
    /// The voices to read it aloud, as the element names them, if something shall.
    pub(super) voice: Option<String>,
    /// The JSON of the article, for the script that takes over.
    pub(super) json: String,
    /// The language of the interface, where it is known.
    pub(super) language: Option<String>,
    /// How the stylesheet comes.
    pub(super) stylesheet: Stylesheet,
    /// Where the assets lie, with a slash at the end.
    pub(super) assets: String,
}

/// Writes the article as HTML.
pub(super) fn run(options: &Options, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let input = Input::read(&options.file, streams.input)?;
    let reading = read_text(&input.text);
    for problem in &reading.problems {
        tell(streams.err, &input, problem)?;
    }
    let Some(article) = reading.article else { return Ok(Outcome::Faulty) };

    let language = match &options.lang {
        Some(given) => Some(Language::parse(given).ok_or_else(|| {
            Failure::new(format!("{given:?} is no language"), "give a tag such as en, pt-BR or zh-Hans")
        })?),
        None => article.lang.clone(),
    };
    let language = language.map(|language| language.as_str().to_owned());
    let spoken = language.as_deref().unwrap_or("en");
    let words = own_words(options, words(spoken), streams)?;
    let stylesheet = match options.style {
        Style::Link => Stylesheet::Linked,
        Style::Inline => Stylesheet::inside(),
    };
    let shown = options.sections.as_deref().map_or(Sections::ALL, Sections::from_names);
    let pace = if options.voice.is_some() { Pace::Listening } else { Pace::Reading };
    let rendering = Rendering {
        edition: Edition::new(article, shown, words, spoken, None, "".into(), pace),
        sections: options.sections.clone(),
        voice: options.voice.clone(),
        json: super::compact::compact(&input.text),
        language,
        stylesheet,
        assets: [options.assets.trim_end_matches('/'), "/"].concat(),
    };
    let html = if options.page || options.iframe {
        document(&rendering, options.iframe)
    } else {
        fragment(&rendering).to_html()
    };
    writeln!(streams.out, "{html}")?;
    if let Stylesheet::Inside { hash, .. } = &rendering.stylesheet {
        writeln!(streams.err, "style-src '{hash}'")?;
    }
    if options.iframe {
        writeln!(streams.err, "{}", frame_snippet(&rendering))?;
    }
    Ok(Outcome::Good)
}

/// The words of a site over those of the interface.
fn own_words(options: &Options, words: Words, streams: &mut Streams<'_>) -> Result<Words, Failure> {
    let Some(path) = &options.words else { return Ok(words) };
    let input = Input::read(path, streams.input)?;
    let json: Json = serde_json::from_str(&input.text).map_err(|error| {
        Failure::new(format!("{} is not JSON: {error}", input.name), "write an object as in src/view/words/")
    })?;
    Ok(words.with(&json))
}
