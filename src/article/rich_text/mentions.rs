//! Turns mentions of a publisher into citations of its references.

use super::super::{Reference, Text};
use super::{Citation, Inline};

/// The names by which publishers are mentioned.
pub(crate) struct Names {
    /// Each name once, with the references it stands for; sorted, so that names which begin alike
    /// are neighbours, the longest last.
    names: Vec<(Text, Vec<usize>)>,
}

impl Names {
    /// Gathers the publishers of the references and their other names.
    pub(crate) fn of(references: &[Reference]) -> Self {
        let mut names: Vec<(Text, Vec<usize>)> = Vec::new();
        let mut every: Vec<(Text, usize)> = references
            .iter()
            .enumerate()
            .flat_map(|(index, reference)| {
                let aliases = reference.aliases.iter();
                reference.publisher.iter().chain(aliases).map(move |name| (Text::clone(name), index))
            })
            // A single letter stands for too much else.
            .filter(|(name, _)| name.chars().nth(1).is_some())
            .collect();
        every.sort();
        for (name, index) in every {
            match names.last_mut() {
                Some((same, indices)) if *same == name => {
                    if indices.last() != Some(&index) {
                        indices.push(index);
                    }
                }
                _ => names.push((name, vec![index])),
            }
        }
        Self { names }
    }

    /// Whether there is nothing to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Makes citations of the first mention of each publisher. `cited` holds the references that
    /// are already cited in this block, and grows.
    pub(crate) fn link(&self, inlines: &mut Vec<Inline>, cited: &mut Vec<usize>) {
        let mut at = 0;
        while let Some(inline) = inlines.get_mut(at) {
            at += 1;
            match inline {
                Inline::Emphasis(inner) | Inline::Strong(inner) => self.link(inner, cited),
                Inline::Text(text) => {
                    if let Some(found) = self.first_in(text, cited) {
                        let text = Text::clone(text);
                        cited.extend(&found.references);
                        at -= 1;
                        at += replace(inlines, at, &text, found);
                    }
                }
                // A link already leads somewhere, and code is not prose.
                Inline::Link { .. } | Inline::Code(_) | Inline::Citation(_) => {}
            }
        }
    }

    /// The first mention in `text` of something not yet cited; of several names at one place, the
    /// longest.
    fn first_in(&self, text: &str, cited: &[usize]) -> Option<Found> {
        let mut before = None;
        for (start, c) in text.char_indices() {
            let at_start = begins_word(text, start, before, c);
            before = Some(c);
            if !at_start {
                continue;
            }
            let rest = text.get(start..)?;
            let from = self.names.partition_point(|(name, _)| name.chars().next() < Some(c));
            let alike = self.names.iter().skip(from).take_while(|(name, _)| name.starts_with(c));
            let mention = alike
                .filter(|(name, _)| rest.strip_prefix(&**name).is_some_and(|after| ends_word(name, after)))
                .max_by_key(|(name, _)| name.len());
            if let Some((name, references)) = mention
                && !references.iter().any(|reference| cited.contains(reference))
            {
                return Some(Found { start, end: start + name.len(), references: references.clone() });
            }
        }
        None
    }
}

struct Found {
    start: usize,
    end: usize,
    references: Vec<usize>,
}

/// Puts the parts around the mention and the citation in the place of the text; tells at how many
/// inlines further on the rest of the text is.
fn replace(inlines: &mut Vec<Inline>, at: usize, text: &str, found: Found) -> usize {
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let mention = Some(part(found.start, found.end).into());
    let before = part(0, found.start);
    let after = part(found.end, text.len());
    let citation = Inline::Citation(Citation { ordinal: 0, references: found.references, mention });
    let before = (!before.is_empty()).then(|| Inline::Text(before.into()));
    let after = (!after.is_empty()).then(|| Inline::Text(after.into()));
    let further = if before.is_some() { 2 } else { 1 };
    inlines.splice(at..=at, before.into_iter().chain([citation]).chain(after));
    further
}

/// Whether a word can begin at `c`, which stands at `start` after `before`.
fn begins_word(text: &str, start: usize, before: Option<char>, c: char) -> bool {
    let Some(before) = before else {
        return true;
    };
    if !joins(before, c) {
        return true;
    }
    // Arabic and Hebrew write "and", "in", "to" and their like as one letter before the word.
    let prefixes = match c {
        '\u{0600}'..='\u{06FF}' => "وفبكل",
        '\u{0590}'..='\u{05FF}' => "ובכלמשה",
        _ => return false,
    };
    let two_before = text.get(..start).and_then(|text| text.chars().rev().nth(1));
    prefixes.contains(before) && two_before.is_none_or(|letter| !joins(letter, before))
}

