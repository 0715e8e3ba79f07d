//! The encoding that [`Markup`](super::Markup) writes and its interpreters read: `draw.js` in a browser,
//! `html.rs` and `nodes.rs` elsewhere.

/// Begins each step. No text or value can contain it: [`Step::encode`] strips it.
const MARK: char = '\u{1}';

/// The character after the mark, which identifies the kind of step.
const OPEN: char = '<';
const OPEN_SVG: char = '{';
const ATTRIBUTE: char = '@';
const TEXT: char = '"';
const CLOSE: char = '>';

/// One step of building elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'text> {
    /// Begins an HTML element, given its name.
    Open(&'text str),
    /// Begins an SVG element, given its name.
    OpenSvg(&'text str),
    /// Adds an attribute to the element that was begun last: its name and its value.
    Attribute(&'text str, &'text str),
    /// Adds text to the innermost open element.
    Text(&'text str),
    /// Ends the innermost open element.
    Close,
}

impl<'text> Step<'text> {
    /// Appends the encoded step.
    pub(super) fn encode(self, steps: &mut String) {
        let (kind, name, text) = match self {
            Self::Open(name) => (OPEN, name, ""),
            Self::OpenSvg(name) => (OPEN_SVG, name, ""),
            Self::Attribute(name, value) => (ATTRIBUTE, name, value),
            Self::Text(text) => (TEXT, "", text),
            Self::Close => (CLOSE, "", ""),
        };
        steps.push(MARK);
        steps.push(kind);
        steps.push_str(name);
        if kind == ATTRIBUTE {
            steps.push('=');
        }
        if text.as_bytes().contains(&(MARK as u8)) {
            steps.extend(text.split(MARK));
        } else {
            steps.push_str(text);
        }
    }

    /// Decodes the steps, in order.
    #[cfg(any(test, not(target_arch = "wasm32")))]
    pub(super) fn decode(steps: &'text str) -> impl Iterator<Item = Self> {
        steps.split(MARK).filter_map(|step| {
            let mut rest = step.chars();
            let kind = rest.next()?;
            let what = rest.as_str();
            match kind {
                OPEN => Some(Self::Open(what)),
                OPEN_SVG => Some(Self::OpenSvg(what)),
                ATTRIBUTE => what.split_once('=').map(|(name, value)| Self::Attribute(name, value)),
                TEXT => Some(Self::Text(what)),
                CLOSE => Some(Self::Close),
                _ => None,
            }
        })
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn decoding_reverses_encoding() {
        let steps = [
            Step::Open("p"),
            Step::Attribute("title", "a=b\n"),
            Step::Attribute("open", ""),
            Step::Text("<b> \" @ { >"),
            Step::OpenSvg("svg"),
            Step::Close,
            Step::Close,
        ];
        let mut text = String::new();
        steps.into_iter().for_each(|step| step.encode(&mut text));
        assert_eq!(Step::decode(&text).collect::<Vec<_>>(), steps);
    }

    #[test]
    fn text_cannot_begin_a_step() {
        let mut text = String::new();
        Step::Text("a\u{1}>\u{1}<script").encode(&mut text);
        Step::Attribute("title", "\u{1}<i").encode(&mut text);
        let steps: Vec<_> = Step::decode(&text).collect();
        assert_eq!(steps, [Step::Text("a><script"), Step::Attribute("title", "<i")]);
    }

    #[test]
    fn script_uses_the_same_grammar() {
        let script = include_str!("draw.js");
        for (name, character) in [
            ("MARK", MARK),
            ("OPEN", OPEN),
            ("OPEN_SVG", OPEN_SVG),
            ("ATTRIBUTE", ATTRIBUTE),
            ("TEXT", TEXT),
            ("CLOSE", CLOSE),
        ] {
            let quoted = if character == MARK { "\\u0001".to_owned() } else { character.to_string() };
            let quote = if character == TEXT { '\'' } else { '"' };
            let line = format!("\nconst {name} = {quote}{quoted}{quote};\n");
            assert!(script.contains(&line), "draw.js lacks {line}");
        }
    }
}
