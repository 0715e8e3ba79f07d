//! Detects what programs leave in a text that was not meant for readers.

use super::{after, before, looks_like};

/// Detects a mark by which a language model cites its input.
pub(super) fn citation_of_a_model(text: &str) -> Option<String> {
    let found = private_citation(text)
        .or_else(|| dagger(text))
        .or_else(|| turn(text))
        .or_else(|| bracketed(text))
        .or_else(|| numbered_tag(text))
        .or_else(|| {
            ["oaicite", "oai_citation"].into_iter().find(|mark| text.contains(mark)).map(str::to_owned)
        })?;
    Some(looks_like(
        &found,
        "a citation mark of a language model",
        "Cite a reference with [^id], or remove it",
    ))
}

/// Finds `citeturn0search1` between private-use characters.
fn private_citation(text: &str) -> Option<String> {
    let (at, c) = text.char_indices().find(|(_, c)| matches!(c, '\u{E200}'..='\u{E2FF}'))?;
    Some(
        text.get(at + c.len_utf8()..)?
            .chars()
            .take_while(|c| !matches!(c, '\u{E201}' | ' '))
            .take(30)
            .collect(),
    )
}

/// Finds `【4:0†source】`, also in other brackets.
fn dagger(text: &str) -> Option<String> {
    let pairs =
        [("【", "】"), ("[", "]"), ("〖", "〗"), ("〔", "〕"), ("［", "］"), ("「", "」"), ("⟦", "⟧")];
    pairs.iter().find_map(|(open, close)| {
        after(text, open).find_map(|(_, rest)| {
            let inner = before(rest, close, 60)?;
            let (number, _) = inner.split_once('†')?;
            let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == ':');
            is_number.then(|| [*open, inner, *close].concat())
        })
    })
}

/// Finds `turn0search1`.
fn turn(text: &str) -> Option<String> {
    after(text, "turn").find_map(|(at, rest)| {
        let kind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        // Without this, a text of many turns would take quadratic time.
        if kind.len() == rest.len() {
            return None;
        }
        let end = kind.find(|c: char| !c.is_ascii_lowercase())?;
        let (name, number) = kind.split_at_checked(end)?;
        let known = ["search", "news", "view", "fetch", "file", "image", "click", "open"].contains(&name);
        let before = text.get(..at)?;
        let is_apart = before.ends_with("cite") || !before.ends_with(char::is_alphanumeric);
        let is_mark =
            (known || (is_apart && name.len() > 2)) && number.starts_with(|c: char| c.is_ascii_digit());
        is_mark.then(|| ["turn", rest.get(..rest.len() - number.len() + 1).unwrap_or_default()].concat())
    })
}

/// The words before numbers in the brackets of language models.
const NUMBERED: [&str; 10] = [
    "cite",
    "citation",
    "web",
    "source",
    "ref",
    "attached_file",
    "attached_image",
    "memory",
    "oaicite",
    "file",
];

/// Finds `[cite: 1]`, `[cite_start]`, `[web:12]`.
fn bracketed(text: &str) -> Option<String> {
    after(text, "[").find_map(|(_, rest)| {
        let inner = before(rest, "]", 60)?;
        let is_mark = matches!(inner, "cite_start" | "cite_end")
            || inner.split_once(':').is_some_and(|(name, rest)| NUMBERED.contains(&name) && is_numbers(rest));
        is_mark.then(|| ["[", inner, "]"].concat())
    })
}

/// Finds `<co: 0,1>`, `</co: 0>`.
fn numbered_tag(text: &str) -> Option<String> {
    after(text, "<").find_map(|(_, rest)| {
        let inner = before(rest, ">", 60)?;
        let numbers = inner.strip_prefix('/').unwrap_or(inner).strip_prefix("co:")?;
        is_numbers(numbers).then(|| ["<", inner, ">"].concat())
    })
}

fn is_numbers(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-');
    text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(is_part)
}

/// Detects a token that begins or ends what a language model says or thinks.
pub(super) fn token_of_a_model(text: &str) -> Option<String> {
    let fixed = ["[INST]", "[/INST]", "<<SYS>>", "<</SYS>>", "[TOOL_CALLS]", "[AVAILABLE_TOOLS]"];
    let found = fixed.into_iter().find(|token| text.contains(token)).map(str::to_owned);
    let between = |open: &str, close: &str| {
        after(text, open).find_map(|(_, rest)| Some([open, before(rest, close, 40)?, close].concat()))
    };
    let tag = || {
        after(text, "<").find_map(|(_, rest)| {
            let inner = before(rest, ">", 300).filter(|inner| is_tag_of_a_model(inner))?;
            Some(["<", inner, ">"].concat())
        })
    };
    let found = found.or_else(tag).or_else(|| between("<|", "|>")).or_else(|| between("<｜", "｜>"))?;
    Some(looks_like(&found, "a token of a language model", "Remove it"))
}

