//! The guarantees of reading, for any input.

use news_briefing::article::{
    Article, Block, BlockKind, Inline, Json, ListItem, ReadResult, RichText, Severity, Spoken, Table, Text,
    Url, limits,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use std::collections::HashSet;

/// Checks all guarantees about an article and its problems.
pub(crate) fn meets_the_guarantees(json: &Json, result: &ReadResult) -> TestCaseResult {
    let errors = result.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    prop_assert_eq!(
        result.article.is_some(),
        errors == 0,
        "an article is read if and only if there is no error"
    );
    prop_assert!(
        result.problems.iter().take(errors).all(|problem| problem.severity == Severity::Error),
        "errors first"
    );
    prop_assert!(result.problems.len() <= limits::MAX_PROBLEMS + errors);
    for problem in &result.problems {
        prop_assert!(!problem.message.trim().is_empty(), "{}: has no message", problem.path);
        prop_assert!(path_exists(json, &problem.path), "{}: is not in {:?}", problem, json);
    }
    match &result.article {
        Some(article) => is_consistent(article),
        None => Ok(()),
    }
}

/// Returns whether a path such as `references[1].url` points into the JSON. Its last step may be
/// missing: that may be the problem.
fn path_exists(json: &Json, path: &str) -> bool {
    if path.is_empty() {
        return true;
    }
    let steps: Vec<String> = path.replace('[', ".[").split('.').map(str::to_owned).collect();
    let Some((_, parents)) = steps.split_last() else { return false };
    let mut here = json;
    for step in parents {
        let next = match (here, step.strip_prefix('[')) {
            (Json::List(items), Some(index)) => {
                index.trim_end_matches(']').parse().ok().and_then(|index: usize| items.get(index))
            }
            (Json::Object(entries), None) => {
                entries.iter().find(|(key, _)| key == step).map(|(_, value)| value)
            }
            // A single value in the place of a list is read as a list of it.
            (one @ (Json::Text(_) | Json::Object(_)), Some("0]")) => Some(one),
            _ => None,
        };
        match next {
            Some(next) => here = next,
            None => return false,
        }
    }
    true
}

/// Checks the invariants of the types of an article.
fn is_consistent(article: &Article) -> TestCaseResult {
    prop_assert!(!article.title.is_empty(), "a title");
    prop_assert!(!article.key_points.is_empty() || !article.body.is_empty(), "something to show");

    let passages =
        article.key_points.iter().map(|point| &point.id).chain(article.body.iter().map(|block| &block.id));
    prop_assert!(
        are_unique(["title".into(), "summary".into()].iter().chain(passages)),
        "ids of passages are unique"
    );
    prop_assert!(
        are_unique(article.references.iter().map(|reference| &reference.id)),
        "ids of references are unique"
    );

    let mut citations = Vec::new();
    inline_texts(article)
        .into_iter()
        .for_each(|text| text.each_citation(&mut |citation| citations.push(citation)));
    let cited = article.citations().into_iter().map(|at| at.citation);
    prop_assert!(cited.eq(citations.iter().copied()), "every citation is among them");
    for (number, citation) in citations.into_iter().enumerate() {
        prop_assert_eq!(citation.ordinal, number, "citations are numbered in the order of reading");
        let cited = &citation.references;
        prop_assert!(!cited.is_empty());
        prop_assert!(cited.iter().all(|index| *index < article.references.len()), "a citation of nothing");
        prop_assert_eq!(
            cited.iter().collect::<HashSet<_>>().len(),
            cited.len(),
            "a source cited twice at one place"
        );
    }

    for url in urls(article) {
        prop_assert_eq!(Url::parse(url.as_str()), Ok(url.clone()), "an address that was not checked");
    }
    for text in texts(article) {
        prop_assert!(!text.contains(is_unwanted), "{text:?} has unwanted characters");
    }
    for point in &article.key_points {
        prop_assert!(!point.text.is_empty());
        prop_assert!(point.supports.iter().all(|id| article.body.iter().any(|block| block.id == *id)));
    }
    for block in &article.body {
        is_well_formed(block)?;
    }
    if let Some(audio) = &article.audio {
        prop_assert!(audio.duration.is_none_or(|duration| duration.is_finite() && duration >= 0.0));
        for timing in &audio.segments {
            prop_assert!(article.passage(&timing.target).is_some(), "{} is no passage", timing.target);
            prop_assert!(timing.start.is_finite() && timing.start >= 0.0);
            prop_assert!(timing.end.is_none_or(|end| end.is_finite() && end > timing.start));
            let mut past = timing.start;
            for word in &timing.words {
                prop_assert!(word.start.is_finite() && word.start >= past, "{word:?} after {past}");
                prop_assert!(timing.end.is_none_or(|end| word.start < end) && !word.text.is_empty());
                past = word.start;
            }
        }
    }
    Ok(())
}

fn is_well_formed(block: &Block) -> TestCaseResult {
    match &block.kind {
        BlockKind::Paragraph(paragraph) => prop_assert!(!paragraph.text.is_empty()),
        BlockKind::Quote(quote) => prop_assert!(!quote.text.is_empty()),
        BlockKind::Heading(heading) => {
            prop_assert!((2..=4).contains(&heading.level) && !heading.text.is_empty());
        }
        BlockKind::List(list) => {
            prop_assert!(!list.items.is_empty() && depth(&list.items) <= limits::MAX_LIST_DEPTH);
        }
        BlockKind::Table(Table { header, rows, .. }) => {
            let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
            prop_assert!(!rows.is_empty() && columns.max(header.len()) > 0);
            prop_assert!(header.is_empty() || header.len() >= columns);
        }
        BlockKind::Image(image) => prop_assert!(image.width != Some(0) && image.height != Some(0)),
        BlockKind::Code(code) => prop_assert!(!code.text.trim().is_empty()),
        BlockKind::EmbedLink(link) => prop_assert!(!link.title.is_empty()),
    }
    Ok(())
}

fn depth(items: &[ListItem]) -> usize {
    1 + items.iter().map(|item| if item.items.is_empty() { 0 } else { depth(&item.items) }).max().unwrap_or(0)
}

fn are_unique<'a>(ids: impl Iterator<Item = &'a Text>) -> bool {
    let mut seen = HashSet::new();
    ids.into_iter().all(|id| seen.insert(id))
}

