//! Inserts citation markers into the text of an answer where its annotations say, and removes the marks that
//! the model itself left there.

use super::marks::{self, Target};
use super::{Part, source_url};
use crate::article::{Json, Path, Reference, Text, Url};
use crate::cms::context::excerpt;
use crate::cms::converter::Converter;
use crate::cms::values::{self, first, first_text, whole_number, words};

/// A replacement in a text: the bytes from start to end give way to the marker of a reference, or to nothing.
struct Edit {
    start: usize,
    end: usize,
    reference: Option<usize>,
}

/// Appends a part of an answer to the text, with markers for what it cites.
pub(super) fn push(part: &Part<'_>, numbered: bool, text: &mut String, converter: &mut Converter<'_, '_>) {
    let mut edits = annotations(part, converter);
    // The model's thinking, at the beginning of the first text, is removed with all the marks in it.
    let thinking_length = if text.is_empty() { marks::thinking(part.text) } else { 0 };
    if thinking_length > 0 {
        converter.warn(&Path::Root, &["begins with the model's thinking, which was left out"]);
        edits.retain(|edit| edit.start >= thinking_length);
        edits.push(Edit { start: 0, end: thinking_length, reference: None });
    }
    edits.sort_by_key(|edit| (edit.start, edit.end));
    // For each edit: its start, and the farthest end of all edits up to it.
    let reach = edits.iter().scan(0, |reach, edit| {
        *reach = edit.end.max(*reach);
        Some((edit.start, *reach))
    });
    let reach: Vec<(usize, usize)> = reach.collect();
    for mark in marks::find(part.text) {
        let before = reach.partition_point(|(start, _)| *start < mark.end);
        let last = before.checked_sub(1).and_then(|last| reach.get(last));
        if last.is_some_and(|(_, end)| mark.start < *end) {
            continue;
        }
        let reference = match mark.target {
            Target::Address(address) => source_url(address).map(|url| {
                add_reference(
                    Reference { title: url.to_text(), url: Some(url), ..Reference::default() },
                    converter,
                )
            }),
            Target::Number(number) if numbered => {
                let place =
                    values::number(number).and_then(|number| usize::try_from(number).ok()?.checked_sub(1));
                place.filter(|place| *place < converter.article.references.len())
            }
            _ => None,
        };
        if reference.is_none() {
            let mark = excerpt(part.text.get(mark.start..mark.end).unwrap_or_default());
            converter.warn(&Path::Root, &["has a citation mark without a source; it was left out: ", &mark]);
        }
        edits.push(Edit { start: mark.start, end: mark.end, reference });
    }
    edits.sort_by_key(|edit| (edit.start, edit.end));
    let mut at = 0;
    for edit in edits {
        let start = edit.start.max(at);
        text.push_str(part.text.get(at..start).unwrap_or_default());
        at = edit.end.max(start);
        // No white space is left before a marker or punctuation.
        let behind = part.text.get(at..).unwrap_or_default().chars().next();
        if behind.is_none_or(|c| c.is_whitespace() || ".,;:!?)】".contains(c)) {
            text.truncate(text.trim_end_matches([' ', '\t']).len());
        }
        if let Some(reference) = edit.reference {
            push_marker(text, reference, converter);
        }
    }
    text.push_str(part.text.get(at..).unwrap_or_default());
    let words = text.trim_end().len();
    let space = text.split_off(words);
    for citation in part.citations.iter().filter(|citation| citation.is_object()) {
        if let Some(reference) = citation_of(citation, converter) {
            let reference = add_reference(reference, converter);
            push_marker(text, reference, converter);
        }
    }
    text.push_str(&space);
}

/// Appends the marker of a reference, unless the text ends with it already.
fn push_marker(text: &mut String, reference: usize, converter: &Converter<'_, '_>) {
    let id = converter.article.references.get(reference).map(|reference| &*reference.id).unwrap_or_default();
    let marker = ["[^", id, "]"].concat();
    if !text.ends_with(&marker) {
        text.push_str(&marker);
    }
}

/// Adds a reference, gives it an id if it has none, and returns its index.
fn add_reference(reference: Reference, converter: &mut Converter<'_, '_>) -> usize {
    let place = converter.reference(reference);
    if let Some(reference) = converter.article.references.get_mut(place)
        && reference.id.is_empty()
    {
        reference.id = ["r", &(place + 1).to_string()].concat().into();
    }
    place
}

/// Returns the edits that the annotations ask for.
fn annotations(part: &Part<'_>, converter: &mut Converter<'_, '_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let offsets = Offsets::new(part);
    for annotation in part.annotations {
        let (start, end) = span(annotation);
        let range = start.zip(end).and_then(|(start, end)| offsets.range(start, end));
        let marked = range.and_then(|(start, end)| part.text.get(start..end)).unwrap_or_default();
        let Some(reference) = source(annotation, marked, converter) else { continue };
        let reference = add_reference(reference, converter);
        match range {
            Some((start, end)) if is_mark(marked) => {
                edits.push(Edit { start, end, reference: Some(reference) })
            }
            Some((start, _)) => {
                let end = start + marked.trim_end().len();
                edits.push(Edit { start: end, end, reference: Some(reference) });
            }
            None if start.is_some() => {
                let message = [
                    "cites a source beyond the end of its text: ",
                    words(inner_citation(annotation).get("url")),
                ];
                converter.warn(&Path::Root, &message);
            }
            None => {}
        }
    }
    edits
}

