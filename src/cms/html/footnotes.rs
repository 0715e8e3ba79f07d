//! Footnotes, by two rules for all systems: a link to an anchor that is in an item further down in the page,
//! where that item links back to the link; and a raised marker that names an element behind it in an attribute,
//! as accessible tooltips do.

use super::elements::is_heading;
use super::tree::Tree;
use crate::article::{Inline, Reference, RichText, Url};
use crate::cms::index_by_name::IndexByName;

/// The most characters of a marker: a number, a letter or a sign, perhaps in brackets.
const MAX_MARKER_CHARS: usize = 12;

/// The longest text, in bytes, that may be without words: the same text may be next to very many links.
const MAX_WORDLESS: usize = 1000;

/// In [`find`], the place of an item that is no note.
const NO_NOTE: usize = usize::MAX;

/// How many nodes may be between an anchor and the link that belongs to it.
const MAX_DISTANCE: usize = 8;

/// The most nodes in an element that a marker names as its note: a larger one is a part of the article.
const MAX_NOTE_NODES: usize = 200;

/// A note in a document.
pub(super) struct Note {
    /// The node that contains it.
    pub(super) item: usize,
    /// Its id in the page.
    pub(super) id: String,
    /// The links that point to it.
    pub(super) markers: Vec<usize>,
    /// The links from it back to its citations.
    pub(super) backlinks: Vec<usize>,
}

/// A node, and the index of the reference it cites; `None` if the node is a note that is known already.
type Known = (usize, Option<usize>);

/// Returns the notes of a document in document order, and the nodes of notes that are known already: their
/// markers and the notes themselves.
pub(super) fn find(tree: &Tree, base: Option<&Url>, known: &[(String, usize)]) -> (Vec<Note>, Vec<Known>) {
    let links = links(tree, base);
    let (mut notes, mut known_nodes) = (Vec::<Note>::new(), Vec::new());
    let superscripts_and_noterefs: Vec<usize> =
        tree.all().filter(|node| is_superscript_or_noteref(tree, *node)).collect();
    if links.is_empty() && superscripts_and_noterefs.is_empty() {
        return (notes, known_nodes);
    }
    // The place of the note of each item, where it was determined.
    let mut places: Vec<Option<usize>> = vec![None; tree.all().end];
    let anchors = Anchors { tree, links: &links, ids: ids(tree), parents: parents(tree) };
    for (link, id) in &links {
        if let Some((_, reference)) = known.iter().find(|(known, _)| known == id) {
            known_nodes.push((*link, Some(*reference)));
            let item = anchors.ids.get(id).filter(|node| is_item(tree, *node));
            known_nodes.extend(item.map(|item| (item, None)));
        } else if let Some(item) = anchors.item_linked_by(*link, id)
            && let Some(place) = places.get_mut(item)
        {
            // Many links may point to the same item, so whether it is a note is determined once.
            if let Some(note) = place.and_then(|place| notes.get_mut(place)) {
                note.markers.push(*link);
            } else if place.is_none() {
                *place = Some(NO_NOTE);
                if let Some(backlinks) = anchors.backlinks(item) {
                    *place = Some(notes.len());
                    notes.push(Note { item, id: id.clone(), markers: vec![*link], backlinks });
                }
            }
        }
    }
    for marker in superscripts_and_noterefs {
        if let Some((id, item)) = anchors.item_named_by(marker)
            && let Some(place) = places.get_mut(item)
        {
            if let Some(note) = place.and_then(|place| notes.get_mut(place)) {
                note.markers.push(marker);
            } else {
                *place = Some(notes.len());
                notes.push(Note { item, id: id.to_owned(), markers: vec![marker], backlinks: Vec::new() });
            }
        }
    }
    // No two notes have the same item.
    notes.sort_unstable_by_key(|note| note.item);
    (notes, known_nodes)
}

/// What leads from one place of a document to another.
struct Anchors<'t> {
    tree: &'t Tree,
    /// The links to anchors in the document, see [`links`].
    links: &'t [(usize, String)],
    ids: IndexByName,
    /// The parent of each node.
    parents: Vec<usize>,
}