/// Whether the word `name` ends where `after` goes on.
fn ends_word(name: &str, after: &str) -> bool {
    match (name.chars().next_back(), after.chars().next()) {
        (Some(last), Some(next)) => !joins(last, next),
        _ => true,
    }
}

/// Whether two letters belong to one word. Scripts that put no space between words join with
/// nothing: a name can begin and end anywhere in them.
fn joins(a: char, b: char) -> bool {
    let in_word = |c: char| (c.is_alphanumeric() || c == '_') && !is_unspaced(c);
    in_word(a) && (in_word(b) || is_mark(b))
}

/// Combining marks that `char::is_alphanumeric` does not count.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{0591}'..='\u{05C7}' | '\u{064B}'..='\u{065F}' | '\u{200D}')
}

/// Whether the script of this letter puts no spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' // Thai, Lao
        | '\u{0F00}'..='\u{0FFF}' // Tibetan
        | '\u{1000}'..='\u{109F}' // Myanmar
        | '\u{1780}'..='\u{17FF}' // Khmer
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' // Kana
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' // Han
        | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(publishers: &[&str]) -> Names {
        let mut references: Vec<Reference> = Vec::new();
        for publisher in publishers {
            references.push(Reference {
                id: "x".into(),
                title: "x".into(),
                publisher: Some(Text::from(*publisher)),
                aliases: Vec::new(),
                url: None,
                authors: Vec::new(),
                published: None,
                lang: None,
                kind: None,
                excerpt: None,
                archive_url: None,
            });
        }
        Names::of(&references)
    }

    /// The mentions found, each with its references.
    fn mentions(publishers: &[&str], text: &str) -> Vec<(String, Vec<usize>)> {
        let mut inlines = vec![Inline::Text(text.into())];
        names(publishers).link(&mut inlines, &mut Vec::new());
        let words: String = inlines
            .iter()
            .map(|inline| match inline {
                Inline::Text(text) => text.to_string(),
                Inline::Citation(citation) => citation.mention.as_deref().unwrap_or_default().to_owned(),
                _ => String::new(),
            })
            .collect();
        assert_eq!(words, text, "no word is lost");
        inlines
            .into_iter()
            .filter_map(|inline| match inline {
                Inline::Citation(citation) => {
                    Some((citation.mention.unwrap_or_default().to_string(), citation.references))
                }
                _ => None,
            })
            .collect()
    }

    fn finds(publishers: &[&str], text: &str, expected: &[(&str, &[usize])]) {
        let expected: Vec<_> =
            expected.iter().map(|(name, refs)| ((*name).to_owned(), refs.to_vec())).collect();
        assert_eq!(mentions(publishers, text), expected, "{text}");
    }

    #[test]
    fn the_first_mention_of_each_publisher_is_found() {
        finds(
            &["Reuters", "Nikkei"],
            "Nikkei and Reuters; Reuters again",
            &[("Nikkei", &[1]), ("Reuters", &[0])],
        );
    }

    #[test]
    fn only_whole_words_count() {
        finds(&["Time"], "Times, Timely, aTime, Time_", &[]);
        finds(&["Time"], "Times. Time’s (Time)", &[("Time", &[0])]);
        finds(&["time"], "Time", &[]);
    }

    #[test]
    fn the_longest_name_at_a_place_wins() {
        finds(&["TechCrunch", "TechCrunch AI"], "by TechCrunch AI.", &[("TechCrunch AI", &[1])]);
    }

    #[test]
    fn one_name_cites_all_its_references() {
        finds(&["Reuters", "AP", "Reuters"], "Reuters", &[("Reuters", &[0, 2])]);
    }

    #[test]
    fn scripts_without_spaces() {
        finds(&["量子位 QbitAI"], "据量子位 QbitAI报道", &[("量子位 QbitAI", &[0])]);
        finds(&["量子位"], "据量子位报道", &[("量子位", &[0])]);
        finds(&["日経"], "と日経は", &[("日経", &[0])]);
        finds(&["QbitAI"], "据QbitAI报道", &[("QbitAI", &[0])]);
    }

    #[test]
    fn arabic_and_hebrew_prefixes_do_not_hide_a_name() {
        finds(&["رويترز"], "وقالت لرويترز أمس", &[("رويترز", &[0])]);
        finds(&["رويترز"], "مرويترز", &[]);
        finds(&["הארץ"], "נכתב בהארץ", &[("הארץ", &[0])]);
    }

    #[test]
    fn single_letters_are_no_names() {
        finds(&["X"], "X marks the spot", &[]);
    }
}
