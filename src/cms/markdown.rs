//! Reads blocks of Markdown, as far as CMSs and language models write it: paragraphs, headings, lists,
//! quotations, code, tables, pictures and footnotes. The inline syntax of articles is Markdown too, so the
//! article reader parses inline text.

use super::context::{block, excerpt};
use super::converter::table;
use super::lists::{self, FlatItem};
use super::markdown_inline::{self, code_length, find_within_limit, tag_length, tag_name};
use super::markdown_pictures::{self, PictureOrHtml};
use super::members::image;
use super::values::is_among;
use crate::article::{Block, BlockKind, Code, Heading, Image, Inline, Quote, RichText, Text, Url};

/// The readers for the parts of a text.
pub(super) trait Parts {
    /// Reads inline text.
    fn inline(&mut self, source: &str) -> RichText;

    /// Reads HTML.
    fn html(&mut self, html: &str) -> Vec<Block>;

    /// Reports something that was left out or changed. The message is passed in parts.
    fn warn(&mut self, message: &[&str]);

    /// Reports struck-out text.
    fn warn_struck(&mut self, words: &str);

    /// Reads code.
    fn code(&mut self, code: &str) -> String;
}

/// Escapes numbers in brackets, so that they do not cite anything.
pub(super) fn without_numbers(source: &str) -> String {
    let mut without = String::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let length = if c == '`' { code_length(rest) } else { c.len_utf8() };
        let (taken, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let is_number = matches!(c, '[' | '［' | '【' | '〔') && behind.starts_with(char::is_numeric) && {
            let inner = behind.trim_start_matches(|c: char| c.is_numeric() || ",、，-–— ".contains(c));
            inner.starts_with([']', '］', '】', '〕']) && !inner.starts_with("](")
        };
        if is_number {
            without.push('\\');
        }
        without.push_str(taken);
        rest = behind;
    }
    without
}

/// Removes the markers `[^r1]` that were inserted into the text around some code from the code itself.
pub(super) fn without_markers(code: &str) -> String {
    let mut without = String::new();
    let mut rest = code;
    while let Some((before, after)) = rest.split_once("[^r") {
        without.push_str(before);
        let behind = after.trim_start_matches(|c: char| c.is_ascii_digit());
        rest = match behind.strip_prefix(']').filter(|_| behind.len() < after.len()) {
            Some(behind) => behind,
            None => {
                without.push_str("[^r");
                after
            }
        };
    }
    without.push_str(rest);
    without
}

/// Reads a text block by block.
pub(super) fn blocks(text: &str, parts: &mut dyn Parts) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().collect();
    let mut reader = Reader {
        lines: &lines,
        at: 0,
        paragraph: Vec::new(),
        blocks: Vec::new(),
        pictures: Vec::new(),
        parts,
    };
    while let Some(line) = reader.line() {
        reader.step(line);
        reader.end_block();
    }
    reader.end_paragraph();
    reader.blocks
}

struct Reader<'t, 'p> {
    lines: &'t [&'t str],
    at: usize,
    /// The lines of the current paragraph.
    paragraph: Vec<&'t str>,
    blocks: Vec<Block>,
    /// The pictures in the current block, which follow it.
    pictures: Vec<Block>,
    parts: &'p mut dyn Parts,
}

