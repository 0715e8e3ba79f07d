use std::collections::HashMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::rc::Rc;

use clap::{Args, ValueEnum};

use super::Streams;
use super::any_format::{AnyFormat, FormatOptions};
use super::batch::{Done, Files};
use super::compact::compact;
use super::document::{document, frame_snippet};
use super::fragment::{Stylesheet, fragment};
use super::input::Input;
use super::outcome::{Failure, Outcome};
use super::output::Folder;
use super::path_url::path_to_url;
use super::sources::Source;
use super::words::words;
use crate::article::{Article, Json, Language};
use crate::timeline::Pace;
use crate::view::{Markup, Sections, ViewModel, Words, slot_html};

#[derive(Args)]
pub(super) struct Options {
    #[command(flatten)]
    files: Files,
    #[command(flatten)]
    format: FormatOptions,
    /// Write each article to a file of the same name in this folder, each whole or not at all
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The language of the interface, such as `de`; by default that of the article, else English
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// Write a whole page, with metadata for search engines and link previews
    #[arg(long)]
    page: bool,
    /// Write a page to be embedded in a frame; its `<iframe>`, and the script that sets the height of the
    /// frame to that of the briefing, are printed on standard error
    #[arg(long, conflicts_with = "page")]
    iframe: bool,
    /// The URL of the files of `cargo xtask dist`, as seen from the page
    #[arg(long, value_name = "URL", default_value = ".")]
    assets: String,
    /// Whether to link to `news-briefing.css` among the assets or to inline the stylesheet, which saves one
    /// request; the hash that `style-src` then has to allow is printed on standard error
    #[arg(long, value_enum, default_value_t = Style::Link)]
    style: Style,
    /// For pages whose policy allows scripts and styles by a nonce: write this text as the nonce of all of
    /// them. A nonce differs in every response, so give a placeholder that your server replaces
    #[arg(long, value_name = "TEXT")]
    nonce: Option<String>,
    /// Which sections to show besides the header, as a list: key-points, body, references, player; all by
    /// default
    #[arg(long, value_name = "NAMES")]
    sections: Option<String>,
    /// Have the article read aloud by a voice of the reader's device, the first available one of these names;
    /// the same as the attribute `voice`
    #[arg(long, value_name = "NAMES", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    voice: Option<String>,
    /// A JSON file with interface strings of your own
    #[arg(long, value_name = "FILE")]
    words: Option<OsString>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Style {
    Link,
    Inline,
}

/// An article to render, and the settings for it.
pub(super) struct Rendering {
    /// The view model: the article, with the language and the interface strings.
    pub(super) model: Rc<ViewModel>,
    /// The visible sections, as in the attribute `sections`; all if none.
    pub(super) sections: Option<String>,
    /// The voices that read the article aloud, as in the attribute `voice`; none for silence.
    pub(super) voice: Option<String>,
    /// The JSON of the article, from which the script hydrates the element.
    pub(super) json: String,
    /// The language of the interface, if it is known.
    pub(super) language: Option<String>,
    /// How to include the stylesheet.
    pub(super) stylesheet: Rc<Stylesheet>,
    /// The nonce of scripts and styles, if the policy needs one.
    pub(super) nonce: Option<String>,
    /// The URL of the assets, with a slash at the end.
    pub(super) assets: String,
}

impl Rendering {
    /// Converts markup that contains the briefing to HTML.
    pub(super) fn html(&self, markup: &Markup) -> String {
        markup.to_html(&|slot| Some(slot_html(&self.model, slot)))
    }
}

/// Renders articles as HTML.
pub(super) fn run(options: &Options, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let own_words = options.words.as_ref().map(|path| Input::read(path, streams.input)).transpose()?;
    let own_words = own_words.as_ref().map(|input| (&*input.name, &*input.text));
    // Invalid options are reported before any article is read.
    Renderer::new(options, own_words)?;
    let sources = options.files.find(streams);
    let folder = options.out.as_deref().map(|path| Folder::open(path, "html", &sources)).transpose()?;
    let folder = folder.as_ref();
    if folder.is_none() && sources.list().len() > 1 {
        return Err(Failure::new(
            "several articles would be written one after another".to_owned(),
            "name a folder for them with --out",
        ));
    }
    let worker = || {
        let mut renderer = Renderer::new(options, own_words)?;
        Ok(move |source: &Source, input: &Input| renderer.render(source, input, folder))
    };
    let tally = options.files.each(&sources, streams, &worker, |streams, _, done| done.write(streams))?;
    // The hash is the same for every article.
    if tally.good() > 0
        && let Stylesheet::Inline { hash, .. } = stylesheet(options)
    {
        writeln!(streams.err, "style-src '{hash}'")?;
    }
    tally.print_processed(streams, "rendered")?;
    Ok(tally.outcome())
}

/// Renders one article after another.
struct Renderer<'o> {
    options: &'o Options,
    format: AnyFormat,
    /// The language of the interface, if `--lang` sets it.
    language: Option<String>,
    /// The site's own interface strings, which take precedence.
    own_words: Option<Json>,
    /// The interface strings of the languages seen so far.
    words: HashMap<String, Words>,
    stylesheet: Rc<Stylesheet>,
    sections: Option<String>,
}

