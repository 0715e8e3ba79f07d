//! Writes inline text back as the string it can be read from.

use super::{Inline, RichText};

impl serde::Serialize for RichText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_source())
    }
}

impl RichText {
    /// The string that is read as this text. Citations are written by number.
    #[must_use]
    pub fn to_source(&self) -> String {
        let mut source = String::new();
        write_all(&self.0, &mut source);
        source
    }
}

fn write_all(inlines: &[Inline], source: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => write_text(text, source),
            Inline::Emphasis(inner) => write_between("*", inner, source),
            Inline::Strong(inner) => write_between("**", inner, source),
            Inline::Code(code) => write_code(code, source),
            Inline::Link { text, url } => {
                source.push('[');
                write_all(text, source);
                source.push_str("](");
                source.push_str(url.as_str());
                source.push(')');
            }
            Inline::Citation(citation) => match &citation.mention {
                Some(words) => write_text(words, source),
                None => {
                    let numbers: Vec<String> =
                        citation.references.iter().map(|index| (index + 1).to_string()).collect();
                    source.push('[');
                    source.push_str(&numbers.join(","));
                    source.push(']');
                }
            },
        }
    }
}

fn write_between(marks: &str, inner: &[Inline], source: &mut String) {
    source.push_str(marks);
    write_all(inner, source);
    source.push_str(marks);
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

fn write_code(code: &str, source: &mut String) {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(if longest == 1 { 2 } else { 1 });
    let padding = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    for part in [&*fence, padding, code, padding, &*fence] {
        source.push_str(part);
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
}