impl<'t> Reader<'t, '_> {
    fn line(&self) -> Option<&'t str> {
        self.lines.get(self.at).copied()
    }

    /// Reads the block that begins with this line.
    fn step(&mut self, line: &'t str) {
        let trimmed = line.trim();
        let opens_code = self.paragraph.is_empty() && indent_of(line) >= 4;
        if trimmed.is_empty() {
            self.at += 1;
            self.end_paragraph();
        } else if opens_code && fence_of(line).is_none() {
            self.indented_code();
        } else if let (Some(level), false) = (underline_of(trimmed), self.paragraph.is_empty()) {
            self.at += 1;
            let words = joined(&self.paragraph);
            self.paragraph.clear();
            self.heading(level, &words);
        } else if self.begins_list(line) {
            self.end_paragraph();
            self.list();
        } else if self.interrupts(line) {
            self.end_paragraph();
            self.interruption(line);
        } else if begins_html(trimmed, !self.paragraph.is_empty()) {
            self.end_paragraph();
            self.html();
        } else {
            self.at += 1;
            self.paragraph.push(line);
        }
    }

    fn push(&mut self, kind: BlockKind) {
        self.blocks.push(Block { kind, ..Block::default() });
    }

    /// Ends the current block: the pictures in it follow.
    fn end_block(&mut self) {
        self.blocks.append(&mut self.pictures);
    }

    /// Adds the paragraph. A picture that begins a line divides it; another picture follows it.
    fn end_paragraph(&mut self) {
        let paragraph = self.paragraph.join("\n");
        self.paragraph.clear();
        let mut words = String::new();
        let mut begins_line = true;
        let mut rest = paragraph.as_str();
        while let Some(found) = markdown_pictures::first(rest) {
            words.push_str(found.before);
            rest = found.behind;
            let mut blocks = self.blocks_of_picture(found.content);
            let line = found.before.rsplit_once('\n');
            begins_line = (begins_line || line.is_some())
                && line.map_or(found.before, |(_, line)| line).trim().is_empty();
            if begins_line {
                self.text(&words);
                words.clear();
                if let [Block { kind: BlockKind::Image(image), .. }] = blocks.as_mut_slice() {
                    rest = self.caption(image, rest);
                }
                self.blocks.append(&mut blocks);
            } else {
                self.pictures.append(&mut blocks);
            }
        }
        words.push_str(rest);
        self.text(&words);
    }

    /// Adds lines as a paragraph, and the pictures in them.
    fn text(&mut self, lines: &str) {
        let words = joined(&lines.lines().collect::<Vec<_>>());
        let text = self.inline(&words);
        if !text.is_empty() {
            self.push(BlockKind::paragraph(text));
        }
        self.end_block();
    }

    /// Gives a picture the emphasized rest of its line, or the emphasized line below it, as its caption.
    /// Returns the text that is left.
    fn caption<'l>(&mut self, image: &mut Image, text: &'l str) -> &'l str {
        let below = text.strip_prefix("\\\n").unwrap_or(text).trim_start();
        if !below.starts_with(['*', '_', '<']) || !image.caption.is_empty() {
            return text;
        }
        let end = find_within_limit(below, b"\n").unwrap_or(below.len());
        let (line, behind) = below.split_at_checked(end).unwrap_or_default();
        if line.len() <= Url::MAX_CHARS
            && markdown_pictures::first(line).is_none()
            && let [Inline::Emphasis(words)] = self.inline(line).0.as_mut_slice()
        {
            image.caption = RichText(std::mem::take(words));
            return behind;
        }
        text
    }

    /// Returns the blocks of a picture or HTML element.
    fn blocks_of_picture(&mut self, content: PictureOrHtml<'_>) -> Vec<Block> {
        let (alt, address, title) = match content {
            PictureOrHtml::Html(html) => return self.parts.html(html),
            PictureOrHtml::Picture { alt, address, title } => (alt, address, title),
        };
        let alt = markdown_inline::read(alt, self.parts).plain_text();
        let Ok(url) = Url::parse(&address) else {
            let words = excerpt(if alt.is_empty() { &address } else { &alt });
            self.parts.warn(&["a picture without an http or https address was left out: ", &words]);
            return Vec::new();
        };
        let caption = markdown_inline::read(title, self.parts);
        vec![block(BlockKind::Image(Image { alt: alt.into(), caption, ..image(url) }))]
    }

    fn heading(&mut self, level: usize, words: &str) {
        let text = self.inline(words);
        if !text.is_empty() {
            let level = u8::try_from(level.clamp(2, 4)).unwrap_or(2);
            self.push(BlockKind::Heading(Heading { level, text }));
        }
    }

    /// Reads inline text; the pictures in it will follow the block.
    fn inline(&mut self, words: &str) -> RichText {
        let mut text = String::new();
        let mut rest = words;
        while let Some(found) = markdown_pictures::first(rest) {
            text.push_str(found.before);
            rest = found.behind;
            let mut blocks = self.blocks_of_picture(found.content);
            self.pictures.append(&mut blocks);
        }
        text.push_str(rest);
        markdown_inline::read(&text, self.parts)
    }

    /// Reads a block that [`Self::interrupts`] a paragraph.
    fn interruption(&mut self, line: &'t str) {
        let trimmed = line.trim();
        if let Some(fence) = fence_of(line) {
            self.fenced_code(fence, line);
        } else if let Some((level, words)) = heading_of(trimmed) {
            self.at += 1;
            self.heading(level, words);
        } else if trimmed.starts_with('>') {
            self.quote();
        } else if is_rule(trimmed) {
            self.at += 1;
        } else {
            self.table(trimmed);
        }
    }

    fn fenced_code(&mut self, fence: (char, usize), opening: &str) {
        self.at += 1;
        let language = opening.trim_start().trim_start_matches(fence.0).split_whitespace().next();
        // The lines of the code lose as much indentation as the fence has.
        let indent = opening.len() - opening.trim_start().len();
        let language = language.map(Text::from);
        let mut code = String::new();
        while let Some(line) = self.line() {
            self.at += 1;
            if closes(fence, line) {
                break;
            }
            let own = line.len() - line.trim_start().len();
            push_line(&mut code, line.get(indent.min(own)..).unwrap_or_default());
        }
        self.code(&code, language);
    }

    fn indented_code(&mut self) {
        let mut code = String::new();
        while let Some(line) = self.line().filter(|line| indent_of(line) >= 4 || line.trim().is_empty()) {
            self.at += 1;
            push_line(&mut code, without_columns(line, 4));
        }
        self.code(code.trim_end(), None);
    }

    fn code(&mut self, code: &str, language: Option<Text>) {
        let code = self.parts.code(code);
        if !code.trim().is_empty() {
            self.push(BlockKind::Code(Code { text: code.into(), language }));
        }
    }

    /// Reads a quotation as one text, in which its paragraphs are lines.
    fn quote(&mut self) {
        let mut paragraphs = vec![String::new()];
        while let Some(line) = self.line() {
            let Some(inner) = line.trim_start().strip_prefix('>') else { break };
            self.at += 1;
            let words = inner.trim_start_matches([' ', '>']).trim();
            let has_words = paragraphs.last().is_some_and(|last| !last.is_empty());
            match paragraphs.last_mut() {
                Some(_) if words.is_empty() && has_words => paragraphs.push(String::new()),
                Some(last) if !words.is_empty() => last.extend([if has_words { " " } else { "" }, words]),
                _ => {}
            }
        }
        let text = self.inline(paragraphs.join("\n").trim());
        if !text.is_empty() {
            self.push(BlockKind::Quote(Quote { text, ..Quote::default() }));
        }
    }

    /// Returns whether a list begins here. Within a paragraph only the number 1 begins one; any other number
    /// is just at the beginning of a line.
    fn begins_list(&self, line: &str) -> bool {
        let Some(item) = item_of(line) else { return false };
        self.paragraph.is_empty()
            || (!item.words.is_empty() && item.number.is_none_or(|number| number == "1"))
    }

    /// Reads a list. Blocks inside its items, such as code, follow the list.
    fn list(&mut self) {
        let place = self.blocks.len();
        // The columns where the items of each open level begin.
        let mut columns: Vec<usize> = Vec::new();
        let mut items: Vec<(usize, bool, String)> = Vec::new();
        let mut ordered = None;
        let mut after_blank = false;
        while let Some(line) = self.line() {
            if line.trim().is_empty() {
                after_blank = true;
                self.at += 1;
                continue;
            }
            let column = indent_of(line);
            let item = item_of(line);
            let first = columns.first().copied();
            if let Some(item) = &item {
                while columns.last().is_some_and(|open| *open > column) {
                    columns.pop();
                }
                let is_top = columns.is_empty() || first.is_some_and(|first| column <= first);
                let is_ordered = item.number.is_some();
                if is_top && ordered.is_some_and(|ordered| ordered != is_ordered) {
                    break;
                }
                ordered = ordered.or(Some(is_ordered));
                // An item that is indented by only one column more is in the same list; two or more columns
                // begin a nested list.
                if columns.last().is_none_or(|open| column >= open + 2) {
                    columns.push(column);
                }
                items.push((columns.len(), is_ordered, item.words.to_owned()));
            } else {
                let inside = first.is_some_and(|first| column > first);
                if inside && self.interrupts(line) {
                    self.interruption(line);
                    after_blank = false;
                    continue;
                }
                // Without an empty line before it, any line continues the item, whatever its indentation.
                let continues = inside || (!after_blank && !self.interrupts(line));
                // After an empty line, a paragraph belongs to the item under which it is indented; otherwise
                // a line continues the last item.
                let level = columns.iter().filter(|open| **open < column).count().max(1);
                let is_under = |(of, ..): &&mut (usize, bool, String)| !after_blank || *of <= level;
                let Some((.., words)) = items.iter_mut().rev().find(is_under).filter(|_| continues) else {
                    break;
                };
                words.push_str(if after_blank { "\n" } else { " " });
                words.push_str(line.trim());
            }
            after_blank = false;
            self.at += 1;
        }
        let items = items.into_iter();
        let items =
            items.map(|(level, ordered, words)| FlatItem { level, ordered, text: self.inline(&words) });
        let items = lists::nest(items.filter(|item| !item.text.is_empty()).collect());
        if !items.is_empty() {
            let kind = lists::list(ordered.unwrap_or(false), items);
            self.blocks.insert(place, Block { kind, ..Block::default() });
        }
    }

    /// Returns whether a line begins a block that ends the current paragraph.
    fn interrupts(&self, line: &str) -> bool {
        let trimmed = line.trim();
        heading_of(trimmed).is_some()
            || fence_of(line).is_some()
            || is_rule(trimmed)
            || trimmed.starts_with('>')
            || self.begins_table(trimmed)
    }

    fn begins_table(&self, line: &str) -> bool {
        line.contains('|')
            && self.lines.get(self.at + 1).is_some_and(|next| is_table_rule(next))
            && self.lines.get(self.at + 1).is_some_and(|next| cells(next).len() == cells(line).len())
    }

    fn table(&mut self, header: &str) {
        let header: Vec<RichText> = cells(header).iter().map(|cell| self.inline(cell)).collect();
        self.at += 2;
        let mut rows = Vec::new();
        while let Some(line) = self.line().filter(|line| line.contains('|')) {
            self.at += 1;
            rows.push(cells(line).iter().map(|cell| self.inline(cell)).collect());
        }
        table(header, rows).into_iter().for_each(|table| self.push(BlockKind::Table(table)));
    }

    fn html(&mut self) {
        let mut html = String::new();
        while let Some(line) = self.line().filter(|line| !line.trim().is_empty()) {
            self.at += 1;
            push_line(&mut html, line);
        }
        let blocks = self.parts.html(&html);
        self.blocks.extend(blocks);
    }
}

