//! The usual names of fields, and the member of an article that each stands for. The guide lists them;
//! other names need a field map.

/// A member of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cms) enum Member {
    Title,
    Summary,
    Category,
    Lang,
    Url,
    Published,
    Updated,
    Authors,
    Image,
    KeyPoints,
    Body,
    References,
    Audio,
}

/// How many members there are.
const COUNT: usize = 13;

/// Each member with its name in a field map and its usual field names, the most specific first. Case,
/// hyphens and underscores do not matter.
pub(in crate::cms) const NAMES: [(Member, &str, &str); COUNT] = [
    (Member::Title, "title", "title headline name heading"),
    (
        Member::Summary,
        "summary",
        "summary excerpt standfirst dek subtitle subheadline lead teaser intro abstract description",
    ),
    (Member::Category, "category", "kicker category section eyebrow topic categories tags"),
    (Member::Lang, "lang", "lang language langcode locale"),
    (Member::Url, "url", "url canonicalurl permalink"),
    (
        Member::Published,
        "published",
        "publishedat publisheddate publishdate publicationdate datepublished published pubdate date createdat \
        created",
    ),
    (Member::Updated, "updated", "updatedat modifiedat lastupdated datemodified updated modified changed"),
    (Member::Authors, "authors", "authors author byline writers writer"),
    (
        Member::Image,
        "image",
        "mainimage heroimage leadimage featuredimage coverimage cover image mediaimage hero media thumbnail",
    ),
    (Member::KeyPoints, "key_points", "keypoints keytakeaways takeaways keyfacts highlights tldr inbrief"),
    (Member::Body, "body", "body content text articlebody richtext blocks main article"),
    (Member::References, "references", "sources references citations bibliography"),
    (Member::Audio, "audio", "audio audiofile recording audioversion"),
];

/// Returns whether a field has this name. Drupal prefixes its fields with `field_`.
pub(in crate::cms) fn is_named(field: &str, name: &str) -> bool {
    let field = field.strip_prefix("field_").unwrap_or(field);
    let letters = field.chars().filter(|c| !matches!(c, '_' | '-')).map(|c| c.to_ascii_lowercase());
    letters.eq(name.chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guide_lists_all_field_names() {
        let guide = include_str!("../../../docs/cms/map.md");
        let table = guide.split_once("Names that are found by themselves").map_or("", |(_, table)| table);
        for (_, member, names) in NAMES {
            let member = member.replace('_', " ");
            let row = table.lines().find_map(|line| line.strip_prefix(&["| ", &member, " | "].concat()));
            let row = row.unwrap_or_default().trim_end_matches(" |").to_lowercase();
            assert_eq!(row.replace(", ", " "), names, "{member}");
        }
    }

    #[test]
    fn field_names_match_in_any_spelling() {
        for field in ["keyPoints", "key_points", "KEY-POINTS", "field_key_points"] {
            assert!(is_named(field, "keypoints"), "{field}");
        }
        assert!(!is_named("keyPoint", "keypoints") && !is_named("my_title", "title"));
    }
}