/// Returns the citation of an annotation, which some APIs wrap in an object of its own.
fn inner_citation(annotation: &Json) -> &Json {
    let inner = annotation.get("url_citation");
    if inner.is_object() { inner } else { annotation }
}

/// Returns the part of the text that an annotation refers to, in characters.
fn span(annotation: &Json) -> (Option<u64>, Option<u64>) {
    let inner = inner_citation(annotation);
    let index_of = |key: &str| whole_number(inner.get(key)).or_else(|| whole_number(annotation.get(key)));
    (index_of("start_index"), index_of("end_index"))
}

/// Returns the source of an annotation. A file has no address and is identified by its name.
fn source(annotation: &Json, marked: &str, converter: &mut Converter<'_, '_>) -> Option<Reference> {
    let inner = inner_citation(annotation);
    match words(annotation.get("type")) {
        "url_citation" => {
            let address = words(inner.get("url"));
            let Some(url) = source_url(address) else {
                let found = excerpt(address);
                converter.warn(
                    &Path::Root,
                    &["cites an address that is not http or https; it was left out: ", &found],
                );
                return None;
            };
            let title = first_text(inner, "title").map_or_else(|| url.to_text(), Text::from);
            let excerpt = first(inner, "cited_text content");
            Some(Reference { title, url: Some(url), excerpt, ..Reference::default() })
        }
        "file_citation" => {
            let name = marked.trim_matches(['【', '】']).split_once('†').map(|(_, name)| name.trim());
            let name = name.filter(|name| name.contains('.'));
            let name = first_text(annotation, "filename").or(name)?;
            Some(Reference { title: name.into(), ..Reference::default() })
        }
        _ => None,
    }
}

/// Returns the source of a citation of a whole block. Passages of documents given to the model have no
/// address.
fn citation_of(citation: &Json, converter: &mut Converter<'_, '_>) -> Option<Reference> {
    let address = first_text(citation, "url source");
    let url = address.and_then(source_url);
    if let (None, Some(address)) = (&url, citation.get("url").as_text()) {
        let found = excerpt(address);
        converter
            .warn(&Path::Root, &["cites an address that is not http or https; it was left out: ", &found]);
        return None;
    }
    let cited = first(citation, "cited_text");
    let title = first(citation, "title document_title");
    let title = title.or_else(|| url.as_ref().map(Url::to_text)).or_else(|| cited.clone())?;
    Some(Reference { title, url, excerpt: cited, ..Reference::default() })
}

/// Returns whether an annotated text is a mark for the source, not words that the source backs:
/// `([site](https://…))`, `【…】`, `[1]`.
fn is_mark(text: &str) -> bool {
    let text = text.trim();
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text).trim();
    let is_link = inner.starts_with('[') && inner.ends_with(')') && inner.contains("](");
    let is_bracket = inner.starts_with(['[', '【']) && inner.ends_with([']', '】']);
    is_link || is_bracket
}

/// The byte offset of each character of a text. Python counts code points and JavaScript UTF-16 code units;
/// where a text has characters outside the Basic Multilingual Plane, the unit is chosen with which more
/// annotations make sense.
struct Offsets {
    bytes: Vec<usize>,
}

impl Offsets {
    fn new(part: &Part<'_>) -> Self {
        let points =
            Self { bytes: part.text.char_indices().map(|(at, _)| at).chain([part.text.len()]).collect() };
        if part.text.chars().all(|c| c.len_utf16() == 1) {
            return points;
        }
        let units = part.text.char_indices().flat_map(|(at, c)| std::iter::repeat_n(at, c.len_utf16()));
        let units = Self { bytes: units.chain([part.text.len()]).collect() };
        if units.score(part) > points.score(part) { units } else { points }
    }

    fn range(&self, start: u64, end: u64) -> Option<(usize, usize)> {
        let at = |place: u64| self.bytes.get(usize::try_from(place).ok()?).copied();
        let (start, end) = (at(start)?, at(end)?);
        (start < end).then_some((start, end))
    }

    /// Scores how much sense the annotations make: two points for one that covers a mark, one point for one
    /// that covers whole words.
    fn score(&self, part: &Part<'_>) -> usize {
        let score_of = |annotation: &Json| {
            let (Some(start), Some(end)) = span(annotation) else { return 0 };
            let Some((start, end)) = self.range(start, end) else { return 0 };
            let (before, rest) = part.text.split_at_checked(start).unwrap_or_default();
            let (marked, behind) = rest.split_at_checked(end - start).unwrap_or_default();
            let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let cuts_start = is_word(before.chars().next_back()) && is_word(marked.chars().next());
            let cuts_end = is_word(marked.chars().next_back()) && is_word(behind.chars().next());
            let is_whole = !cuts_start && !cuts_end && !marked.starts_with(char::is_whitespace);
            if is_mark(marked) { 2 } else { usize::from(is_whole) }
        };
        part.annotations.iter().map(score_of).sum()
    }
}