fn push_line(lines: &mut String, line: &str) {
    if !lines.is_empty() {
        lines.push('\n');
    }
    lines.push_str(line);
}

/// Joins the lines of a paragraph; two trailing spaces or a backslash make a line break.
fn joined(lines: &[&str]) -> String {
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        let is_last = index + 1 == lines.len();
        let (words, breaks) = match line.strip_suffix('\\') {
            Some(words) if !is_last => (words, true),
            _ => (*line, line.ends_with("  ")),
        };
        text.push_str(words.trim());
        if !is_last {
            text.push(if breaks { '\n' } else { ' ' });
        }
    }
    text
}

/// Returns the indentation of a line, in columns.
fn indent_of(line: &str) -> usize {
    let mut columns = 0;
    for byte in line.bytes() {
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += 4 - columns % 4,
            _ => break,
        }
    }
    columns
}

/// Removes up to this many columns of indentation from a line.
fn without_columns(line: &str, wanted: usize) -> &str {
    let inner = line.char_indices().find(|(at, c)| {
        !matches!(c, ' ' | '\t') || line.get(..*at).is_some_and(|indent| indent_of(indent) >= wanted)
    });
    inner.and_then(|(at, _)| line.get(at..)).unwrap_or_default()
}

/// Returns whether a line closes a code fence.
pub(super) fn closes(fence: (char, usize), line: &str) -> bool {
    fence_of(line).is_some_and(|end| end.0 == fence.0 && end.1 >= fence.1)
        && line.trim().chars().all(|c| c == fence.0)
}