impl<'t> Anchors<'t> {
    /// Returns the item further down that a link points to, if the link looks like a marker.
    fn item_linked_by(&self, link: usize, id: &str) -> Option<usize> {
        let target = self.ids.get(id).filter(|target| *target > link)?;
        let item = item_of(self.tree, &self.parents, target)?;
        (link < item && is_marker(self.tree, link)).then_some(item)
    }

    /// Returns the links from an item back to links that point to it; `None` if there are none, or if the item
    /// is no note.
    fn backlinks(&self, item: usize) -> Option<Vec<usize>> {
        let inside = self.tree.inside(item);
        let from = self.links.partition_point(|(at, _)| *at < inside.start);
        let own = self.links.iter().skip(from).take_while(|(at, _)| *at < inside.end);
        let back = own.filter_map(|(at, id)| Some((*at, self.ids.get(id).filter(|back| *back < item)?)));
        let back: Vec<(usize, usize)> = back.collect();
        let links_to_note = |link: &(usize, String)| {
            self.ids.get(&link.1).is_some_and(|target| target == item || inside.contains(&target))
        };
        let is_linked_back =
            back.iter().any(|(_, back)| links_at(self.tree, self.links, *back).any(links_to_note));
        // A section that links back to where readers choose it, such as a table of contents, is not a note.
        let is_section = || self.tree.find(inside.clone(), |element| is_heading(&element.name)).is_some();
        (is_linked_back && !is_section()).then(|| back.into_iter().map(|(at, _)| at).collect())
    }

    /// Returns the item behind a marker that an attribute of the marker names, and the item's id. Markers with
    /// a link are left to the link.
    fn item_named_by(&self, marker: usize) -> Option<(&'t str, usize)> {
        let (tree, inside) = (self.tree, self.tree.inside(marker));
        let next_link = self.links.get(self.links.partition_point(|(at, _)| *at < marker));
        if next_link.is_some_and(|(at, _)| *at < inside.end) || !is_marker(tree, marker) {
            return None;
        }
        let is_note = |item: usize| {
            let note = item..tree.inside(item).end;
            item >= inside.end
                && note.len() <= MAX_NOTE_NODES
                && tree.find(note, |element| is_heading(&element.name)).is_none()
        };
        let attributes = (marker..inside.end)
            .filter_map(|node| tree.element(node))
            .flat_map(|element| &element.attributes);
        let names = attributes.filter(|(name, _)| {
            matches!(name.as_str(), "aria-describedby" | "aria-details") || name.starts_with("data-")
        });
        let ids = names.map(|(_, id)| id.trim_start_matches('#'));
        ids.filter_map(|id| Some((id, self.ids.get(id)?))).find(|(_, item)| is_note(*item))
    }
}

/// Returns whether a node is a superscript, or says that it is the marker of a note.
fn is_superscript_or_noteref(tree: &Tree, node: usize) -> bool {
    tree.element(node)
        .is_some_and(|element| element.name == "sup" || element.get("role") == Some("doc-noteref"))
}

/// Makes a reference of a note: its title is the note's text, its address the first link in it.
pub(in crate::cms) fn reference(id: &str, text: &RichText) -> Reference {
    let words = text.plain_text();
    Reference { id: id.into(), title: words.trim().into(), url: first_link(&text.0), ..Reference::default() }
}

fn first_link(inlines: &[Inline]) -> Option<Url> {
    inlines.iter().find_map(|inline| match inline {
        Inline::Link { url, .. } => Some(url.clone()),
        Inline::Emphasis(inner) | Inline::Strong(inner) => first_link(inner),
        _ => None,
    })
}

/// Returns the links to anchors in the same page, with the ids they point to.
fn links(tree: &Tree, base: Option<&Url>) -> Vec<(usize, String)> {
    let page = base.map_or("", |base| base.as_str());
    let page = page.split('#').next().unwrap_or_default();
    let fragment = |node: usize| {
        let href = tree.element(node).filter(|element| element.name == "a")?.filled("href")?;
        let (address, fragment) = href.split_once('#')?;
        let is_here = address.is_empty() || address == page;
        (is_here && !fragment.is_empty()).then(|| decoded(fragment))
    };
    tree.all().filter_map(|node| Some((node, fragment(node)?))).collect()
}