/// Whether this is between the angle brackets of such a token: `think`, `/think`, `grok:render type="x"`.
pub(super) fn is_tag_of_a_model(inner: &str) -> bool {
    let name = inner.strip_prefix('/').unwrap_or(inner).split([' ', '/']).next().unwrap_or_default();
    TOKENS.split(' ').any(|token| token == name)
        || ["antml:", "grok:", "xai:"].iter().any(|space| name.starts_with(space))
}

const TOKENS: &str = "bos eos unk think thinking reasoning scratchpad start_of_turn end_of_turn \
    start_of_image end_of_image end_of_utterance fim_prefix fim_middle fim_suffix tool_call tool_calls \
    tool_response tool_result function_call function_calls function_results";

/// Detects text that a template or a converter should have replaced.
pub(super) fn template(text: &str) -> Option<String> {
    let between = |open: &str, close: &str| {
        after(text, open).find_map(|(_, rest)| {
            let inner = before(rest, close, 60)?;
            inner.contains(char::is_alphanumeric).then(|| [open, inner, close].concat())
        })
    };
    let is_nothing = ["undefined", "null", "NaN"].contains(&text.trim());
    let placeholder = is_nothing
        .then(|| text.trim().to_owned())
        .or_else(|| text.contains("[object Object]").then(|| "[object Object]".to_owned()))
        .or_else(|| bracketed_placeholder(text))
        .or_else(|| between("{{", "}}"))
        .or_else(|| between("{%", "%}"))
        .or_else(|| between("<%", "%>"))
        .or_else(|| between("${", "}"));
    if let Some(found) = placeholder {
        return Some(looks_like(&found, "a placeholder that was not filled in", "Write what belongs there"));
    }
    if let Some(found) = escape_sequence(text) {
        return Some(looks_like(
            &found,
            "an escape sequence that was escaped twice",
            "Write the character itself",
        ));
    }
    let found = shortcode(text)?;
    Some(looks_like(&found, "a shortcode of a CMS", "Remove it, or replace it with a block"))
}

/// Finds `[source]`, `[insert name]`.
fn bracketed_placeholder(text: &str) -> Option<String> {
    after(text, "[").find_map(|(_, rest)| {
        let inner = before(rest, "]", 60)?;
        let small = inner.to_lowercase();
        let is_one = ["source", "sources", "citation needed", "link", "tk"].contains(&&*small)
            || ["insert ", "your "].iter().any(|start| small.starts_with(start));
        is_one.then(|| ["[", inner, "]"].concat())
    })
}

/// Finds `\u2019`, `\n\n`.
fn escape_sequence(text: &str) -> Option<String> {
    let unicode = after(text, "\\u").find_map(|(_, rest)| {
        let digits = rest.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        // A surrogate counts only if another escape follows.
        let is_half = matches!(digits.as_bytes(), [b'd' | b'D', b'8' | b'9' | b'a'..=b'f' | b'A'..=b'F', ..]);
        (!is_half || rest.get(4..)?.starts_with("\\u")).then(|| ["\\u", digits].concat())
    });
    unicode.or_else(|| text.contains("\\n\\n").then(|| "\\n\\n".to_owned()))
}

/// Finds `[caption id="…"]`, `[/caption]`.
fn shortcode(text: &str) -> Option<String> {
    after(text, "[").find_map(|(_, rest)| {
        let inner = before(rest, "]", 200)?;
        let name = inner.strip_prefix('/').unwrap_or(inner);
        let end =
            name.find(|c: char| !(c.is_ascii_lowercase() || matches!(c, '_' | '-'))).unwrap_or(name.len());
        let (name, attributes) = name.split_at_checked(end)?;
        let is_end = inner.starts_with('/') && attributes.is_empty();
        let is_start = attributes.starts_with(' ') && attributes.contains("=\"");
        (!name.is_empty() && (is_end || is_start)).then(|| ["[", inner, "]"].concat())
    })
}