/// Returns the character and length of the code fence at the beginning of a line.
pub(super) fn fence_of(line: &str) -> Option<(char, usize)> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.chars().take_while(|c| *c == mark).count();
    let rest = line.get(length..)?;
    (length >= 3 && !(mark == '`' && rest.contains('`'))).then_some((mark, length))
}

/// Returns whether a line within a paragraph begins a heading, a list item, a quotation or a row of a table.
pub(super) fn begins_block(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(['>', '|']) || heading_of(line).is_some() || item_of(line).is_some()
}

fn heading_of(line: &str) -> Option<(usize, &str)> {
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    let is_heading = (1..=6).contains(&level) && (words.is_empty() || words.starts_with([' ', '\t']));
    let closed = words.trim_end().trim_end_matches('#');
    let words = if closed.ends_with([' ', '\t']) || closed.is_empty() { closed } else { words };
    is_heading.then(|| (level, words.trim()))
}

/// Returns the level of the heading for which a line is the underline.
fn underline_of(line: &str) -> Option<usize> {
    match line.chars().next()? {
        mark @ ('=' | '-') => {
            let is_line = line.chars().all(|c| c == mark) && line.len() >= 2;
            is_line.then_some(if mark == '=' { 1 } else { 2 })
        }
        _ => None,
    }
}

