//! Finds what a problem is about in the text of the JSON, so that an editor can jump there.

/// A place in a text, counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// Where the value stands that a path such as `references[1].url` leads to; where there is none, what
/// it is missing from.
pub(super) fn place(json: &str, path: &str) -> Place {
    let mut scan = Scan { rest: json.strip_prefix('\u{FEFF}').unwrap_or(json) };
    scan.skip_space();
    let mut found = scan;
    for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
        let inside = match step.strip_suffix(']').map(str::parse) {
            Some(Ok(index)) => scan.item(index),
            Some(Err(_)) => None,
            None => scan.member(step),
        };
        if inside.is_none() {
            break;
        }
        found = scan;
    }
    let before = json.get(..json.len() - found.rest.len()).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let in_line = before.get(line_start..).unwrap_or_default();
    Place {
        line: before.matches('\n').count() + 1,
        column: in_line.trim_start_matches('\u{FEFF}').chars().count() + 1,
    }
}

/// What is left of a text that is known to be JSON. What it turns out not to be ends the search.
#[derive(Clone, Copy)]
struct Scan<'a> {
    rest: &'a str,
}

impl<'a> Scan<'a> {
    /// Goes to the value of a member of the object that stands here.
    fn member(&mut self, key: &str) -> Option<()> {
        let mut scan = *self;
        scan.eat('{')?;
        let mut last = None;
        while !scan.rest.starts_with('}') {
            let name = scan.text()?;
            scan.eat(':')?;
            // Of members of one name the last counts, as it does for who reads the JSON.
            if serde_json::from_str::<String>(name).is_ok_and(|name| name == key) {
                last = Some(scan);
            }
            scan.skip_value()?;
            if scan.eat(',').is_none() {
                break;
            }
        }
        *self = last?;
        Some(())
    }

    /// Goes to an item of the list that stands here.
    fn item(&mut self, index: usize) -> Option<()> {
        let mut scan = *self;
        scan.eat('[')?;
        for _ in 0..index {
            scan.skip_value()?;
            scan.eat(',')?;
        }
        *self = scan;
        (!scan.rest.starts_with(']')).then_some(())
    }

    fn skip_value(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.rest.chars().next()? {
                '"' => {
                    self.text()?;
                }
                '{' | '[' => {
                    depth += 1;
                    self.skip(1);
                }
                '}' | ']' => {
                    depth = depth.checked_sub(1)?;
                    self.skip(1);
                }
                ',' | ':' => self.skip(1),
                _ => {
                    let end = self.rest.find(|c: char| ",:]}".contains(c) || c.is_ascii_whitespace());
                    self.skip(end.unwrap_or(self.rest.len()));
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// Takes a text, with its quotes.
    fn text(&mut self) -> Option<&'a str> {
        let whole = self.rest;
        let mut is_escaped = false;
        let end = whole.strip_prefix('"')?.find(|c| {
            let ends = c == '"' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            ends
        })?;
        self.skip(end + 2);
        whole.get(..end + 2)
    }

    fn eat(&mut self, mark: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(mark)?;
        self.skip_space();
        Some(())
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
        self.skip_space();
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_to_the_value_that_a_path_names() {
        let json = "{\n  \"title\": \"T \\\" {\",\n  \"references\": [\n    { \"id\": \"ä\", \"url\": 1 },\n    {\"a\": [1, {}], \"url\": \"x\"}\n  ]\n}";
        for (path, line, column) in [
            ("", 1, 1),
            ("title", 2, 12),
            ("references", 3, 17),
            ("references[0].url", 4, 25),
            ("references[1].url", 5, 27),
            ("references[1].a[1]", 5, 15),
            // What is missing is missing from something.
            ("references[1].title", 5, 5),
            ("references[2]", 3, 17),
            ("body", 1, 1),
        ] {
            assert_eq!(place(json, path), Place { line, column }, "{path}");
        }
    }

    #[test]
    fn what_is_no_json_ends_the_search() {
        for json in ["", "{", "{\"a\"", "[1,", "\u{FEFF}{\"a\": \"", "nonsense"] {
            assert_eq!(place(json, "a[1].b").line, 1, "{json}");
        }
    }
}
