//! Reads single values for all parts of an article, and collects the problems found.

use std::borrow::Cow;

#[cfg(feature = "native")]
use super::super::lint;
#[cfg(feature = "native")]
use super::super::rich_text::without_parsed_markup;
use super::super::rich_text::{InlineProblem, Markers, parse};
use super::super::{Json, Language, Moment, Problem, RichText, Severity, Text, Url, cut};
use super::clean::clean;
use super::limits;
use super::number;
use super::path::Path;

/// Reads single values and collects their problems.
pub(in crate::article) struct Reader {
    /// The problems so far, errors first.
    problems: Vec<Problem>,
    /// How many of the problems are errors.
    errors: usize,
    /// The references that `[^id]` and `[1]` may cite.
    pub(in crate::article) markers: Markers,
    /// The length of all texts so far, in bytes.
    bytes: usize,
}

impl Reader {
    pub(in crate::article) fn new() -> Self {
        Self::after(Vec::new())
    }

    /// Returns a reader that adds to these problems, none of which is an error.
    pub(in crate::article) fn after(problems: Vec<Problem>) -> Self {
        Self { problems, errors: 0, markers: Markers::default(), bytes: 0 }
    }

    /// Returns the problems, errors first.
    pub(in crate::article) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    pub(in crate::article) fn warn(&mut self, path: Path, message: &str) {
        self.report(path, Severity::Warning, message);
    }

    pub(in crate::article) fn fail(&mut self, path: Path, message: &str) {
        self.report(path, Severity::Error, message);
    }

    fn report(&mut self, path: Path, severity: Severity, message: &str) {
        // Nobody reads a longer list of warnings; errors are always reported.
        if severity == Severity::Warning && self.problems.len() >= limits::MAX_PROBLEMS {
            return;
        }
        let problem = Problem { path: path.write(), severity, message: message.to_owned() };
        match severity {
            Severity::Warning => self.problems.push(problem),
            Severity::Error => {
                self.problems.insert(self.errors, problem);
                self.errors += 1;
            }
        }
    }

    /// Warns that `found` is in the place of what was expected.
    pub(in crate::article) fn expected(&mut self, path: Path, expected: &str, found: &Json) {
        self.warn(path, &["expected ", expected, ", found ", &describe(found)].concat());
    }

    /// Reads plain text; `None` for `null` and for a blank text. A number is shown unchanged, with a problem
    /// reported.
    pub(in crate::article) fn text(&mut self, path: Path, json: &Json) -> Option<Text> {
        self.note_number(path, json);
        let text = self.text_or_number(path, json)?;
        #[cfg(feature = "native")]
        lint::plain(&text, &mut |message| self.warn(path, message));
        Some(text)
    }

    /// Reads a text, or a number as text.
    fn text_or_number(&mut self, path: Path, json: &Json) -> Option<Text> {
        match json {
            Json::Text(text) => {
                let text = self.cleaned(path, text);
                let text = text.trim();
                return (!text.is_empty()).then(|| text.into());
            }
            Json::Null => return None,
            Json::Number(number) => {
                if let Some(text) = number::format_number(*number) {
                    return Some(text.into());
                }
            }
            _ => {}
        }
        self.expected(path, "text", json);
        None
    }

    fn note_number(&mut self, path: Path, json: &Json) {
        if let Json::Number(number) = json
            && number.is_finite()
        {
            self.expected(path, "text", json);
        }
    }

    /// Reads a name: a text, or an object with a `name`.
    pub(in crate::article) fn name(&mut self, path: Path, json: &Json) -> Option<Text> {
        let Some(name) = name_in(json) else { return self.text(path, json) };
        self.warn(path, "expected text, found an object; its name is shown");
        self.text(path.key("name"), name)
    }

    /// Reads a list of names. A single name is accepted as a list of one, with a problem reported.
    pub(in crate::article) fn names(&mut self, path: Path, json: &Json) -> Vec<Text> {
        if let Some(name) = name_in(json) {
            self.expected(path, "a list of texts", json);
            return self.text(path.key("name"), name).into_iter().collect();
        }
        let list = self.list_of_texts(path, json);
        let names = list.iter().enumerate();
        names.filter_map(|(index, name)| self.name(path.index(index), name)).collect()
    }

    /// Reads a text in which white space is significant.
    pub(in crate::article) fn verbatim(&mut self, path: Path, json: &Json) -> Option<Text> {
        match json {
            Json::Text(text) => {
                Some(self.cleaned(path, text).into()).filter(|text: &Text| !text.trim().is_empty())
            }
            other => self.text(path, other),
        }
    }