/// Returns whether a line is a rule: three or more stars, hyphens or underscores, and nothing else.
fn is_rule(line: &str) -> bool {
    ['*', '-', '_'].iter().any(|mark| {
        line.chars().filter(|c| c == mark).count() >= 3 && line.chars().all(|c| c == *mark || c == ' ')
    })
}

/// An item of a list, parsed from its first line.
struct Item<'t> {
    /// The digits before the item, if it is numbered.
    number: Option<&'t str>,
    words: &'t str,
}

fn item_of(line: &str) -> Option<Item<'_>> {
    let line = line.trim();
    if is_rule(line) {
        return None;
    }
    if let Some(words) = line.strip_prefix(['-', '*', '+', '•']) {
        let is_item = words.is_empty() || words.starts_with([' ', '\t']);
        return is_item.then(|| Item { number: None, words: words.trim() });
    }
    let words = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = line.get(..line.len() - words.len()).filter(|digits| (1..=9).contains(&digits.len()))?;
    let words = words.strip_prefix(['.', ')'])?;
    let is_item = words.is_empty() || words.starts_with([' ', '\t']);
    is_item.then(|| Item { number: Some(number), words: words.trim() })
}

/// Splits a row of a table into its cells. A bar after a backslash or inside code is part of the cell.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut rest = line;
    while let (Some(c), Some(cell)) = (rest.chars().next(), cells.last_mut()) {
        let length = match c {
            '`' => code_length(rest),
            '\\' => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            _ => c.len_utf8(),
        };
        let (taken, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        match c {
            '|' => cells.push(String::new()),
            // The backslash escapes the bar and is not part of the text.
            '`' | '\\' => cell.push_str(&taken.replace("\\|", "|")),
            _ => cell.push_str(taken),
        }
        rest = behind;
    }
    if cells.len() > 1 && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    cells
}

/// Returns whether a line is the delimiter row below the header of a table.
fn is_table_rule(line: &str) -> bool {
    let cells = cells(line);
    line.contains('-')
        && cells.iter().all(|cell| {
            let dashes = cell.trim();
            let dashes = dashes.strip_prefix(':').unwrap_or(dashes);
            let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
            !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
        })
}

/// Returns whether a text is HTML from beginning to end, as some editors write it into Markdown fields.
pub(super) fn is_all_html(text: &str) -> bool {
    let text = text.trim();
    is_html(text) && text.ends_with('>')
}

/// Returns whether a line begins with a tag, a comment or similar. An address in angle brackets is a link.
fn is_html(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('<') else { return false };
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let name_end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
    let after = rest.get(name_end..).unwrap_or_default();
    let is_tag = rest.starts_with(|c: char| c.is_ascii_alphabetic())
        && (after.is_empty() || after.starts_with(['>', '/', ' ', '\t', '\n', '\u{C}']));
    is_tag || rest.starts_with(['!', '?'])
}

/// Returns whether a line begins HTML that is a block of its own. A tag for text does so only alone on its
/// line, and within a paragraph only the tag of a block does.
fn begins_html(line: &str, is_in_paragraph: bool) -> bool {
    const FOR_TEXT: &str = "a abbr b bdi bdo cite code del dfn em font i ins kbd mark q s samp small span strike strong sub \
        sup time tt u var";
    const BLOCKS: &str =
        "article blockquote details div dl figure h1 h2 h3 h4 h5 h6 ol p pre section table ul";
    if !is_html(line) {
        return false;
    }
    let name = tag_name(line).unwrap_or_default().to_ascii_lowercase();
    if is_in_paragraph {
        return is_among(&name, BLOCKS) && !line.starts_with("</");
    }
    !is_among(&name, FOR_TEXT) || tag_length(line).is_none_or(|length| length == line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indentation_is_counted_in_columns() {
        for (line, inner) in [
            ("    a", "a"),
            ("\ta", "a"),
            (" \tfoo", "foo"),
            ("  \t x", " x"),
            ("      a", "  a"),
            ("  ", ""),
            ("é", "é"),
        ] {
            assert_eq!(without_columns(line, 4), inner, "{line:?}");
        }
    }
}