/// Decodes percent-encoding; the fragment stays as is if the result is not UTF-8.
fn decoded(fragment: &str) -> String {
    if !fragment.contains('%') {
        return fragment.to_owned();
    }
    let mut bytes = Vec::new();
    let mut rest = fragment.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digit = |at: usize| char::from(*behind.get(at)?).to_digit(16);
        let byte = digit(0).zip(digit(1)).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        match byte.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = behind.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| fragment.to_owned())
}

/// Returns the nodes by their ids; if several have the same id the first, as in browsers.
fn ids(tree: &Tree) -> IndexByName {
    let mut ids = IndexByName::default();
    for node in tree.all() {
        let Some(element) = tree.element(node) else { continue };
        let name = element.get("name").filter(|_| element.name == "a");
        if let Some(id) = element.get("id").or(name) {
            ids.get_or_set(id, node);
        }
    }
    ids
}

/// Returns the parent of each node.
fn parents(tree: &Tree) -> Vec<usize> {
    let mut parents = vec![0; tree.all().end];
    for node in tree.all() {
        for child in tree.children(tree.inside(node)) {
            if let Some(parent) = parents.get_mut(child) {
                *parent = node;
            }
        }
    }
    parents
}

fn is_item(tree: &Tree, node: usize) -> bool {
    tree.element(node).is_some_and(|element| matches!(element.name.as_str(), "li" | "tr" | "dd"))
}

/// Returns the list item or table row around an anchor; otherwise a paragraph that is the anchor or begins
/// with it.
fn item_of(tree: &Tree, parents: &[usize], target: usize) -> Option<usize> {
    let around = std::iter::successors(Some(target), |node| {
        parents.get(*node).copied().filter(|parent| parent < node)
    });
    let is_paragraph = |node: &usize| {
        tree.element(*node).is_some_and(|element| matches!(element.name.as_str(), "p" | "div" | "aside"))
            && has_no_words(tree, *node..target)
    };
    around.clone().find(|node| is_item(tree, *node)).or_else(|| around.clone().find(is_paragraph))
}

/// Returns the links that belong to an anchor: alone inside it, or beside it.
fn links_at<'l>(
    tree: &Tree,
    links: &'l [(usize, String)],
    place: usize,
) -> impl Iterator<Item = &'l (usize, String)> {
    let next = links.partition_point(|(at, _)| *at < place);
    let before = next.checked_sub(1).and_then(|before| links.get(before));
    let before = before.filter(|(at, _)| has_no_words(tree, tree.inside(*at).end..place));
    let after = links.get(next).filter(|(at, _)| {
        has_no_words(tree, place..*at) && has_no_words(tree, tree.inside(*at).end..tree.inside(place).end)
    });
    before.into_iter().chain(after)
}

/// Returns whether a range is short and has no words.
fn has_no_words(tree: &Tree, range: std::ops::Range<usize>) -> bool {
    let is_wordless = |text: &str| text.len() <= MAX_WORDLESS && !text.contains(char::is_alphanumeric);
    range.len() <= MAX_DISTANCE && range.into_iter().all(|node| is_wordless(tree.text(node)))
}

/// Returns whether a link looks like a note's mark rather than words that link somewhere. Marks are a number,
/// perhaps with a word before it; one or two letters, or a Roman numeral; a sign; or any superscript as short
/// as these.
fn is_marker(tree: &Tree, link: usize) -> bool {
    let text = tree.text_in(tree.inside(link));
    let text = text.trim();
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let is_mark = text.contains(char::is_numeric)
        || letters().count() <= 2
        || letters().all(|c| matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x'));
    let has_superscript = || (link..tree.inside(link).end).any(|node| is_superscript_or_noteref(tree, node));
    !text.is_empty() && text.chars().count() <= MAX_MARKER_CHARS && (is_mark || has_superscript())
}
