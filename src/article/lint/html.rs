//! Detects HTML, which is not interpreted anywhere.

use html5ever::data::NAMED_ENTITIES;

use super::super::cut;
use super::{after, before, before_on_any_line, leftovers, looks_like};

/// Detects a character reference: `&amp;`, `&#8217;`, `&#x2019;`.
pub(super) fn reference(text: &str) -> Option<String> {
    after(text, "&").find_map(|(at, rest)| {
        let is_name = |name: &&str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#');
        let (name, end) = match before(rest, ";", LONGEST).filter(is_name) {
            Some(name) => (name, ";"),
            None => (unterminated(rest)?, ""),
        };
        let written = ["&", name, end].concat();
        let character = match name.strip_prefix('#') {
            Some(number) => numbered(number)?.to_string(),
            None => named(name)?,
        };
        // Two names may be joined by an ampersand: `Sun&Star;`.
        let joins_names = text.get(..at)?.ends_with(char::is_alphabetic)
            && name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.chars().skip(1).all(|c| c.is_ascii_lowercase())
            && !character.starts_with(char::is_alphabetic);
        let instead = match character.chars().next()? {
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' => {
                "Remove it, or write the character itself".to_owned()
            }
            c if c.is_whitespace() => "Write a space instead".to_owned(),
            _ => ["Write ", &character, " instead"].concat(),
        };
        (!joins_names).then(|| looks_like(&written, "an HTML character reference", &instead))
    })
}

/// Returns the one or two characters that HTML has by this name.
fn named(name: &str) -> Option<String> {
    let (first, second) = NAMED_ENTITIES.get(&*[name, ";"].concat())?;
    let known = [*first, *second].into_iter().filter(|code| *code != 0).filter_map(char::from_u32);
    Some(known.collect::<String>()).filter(|characters| !characters.is_empty())
}

/// Returns a name or number without its semicolon, which browsers accept as well: `&nbsp`, `&#8217`. Any
/// other name may be ordinary text after an ampersand.
fn unterminated(rest: &str) -> Option<&str> {
    if let Some(number) = rest.strip_prefix('#') {
        let count = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        return rest.get(..=count).filter(|_| (2..=6).contains(&count));
    }
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let (name, after) = rest.split_at_checked(end)?;
    (SAFE.contains(&name) && !after.starts_with('=')).then_some(name)
}

/// Names that never follow an ampersand otherwise.
const SAFE: [&str; 14] = [
    "amp", "lt", "gt", "quot", "nbsp", "ndash", "mdash", "lsquo", "rsquo", "ldquo", "rdquo", "laquo",
    "raquo", "hellip",
];

/// The maximum length of a reference that is searched for.
const LONGEST: usize = 32;

/// Returns the character of a number as HTML does, including the numbers of Windows-1252.
fn numbered(number: &str) -> Option<char> {
    let number = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    let windows = u8::try_from(number).ok().and_then(super::encoding::from_windows);
    windows.or_else(|| char::from_u32(number))
}

/// Detects a tag, a comment or another declaration.
pub(super) fn tag(text: &str) -> Option<String> {
    let instead = "Remove it, or put it in backticks if the text is about it";
    after(text, "<").find_map(|(at, rest)| {
        let is_declaration = ["!--", "![CDATA[", "!DOCTYPE", "?xml", "?php"]
            .iter()
            .any(|start| rest.get(..start.len()).is_some_and(|rest| rest.eq_ignore_ascii_case(start)));
        if is_declaration {
            return Some(looks_like(
                &["<", cut(rest, 12)].concat(),
                "an HTML comment or declaration",
                instead,
            ));
        }
        let inner = before_on_any_line(rest, ">", 500)?;
        let (name, attributes) = inner.split_at_checked(name_length(inner))?;
        let is_glued = text.get(..at)?.ends_with(|c: char| c.is_alphanumeric() || c == '<');
        let name = name.strip_prefix('/').unwrap_or(name);
        let is_known = TAGS.split(' ').any(|known| name.eq_ignore_ascii_case(known))
            || (is_extended(name) && (!is_glued || inner.starts_with('/')))
            || (name.starts_with(|c: char| c.is_ascii_alphabetic())
                && (attributes.contains("=\"") || attributes.contains("='")));
        let is_tag = is_known && are_attributes(attributes) && !leftovers::is_tag_of_a_model(inner);
        is_tag.then(|| looks_like(&["<", inner, ">"].concat(), "an HTML tag", instead))
    })
}

/// Returns the length of the name at the beginning of a tag, with the slash of an end tag.
fn name_length(inner: &str) -> usize {
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | ':'));
    end.map_or(inner.len(), |end| inner.len() - name.len() + end)
}

/// Whether this is the name of a custom element or of one in a namespace: `custom-tag`, `o:p`.
fn is_extended(name: &str) -> bool {
    let is_name = |name: &str| name.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_custom = !name.contains(|c: char| c.is_ascii_uppercase());
    match name.split_once(':') {
        Some((space, name)) => is_name(space) && is_name(name) && space != "mailto",
        None => {
            is_custom && name.split_once('-').is_some_and(|(first, rest)| is_name(first) && !rest.is_empty())
        }
    }
}

/// Whether this is what may follow the name of a tag: nothing, or attributes, the first of them with a value
/// or without.
fn are_attributes(text: &str) -> bool {
    let attributes = text.trim_end_matches('/').trim();
    let (names, has_value) = match attributes.split_once('=') {
        Some((names, _)) => (names, true),
        None => (attributes, false),
    };
    let mut names = names.split_whitespace();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_' | '@' | '.');
    let is_valid = !has_value || names.next_back().is_some_and(|name| name.chars().all(is_name));
    let is_apart = text.is_empty() || text.starts_with(|c: char| c == '/' || c.is_whitespace());
    is_valid && is_apart && names.all(|name| FLAGS.split(' ').any(|flag| name.eq_ignore_ascii_case(flag)))
}

/// The attributes that need no value.
const FLAGS: &str = "allowfullscreen async autofocus autoplay checked controls default defer disabled hidden \
    itemscope loop multiple muted nomodule noshade nowrap open playsinline readonly required reversed selected";

/// The elements of HTML, and some that other markup has.
const TAGS: &str = "a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button \
    canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed \
    fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i \
    iframe img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noscript \
    nowiki object ol optgroup option output p param picture pre progress q rb ref rp rt rtc ruby s samp script \
    search section select slot small source span strike strong style sub summary sup svg table tbody td template \
    textarea tfoot th thead time title tr track tt u ul var video wbr";
