//! Generates texts as authors and their editors write them, in HTML and in Markdown.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Tags, in the combinations in which they occur.
const TAGS: [&str; 76] = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<section>",
    "</section>",
    "<aside>",
    "</aside>",
    "<main>",
    "<header>",
    "<footer>",
    "</footer>",
    "<h2>",
    "</h2>",
    "<h4>",
    "</h4>",
    "<ul><li>",
    "<ol><li>",
    "<li>",
    "</li>",
    "</ul>",
    "</ol>",
    "<menu>",
    "<dl><dt>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<table><tr><td>",
    "<table><caption>",
    "<caption>",
    "</caption>",
    "<table>",
    "<thead>",
    "<tfoot>",
    "<tr>",
    "<tr><th>",
    "<th>",
    "<td>",
    "<td colspan=2>",
    "</td>",
    "</table>",
    "<blockquote>",
    "</blockquote>",
    "<cite>",
    "</cite>",
    "<figure>",
    "<figcaption>",
    "</figcaption>",
    "</figure>",
    "<pre>",
    "</pre>",
    "<pre><code>",
    "<code>",
    "</code>",
    "<details><summary>",
    "</summary>",
    "</details>",
    "<fieldset><legend>",
    "</legend>",
    "<form>",
    "</form>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<sup>",
    "</sup>",
    "<a href=https://l.example/>",
    "</a>",
    "<span>",
    "</span>",
    "<ruby>",
    "<rt>",
    "</ruby>",
    "<br>",
    "<math><mi>",
];

/// Marks of Markdown.
const MARKS: [&str; 27] = [
    "\n- ",
    "\n* ",
    "\n  - ",
    "\n1. ",
    "\n    ",
    "\n> ",
    "\n## ",
    "\n### ",
    "\n---\n",
    "\n§\n===\n",
    "**",
    "*",
    "_",
    "__",
    "`§` ",
    "\n```\n",
    "\n~~~\n",
    "~~§~~ ",
    "\\",
    "[§](https://l.example/@)",
    "![§](/@.jpg)",
    "\n| § | § |\n|---|---|\n| § | § |\n",
    "|",
    "[§][§]",
    "[^§]",
    "\n\n[^n@]: §\n\n",
    "<https://l.example/@>",
];

/// A piece of HTML. `§` stands for a word, and `@` for its number.
fn piece() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        3 => select(&TAGS[..]),
        2 => select(&["§", "§ ", " §", "§, "][..]),
        1 => select(&["<img src=https://p.example/@ alt=§>", "<iframe src=https://v.example/@ title=§></iframe>"][..]),
    ]
}

/// HTML as careless systems write it, with its number of words: `w1x`, `w2x` and so on, each in a place where
/// readers see it.
pub(crate) fn html() -> impl Strategy<Value = (String, usize)> {
    vec(piece(), 1..60).prop_map(|pieces| with_words(&pieces.concat()))
}

/// Markdown, with HTML in it and with its number of words.
pub(crate) fn markdown() -> impl Strategy<Value = (String, usize)> {
    let piece = prop_oneof![
        2 => select(&["§", "§ ", " §", "§, "][..]),
        2 => select(&MARKS[..]),
        1 => select(&["\n", "\n\n"][..]),
        1 => piece(),
    ];
    vec(piece, 1..60).prop_map(|pieces| with_words(&pieces.concat()))
}

/// Replaces `§` by words and `@` by the number of the next word. Returns the number of words, too.
fn with_words(text: &str) -> (String, usize) {
    let (mut all, mut words) = (String::new(), 0);
    for piece in text.split_inclusive('§') {
        let number = (words + 1).to_string();
        all += &piece.replace('@', &number).replace('§', &format!("w{number}x"));
        words += usize::from(piece.ends_with('§'));
    }
    (all, words)
}