/// Returns whether a character hides or reorders text; no such character remains in an article.
/// Isolates are allowed, because they are harmless in pairs.
fn is_unwanted(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{FFFE}' | '\u{FFFF}')
}

fn urls(article: &Article) -> Vec<&Url> {
    let mut urls: Vec<&Url> = article.url.iter().collect();
    urls.extend(article.image.iter().map(|image| &image.url));
    for block in &article.body {
        match &block.kind {
            BlockKind::Quote(quote) => urls.extend(&quote.url),
            BlockKind::Image(image) => urls.push(&image.url),
            BlockKind::EmbedLink(link) => urls.push(&link.url),
            BlockKind::Paragraph(_)
            | BlockKind::Heading(_)
            | BlockKind::List(_)
            | BlockKind::Code(_)
            | BlockKind::Table(_) => {}
        }
    }
    for reference in &article.references {
        urls.extend(reference.url.iter().chain(&reference.archive_url));
    }
    if let Some(audio) = &article.audio {
        urls.extend(audio.sources.iter().map(|source| &source.url).chain(&audio.timings_url));
    }
    urls.extend(article.next.iter().map(|next| &next.url));
    for text in inline_texts(article) {
        linked(&text.0, &mut urls);
    }
    urls
}

fn linked<'a>(inlines: &'a [Inline], urls: &mut Vec<&'a Url>) {
    for inline in inlines {
        match inline {
            Inline::Emphasis(inner) | Inline::Strong(inner) => linked(inner, urls),
            Inline::Link { text, url } => {
                urls.push(url);
                linked(text, urls);
            }
            Inline::Text(_) | Inline::Code(_) | Inline::Citation(_) => {}
        }
    }
}

fn texts(article: &Article) -> Vec<String> {
    let mut texts = vec![article.title.to_string()];
    texts.extend(article.category.iter().chain(&article.id).chain(&article.authors).map(ToString::to_string));
    for reference in &article.references {
        let optional = reference.publisher.iter().chain(&reference.excerpt);
        let all = optional
            .chain(&reference.aliases)
            .chain(&reference.authors)
            .chain([&reference.id, &reference.title]);
        texts.extend(all.map(ToString::to_string));
    }
    texts.extend(article.body.iter().map(Block::spoken));
    let timings = article.audio.iter().flat_map(|audio| &audio.segments);
    texts.extend(timings.flat_map(|timing| &timing.words).map(|word| word.text.to_string()));
    texts.extend(inline_texts(article).into_iter().map(RichText::plain_text));
    texts
}

/// Returns every inline text of an article, in reading order.
pub(crate) fn inline_texts(article: &Article) -> Vec<&RichText> {
    let mut texts = vec![&article.summary];
    texts.extend(article.image.iter().map(|image| &image.caption));
    for point in &article.key_points {
        texts.push(&point.text);
        texts.extend(&point.detail);
    }
    for block in &article.body {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => texts.push(&paragraph.text),
            BlockKind::Heading(heading) => texts.push(&heading.text),
            BlockKind::List(list) => push_items(&list.items, &mut texts),
            BlockKind::Quote(quote) => texts.extend([&quote.text, &quote.attribution]),
            BlockKind::Image(image) => texts.push(&image.caption),
            BlockKind::Table(Table { caption, header, rows }) => {
                texts.push(caption);
                texts.extend(header.iter().chain(rows.iter().flatten()));
            }
            BlockKind::Code(_) | BlockKind::EmbedLink(_) => {}
        }
    }
    texts
}

fn push_items<'a>(items: &'a [ListItem], texts: &mut Vec<&'a RichText>) {
    for item in items {
        texts.push(&item.text);
        push_items(&item.items, texts);
    }
}