    fn cleaned<'t>(&mut self, path: Path, text: &'t str) -> Cow<'t, str> {
        self.bytes += text.len();
        #[cfg(feature = "native")]
        lint::with_controls(text, &mut |message| self.warn(path, message));
        let (mut text, faults) = clean(text);
        for fault in faults {
            self.warn(path, fault.message());
        }
        let beginning = cut(&text, limits::MAX_TEXT);
        if beginning.len() < text.len() {
            self.warn(path, "is longer than 200,000 characters; the rest was left out");
            text = Cow::Owned(beginning.to_owned());
        }
        text
    }

    /// Whether the texts read so far are larger than an article may be.
    pub(in crate::article) fn is_too_large(&self) -> bool {
        self.bytes > limits::MAX_ARTICLE
    }

    /// Reads inline text; empty for `null`. A number is shown unchanged, with a problem reported.
    pub(in crate::article) fn rich(&mut self, path: Path, json: &Json) -> RichText {
        self.note_number(path, json);
        self.cell(path, json)
    }

    /// Reads inline text or a number, neither of which is a problem.
    pub(in crate::article) fn cell(&mut self, path: Path, json: &Json) -> RichText {
        let Some(text) = self.text_or_number(path, json) else {
            return RichText::default();
        };
        #[cfg(feature = "native")]
        lint::inline(&without_parsed_markup(&text, &self.markers), &mut |message| self.warn(path, message));
        let mut inline_problems = Vec::new();
        let rich = parse(&text, &self.markers, &mut |problem| inline_problems.push(problem));
        for problem in inline_problems {
            match problem {
                InlineProblem::Dangling(marker) => {
                    let message =
                        ["the marker ", &clip(&marker), " matches no reference; it is shown as text"];
                    self.warn(path, &message.concat());
                }
                InlineProblem::BadLink(url, error) => {
                    let message = [
                        "expected an http or https URL in a link, found ",
                        &quote_url(&url),
                        ": ",
                        &error.to_string(),
                    ];
                    self.warn(path, &message.concat());
                }
            }
        }
        #[cfg(feature = "native")]
        rich.each_url(&mut |url| lint::address(url.as_str(), &mut |message| self.warn(path, message)));
        rich
    }

    pub(in crate::article) fn url(&mut self, path: Path, json: &Json) -> Option<Url> {
        let text = match json {
            Json::Null => return None,
            Json::Text(text) => text,
            other => {
                self.expected(path, "an http or https URL", other);
                return None;
            }
        };
        #[cfg(feature = "native")]
        lint::address(text, &mut |message| self.warn(path, message));
        match Url::parse(text) {
            Ok(url) => Some(url),
            Err(error) => {
                let message =
                    ["expected an http or https URL, found ", &quote_url(text), ": ", &error.to_string()];
                self.warn(path, &message.concat());
                None
            }
        }
    }

    pub(in crate::article) fn moment(&mut self, path: Path, json: &Json) -> Option<Moment> {
        let text = self.text_or_number(path, json)?;
        let moment = Moment::parse(&text);
        if moment.is_none() {
            self.expected(path, "a date such as 2026-03-04 or 2026-03-04T14:15:00Z", json);
        }
        moment
    }

    pub(in crate::article) fn language(&mut self, path: Path, json: &Json) -> Option<Language> {
        let text = self.text_or_number(path, json)?;
        let language = Language::parse(&text);
        if language.is_none() {
            self.expected(path, "a language tag such as en or zh-Hans", json);
        }
        language
    }

    /// Reads an identifier: a text without spaces or brackets, or a whole number.
    pub(in crate::article) fn id(&mut self, path: Path, json: &Json) -> Option<Text> {
        if let Json::Number(number) = json
            && let Some(whole) = whole(*number)
        {
            return Some(whole.to_string().into());
        }
        let text = self.text_or_number(path, json)?;
        let is_number = matches!(json, Json::Number(_));
        let has_invalid_char = text.contains(|c: char| c.is_whitespace() || matches!(c, '[' | ']'));
        let is_valid = text.len() <= 200 && !has_invalid_char && !is_number;
        if !is_valid {
            self.expected(path, "an id without spaces or brackets", json);
        }
        is_valid.then_some(text)
    }

    pub(in crate::article) fn flag(&mut self, path: Path, json: &Json) -> Option<bool> {
        match json {
            Json::Bool(flag) => Some(*flag),
            Json::Null => None,
            other => {
                self.expected(path, "true or false", other);
                None
            }
        }
    }

    /// Reads a whole number of at least 1.
    pub(in crate::article) fn count(&mut self, path: Path, json: &Json) -> Option<u32> {
        let count = match json {
            Json::Null => return None,
            Json::Number(number) => whole(*number).filter(|count| *count > 0),
            _ => None,
        };
        if count.is_none() {
            self.expected(path, "a whole number above 0", json);
        }
        count
    }

    /// Reads a time in seconds.
    pub(in crate::article) fn seconds(&mut self, path: Path, json: &Json) -> Option<f64> {
        match json {
            Json::Null => None,
            Json::Number(seconds) if seconds.is_finite() && *seconds >= 0.0 => Some(*seconds),
            other => {
                self.expected(path, "a time in seconds, 0 or more", other);
                None
            }
        }
    }

    /// Reads a list. A single text or object is accepted as a list of one, with a problem reported.
    pub(in crate::article) fn list<'j>(&mut self, path: Path, json: &'j Json, of: &str) -> &'j [Json] {
        match json {
            Json::List(list) => list,
            Json::Null => &[],
            other => {
                self.expected(path, &["a list of ", of].concat(), other);
                let is_single_item = matches!(other, Json::Text(_) | Json::Object(_));
                if is_single_item { std::slice::from_ref(other) } else { &[] }
            }
        }
    }

    /// Reads a list of texts. A single text is accepted as a list of one. An object is reported once and
    /// yields no items.
    fn list_of_texts<'j>(&mut self, path: Path, json: &'j Json) -> &'j [Json] {
        let list = self.list(path, json, "texts");
        if matches!(json, Json::Object(_)) { &[] } else { list }
    }

    /// Reads a list of identifiers.
    pub(in crate::article) fn ids(&mut self, path: Path, json: &Json) -> Vec<Text> {
        let list = self.list_of_texts(path, json);
        list.iter().enumerate().filter_map(|(index, id)| self.id(path.index(index), id)).collect()
    }

    /// Reads a list of inline texts.
    pub(in crate::article) fn rich_texts(&mut self, path: Path, json: &Json) -> Vec<RichText> {
        let list = self.list_of_texts(path, json);
        let texts = list.iter().enumerate().map(|(index, text)| self.rich(path.index(index), text));
        texts.filter(|text| !text.is_empty()).collect()
    }
}