impl<'o> Renderer<'o> {
    /// Creates a renderer. `own_words` has the name and the text of the file of the site's own interface
    /// strings.
    fn new(options: &'o Options, own_words: Option<(&str, &str)>) -> Result<Self, Failure> {
        let language = options.lang.as_ref().map(|given| {
            let language = Language::parse(given).ok_or_else(|| {
                Failure::new(
                    format!("{given:?} is not a language tag"),
                    "give a tag such as en, pt-BR or zh-Hans",
                )
            });
            language.map(|language| language.as_str().to_owned())
        });
        let own_words = own_words.map(|(name, text)| {
            serde_json::from_str(text).map_err(|error| {
                Failure::new(
                    format!("{name} is not JSON: {error}"),
                    "write an object like those in src/view/words/",
                )
            })
        });
        Ok(Self {
            options,
            format: options.format.validated()?,
            language: language.transpose()?,
            own_words: own_words.transpose()?,
            words: HashMap::new(),
            stylesheet: Rc::new(stylesheet(options)),
            sections: options.sections.as_deref().map(section_names).transpose()?,
        })
    }

    fn render(&mut self, source: &Source, input: &Input, folder: Option<&Folder<'_>>) -> Done {
        let reading = self.format.read(&input.text);
        let mut done = Done::with_findings(input, &reading);
        let Some(article) = reading.article else { return done };
        let json = if reading.is_converted { compact(&article.to_json()) } else { compact(&input.text) };
        let rendering = self.rendering(article, json);
        let options = self.options;
        let html = if options.page || options.iframe {
            document(&rendering, options.iframe)
        } else {
            rendering.html(&fragment(&rendering))
        };
        done.set_output(source, html + "\n", folder);
        if options.iframe && done.outcome == Outcome::Good {
            let name = folder.and_then(|folder| folder.relative_path(source));
            let src = name.map_or_else(|| "briefing.html".to_owned(), |name| path_to_url(&name));
            done.err += &frame_snippet(&rendering, &src);
            done.err.push('\n');
        }
        done
    }

    fn rendering(&mut self, article: Article, json: String) -> Rendering {
        let options = self.options;
        let own = || article.lang.as_ref().map(|language| language.as_str().to_owned());
        let language = self.language.clone().or_else(own);
        let interface_language = language.as_deref().unwrap_or("en");
        let words = self.words(interface_language);
        let shown = self.sections.as_deref().map_or(Sections::ALL, Sections::from_names);
        let pace = if options.voice.is_some() { Pace::Listening } else { Pace::Reading };
        Rendering {
            model: Rc::new(ViewModel::new(article, shown, words, interface_language, None, "".into(), pace)),
            sections: self.sections.clone(),
            voice: options.voice.clone(),
            json,
            language,
            stylesheet: Rc::clone(&self.stylesheet),
            nonce: options.nonce.clone(),
            assets: assets(options),
        }
    }

    /// Returns the interface strings of a language, overridden by those of the site.
    fn words(&mut self, language: &str) -> Words {
        if let Some(known) = self.words.get(language) {
            return known.clone();
        }
        let mut words = words(language);
        if let Some(own) = &self.own_words {
            words = words.with(own);
        }
        // Hostile articles may name any number of languages.
        if self.words.len() < MAX_CACHED_LANGUAGES {
            self.words.insert(language.to_owned(), words.clone());
        }
        words
    }
}

/// The maximum number of languages whose interface strings are cached.
const MAX_CACHED_LANGUAGES: usize = 64;

fn assets(options: &Options) -> String {
    [options.assets.trim_end_matches('/'), "/"].concat()
}

fn stylesheet(options: &Options) -> Stylesheet {
    match options.style {
        Style::Link => Stylesheet::linked(&assets(options)),
        Style::Inline => Stylesheet::inline(),
    }
}

/// Converts a list of section names with commas or spaces to the form of the attribute `sections`.
fn section_names(list: &str) -> Result<String, Failure> {
    let names: Vec<&str> = list.split([',', ' ', '\n', '\t']).filter(|name| !name.is_empty()).collect();
    let choose = |reason| Failure::new(reason, "choose from header, key-points, body, references, player");
    match names.iter().find(|name| !Sections::NAMES.contains(name)) {
        Some(unknown) => Err(choose(format!("{unknown:?} is not a section"))),
        None if names.is_empty() => Err(choose(format!("{list:?} names no section"))),
        None => Ok(names.join(" ")),
    }
}
