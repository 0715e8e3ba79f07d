//! Footnotes, by one rule for all that write them: a link to a place in the page that is in an item further down,
//! which links back to it.

use super::elements::is_heading;
use super::tree::Tree;
use crate::article::{Inline, Reference, RichText, Url};
use crate::cms::places::Places;

/// The longest marker, in characters: a number, a letter or a sign, perhaps in brackets.
const LONGEST_MARKER: usize = 12;

/// How many elements and texts may stand between a place and the link that is meant by it.
const NEAR: usize = 8;

/// A note in a document.
pub(super) struct Note {
    /// The node that holds it.
    pub(super) item: usize,
    /// What the page calls it.
    pub(super) id: String,
    /// The links that point at it.
    pub(super) markers: Vec<usize>,
    /// The links from it to where it is cited.
    pub(super) ways_back: Vec<usize>,
}

/// A node, and the reference it points at; none where it is a note that is known already.
type Known = (usize, Option<usize>);

/// The notes of a document in the order they stand, and what points at notes that are known already.
pub(super) fn find(tree: &Tree, base: Option<&Url>, known: &[(String, usize)]) -> (Vec<Note>, Vec<Known>) {
    let links = links(tree, base);
    let (mut notes, mut pointing) = (Vec::<Note>::new(), Vec::new());
    if links.is_empty() {
        return (notes, pointing);
    }
    let ids = ids(tree);
    let parents = parents(tree);
    for (link, id) in &links {
        if let Some((_, reference)) = known.iter().find(|(known, _)| known == id) {
            pointing.push((*link, Some(*reference)));
            let item = ids.get(id).filter(|node| is_item(tree, *node));
            pointing.extend(item.map(|item| (item, None)));
            continue;
        }
        let Some(target) = ids.get(id).filter(|target| target > link) else { continue };
        let Some(item) = item_of(tree, &parents, target) else { continue };
        let inside = tree.inside(item);
        if *link >= item || !is_marker(tree, *link) {
            continue;
        }
        if let Some(note) = notes.iter_mut().find(|note| note.item == item) {
            note.markers.push(*link);
            continue;
        }
        let from = links.partition_point(|(at, _)| *at < inside.start);
        let own = links.iter().skip(from).take_while(|(at, _)| *at < inside.end);
        let back = own.filter_map(|(at, id)| Some((*at, ids.get(id).filter(|back| *back < item)?)));
        let back: Vec<(usize, usize)> = back.collect();
        let points_here = |link: &(usize, String)| {
            ids.get(&link.1).is_some_and(|target| target == item || inside.contains(&target))
        };
        let leads_back = back.iter().any(|(_, back)| links_at(tree, &links, *back).any(points_here));
        // A section with a way back to where it is chosen is no note.
        let is_section = tree.find(inside.clone(), |element| is_heading(&element.name)).is_some();
        if leads_back && !is_section {
            let ways_back = back.into_iter().map(|(at, _)| at).collect();
            notes.push(Note { item, id: id.clone(), markers: vec![*link], ways_back });
        }
    }
    // No two are in one place.
    notes.sort_unstable_by_key(|note| note.item);
    (notes, pointing)
}

/// A source that is told of in a note: its words, and the first address in them.
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

/// The links to places in the page, with the ids they point at.
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

/// A fragment without percent-encoding; as it stands, where that makes no text.
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

/// The nodes by their ids; of several with one id the first, as in browsers.
fn ids(tree: &Tree) -> Places {
    let mut ids = Places::default();
    for node in tree.all() {
        let Some(element) = tree.element(node) else { continue };
        let name = element.get("name").filter(|_| element.name == "a");
        if let Some(id) = element.get("id").or(name) {
            ids.get_or_set(id, node);
        }
    }
    ids
}

/// The node around each node.
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

/// The item of a list or the row of a table that a place is in; a paragraph, where that is the place or begins with it.
fn item_of(tree: &Tree, parents: &[usize], target: usize) -> Option<usize> {
    let around = std::iter::successors(Some(target), |node| {
        parents.get(*node).copied().filter(|parent| parent < node)
    });
    let is_paragraph = |node: &usize| {
        tree.element(*node).is_some_and(|element| matches!(element.name.as_str(), "p" | "div" | "aside"))
            && says_nothing(tree, *node..target)
    };
    around.clone().find(|node| is_item(tree, *node)).or_else(|| around.clone().find(is_paragraph))
}

/// The links that stand at a place: in it and alone there, or beside it.
fn links_at<'l>(
    tree: &Tree,
    links: &'l [(usize, String)],
    place: usize,
) -> impl Iterator<Item = &'l (usize, String)> {
    let next = links.partition_point(|(at, _)| *at < place);
    let before = next.checked_sub(1).and_then(|before| links.get(before));
    let before = before.filter(|(at, _)| says_nothing(tree, tree.inside(*at).end..place));
    let after = links.get(next).filter(|(at, _)| {
        says_nothing(tree, place..*at) && says_nothing(tree, tree.inside(*at).end..tree.inside(place).end)
    });
    before.into_iter().chain(after)
}

/// Whether no words stand in a range, which is short.
fn says_nothing(tree: &Tree, range: std::ops::Range<usize>) -> bool {
    range.len() <= NEAR && !tree.text_in(range).contains(char::is_alphanumeric)
}

/// Whether a link looks like the mark of a note and not like words that lead somewhere: a number, perhaps after a word; a
/// letter or two, or a Roman number; a sign; anything as short where it is raised.
fn is_marker(tree: &Tree, link: usize) -> bool {
    let text = tree.text_in(tree.inside(link));
    let text = text.trim();
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let is_mark = text.contains(char::is_numeric)
        || letters().count() <= 2
        || letters().all(|c| matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x'));
    let is_raised = || tree.find(tree.inside(link), |element| element.name == "sup").is_some();
    !text.is_empty() && text.chars().count() <= LONGEST_MARKER && (is_mark || is_raised())
}
