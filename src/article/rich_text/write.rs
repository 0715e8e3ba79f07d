//! Writes inline text back as the string it can be read from.

use super::super::Url;
use super::parse::MAX_NUMBERS;
use super::tokens::{MAX_TICKS, target};
use super::{Inline, RichText};

impl serde::Serialize for RichText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_source())
    }
}

impl RichText {
    /// The string that is read as this text. Citations are written by number.
    ///
    /// The syntax can say everything that can be read with it. What it cannot say is written in
    /// the nearest way: emphasis inside emphasis as one, without the white space at its ends.
    #[must_use]
    pub fn to_source(&self) -> String {
        let mut source = String::new();
        write_all(&self.0, Around::default(), &mut source);
        source
    }
}

/// What a text stands inside.
#[derive(Clone, Copy, Default)]
struct Around {
    emphasis: bool,
    strong: bool,
}

fn write_all(inlines: &[Inline], around: Around, source: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => write_text(text, source),
            Inline::Emphasis(inner) => {
                let marks = if around.emphasis { "" } else { "*" };
                write_between(marks, inner, Around { emphasis: true, ..around }, source);
            }
            Inline::Strong(inner) => {
                let marks = if around.strong { "" } else { "**" };
                write_between(marks, inner, Around { strong: true, ..around }, source);
            }
            Inline::Code(code) => write_code(code, source),
            Inline::Link { text, url } => {
                source.push('[');
                write_all(text, Around::default(), source);
                source.push_str("](");
                write_url(url, source);
                source.push(')');
            }
            Inline::Citation(citation) => match &citation.mention {
                Some(words) => write_text(words, source),
                None => write_citation(&citation.references, source),
            },
        }
    }
}

/// Writes emphasis, with the white space at its ends outside of the marks, where they are read as
/// such.
fn write_between(marks: &str, inner: &[Inline], around: Around, source: &mut String) {
    let mut inside = String::new();
    write_all(inner, around, &mut inside);
    let words = inside.trim();
    let start = inside.len() - inside.trim_start().len();
    let marks = if words.is_empty() { "" } else { marks };
    let before = inside.get(..start).unwrap_or_default();
    let after = inside.get(start + words.len()..).unwrap_or_default();
    source.extend([before, marks, words, marks, after]);
}

fn write_citation(references: &[usize], source: &mut String) {
    // Markers side by side are read as one citation.
    for some in references.chunks(MAX_NUMBERS) {
        let numbers: Vec<String> = some.iter().map(|index| (index + 1).to_string()).collect();
        source.extend(["[", &numbers.join(","), "]"]);
    }
}

fn write_text(text: &str, source: &mut String) {
    for (at, c) in text.char_indices() {
        // An opening bracket matters only directly after a marker.
        if matches!(c, '\\' | '*' | '`' | '[' | ']') || (c == '(' && at == 0) {
            source.push('\\');
        }
        source.push(c);
    }
}

/// Writes code between more or fewer backticks than stand side by side in it.
fn write_code(code: &str, source: &mut String) {
    let runs: Vec<usize> = code.split(|c| c != '`').map(str::len).collect();
    let Some(ticks) = (1..=MAX_TICKS).find(|ticks| !runs.contains(ticks)) else {
        return write_text(code, source);
    };
    let fence = "`".repeat(ticks);
    let padding = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    source.extend([&*fence, padding, code, padding, &*fence]);
}

/// Writes an address so that its end is found again.
fn write_url(url: &Url, source: &mut String) {
    let url = url.as_str();
    let whole = ["(", url, ")"].concat();
    if target(&whole).is_some_and(|(_, length)| length == whole.len()) {
        source.push_str(url);
        return;
    }
    if !url.contains([':', '/', '#', '?', '.']) {
        source.push_str("./");
    }
    for c in url.chars() {
        match c {
            '(' => source.push_str("%28"),
            ')' => source.push_str("%29"),
            '[' => source.push_str("%5B"),
            ']' => source.push_str("%5D"),
            c => source.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Markers, parse};
    use super::*;

    fn read(source: &str) -> RichText {
        parse(source, &Markers::new(["a".into(), "b".into()].into_iter()), &mut |_| {})
    }

    #[test]
    fn what_is_written_reads_the_same() {
        for source in [
            "plain",
            r"\*a\* [x](/y(z)) **b *c*** `d` `` `e ``",
            "[1][2](sic) [1,2]",
            r"a\\b `c\d` [1]\(/x)",
            "*a**b* ***c*** 5 * 6",
        ] {
            let once = read(source);
            assert_eq!(read(&once.to_source()), once, "{source}");
        }
    }

    fn writes(inline: Inline, source: &str) {
        assert_eq!(RichText(vec![inline]).to_source(), source);
    }

    fn text(text: &str) -> Inline {
        Inline::Text(text.into())
    }

    #[test]
    fn white_space_at_the_ends_of_emphasis_stands_outside() {
        writes(Inline::Emphasis(vec![text(" a ")]), " *a* ");
        writes(Inline::Strong(vec![text(" ")]), " ");
    }

    #[test]
    fn emphasis_inside_emphasis_is_one() {
        writes(Inline::Emphasis(vec![Inline::Emphasis(vec![text("a")])]), "*a*");
        writes(Inline::Strong(vec![text("a "), Inline::Strong(vec![text("b")])]), "**a b**");
    }

    #[test]
    fn code_stands_between_backticks_it_does_not_hold() {
        writes(Inline::Code("a`b``c".into()), "```a`b``c```");
        writes(Inline::Code("a` b`` c``` d````".into()), r"a\` b\`\` c\`\`\` d\`\`\`\`");
    }

    #[test]
    fn an_address_is_written_so_that_it_is_read_whole() {
        for (url, written) in
            [("/a_(b)", "/a_(b)"), ("/a)", "/a%29"), ("/a[1]", "/a%5B1%5D"), ("about", "./about")]
        {
            let url = Url::parse(url).expect("a good url");
            writes(Inline::Link { text: vec![text("x")], url }, &["[x](", written, ")"].concat());
        }
    }

    #[test]
    fn a_citation_of_very_many_sources_is_read_whole() {
        let markers = Markers::new((0..120).map(|number| number.to_string().into()));
        let all = parse("[1-50][51-100][101-120]", &markers, &mut |_| {});
        assert_eq!(all.0.len(), 1);
        assert_eq!(parse(&all.to_source(), &markers, &mut |_| {}), all);
    }
}