/// Returns the `name` of an object, if it is a text.
fn name_in(json: &Json) -> Option<&Json> {
    Some(json.get("name")).filter(|name| matches!(name, Json::Text(_)))
}

/// Returns a number without a fraction that is small enough for a count.
pub(super) fn whole(number: f64) -> Option<u32> {
    let in_range = (0.0..=1e9).contains(&number) && number.trunc() == number;
    // In range and without a fraction, the conversion is exact.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    in_range.then_some(number as u32)
}

/// Describes a value in an editor's words; texts are quoted.
fn describe(json: &Json) -> String {
    match json {
        Json::Text(text) => quote(text),
        Json::Number(number) => match whole(*number) {
            Some(whole) => whole.to_string(),
            None if *number < 0.0 => "a number below 0".to_owned(),
            None => json.describe().to_owned(),
        },
        other => other.describe().to_owned(),
    }
}

/// Puts a text in quotation marks and cuts it to a length that fits a message.
pub(in crate::article) fn quote(text: &str) -> String {
    ["\"", &clip(text), "\""].concat()
}

/// Quotes an address without its user name and password, because problems are shown and logged in places
/// where credentials must not appear.
fn quote_url(url: &str) -> String {
    let mut slashes = url.match_indices('/');
    let around = slashes.find_map(|(at, _)| Some((url.get(..at)?, url.get(at..)?.strip_prefix("//")?)));
    let around = around.and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?.1)));
    match around {
        Some((scheme, host)) => quote(&[scheme, "//…@", host].concat()),
        None => quote(url),
    }
}

/// Cuts a text to a length that fits a message, on one line.
pub(crate) fn clip(text: &str) -> String {
    const LONGEST: usize = 60;
    let beginning = cut(text, LONGEST);
    let clipped: String = beginning.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if beginning.len() < text.len() { clipped + "…" } else { clipped }
}
