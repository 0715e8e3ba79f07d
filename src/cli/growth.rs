//! Tests that the output for an article, and the work to read, time, draw and check it, grow no faster than
//! the article, whatever it contains. A table of hostile shapes, for each member of the JSON, runs at two
//! sizes, one ten times the other.
//!
//! Work is counted, not timed: allocations, allocated bytes, elements, output bytes and steps. A step is one
//! run through a stretch of code between two branches. In a build by `cargo xtask test --only growth`, each
//! step calls [`__sanitizer_cov_trace_pc`]. In other builds steps are not counted; everything else is.
#![allow(clippy::cast_precision_loss, reason = "counts are far from the limit")]
#![allow(clippy::print_stdout, reason = "the table is there to be read")]
#![allow(unsafe_code, reason = "to count what is allocated, and to be called by name")]

mod timings;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;

use serde_json::{Map, Value, json};

use super::{Outcome, Streams, run};
use crate::article::schema;

/// The size in bytes of the small article of each shape; the large one is ten times as large.
const SMALL: usize = 2_000;

/// How much faster than the input anything may grow. Vectors double their memory when they are full, and a
/// search in sorted data takes a little longer in more data. Quadratic work grows ten times as fast as the
/// input.
const MAX_RELATIVE_GROWTH: f64 = 2.0;

/// Growth up to this much work per byte of input is ignored.
const NEGLIGIBLE: Work = Work { allocations: 1.0, allocated: 250.0, steps: 100.0, nodes: 0.05, out: 2.0 };

/// The most work per byte of input and output.
const MAX_WORK: Work = Work { allocations: 10.0, allocated: 250.0, steps: 2_000.0, nodes: 0.5, out: 1.0 };

/// The same for conversions: a parser of HTML opens an `<i>` that is never closed again in every paragraph.
const MAX_CONVERSION_WORK: Work = Work { allocated: 750.0, ..MAX_WORK };

/// The most bytes of HTML per byte of JSON: `[1]` becomes a button.
const HTML_PER_BYTE: f64 = 100.0;

/// The most bytes of HTML per reference, in addition. A reference appears in the list and on a card of its
/// own, each with links back to the places where it is cited, 50 at most.
const HTML_PER_REFERENCE: f64 = 12_000.0;

/// The most bytes of printed problems and notes per byte of JSON.
const PRINTED_PER_BYTE: f64 = 60.0;

/// The most bytes of canonical JSON per byte of a CMS's JSON: `<p>x` becomes an object with an id.
const JSON_PER_BYTE: f64 = 30.0;

thread_local! {
    /// The number of allocations by this thread, and their bytes.
    static ALLOCATED: Cell<[u64; 2]> = const { Cell::new([0; 2]) };
}

/// The steps of all threads; where steps are counted, one test runs at a time.
static mut STEPS: u64 = 0;

/// Counts a step. The compiler inserts a call of this function at each step. It must not call anything, since
/// that code would be counted too.
#[unsafe(no_mangle)]
extern "C" fn __sanitizer_cov_trace_pc() {
    // SAFETY: only one thread runs where steps are counted.
    unsafe { STEPS += 1 }
}

fn steps() -> u64 {
    // SAFETY: as above.
    unsafe { STEPS }
}

fn allocated(bytes: usize) {
    // A thread that ends may free and allocate memory after its thread-local values are gone.
    let _ = ALLOCATED.try_with(|allocated| {
        let [times, sum] = allocated.get();
        allocated.set([times + 1, sum + bytes as u64]);
    });
}

struct Counting;

// SAFETY: every call is forwarded to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        allocated(layout.size());
        // SAFETY: as above.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        allocated(size);
        // SAFETY: as above.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The work and the output of one call of the command.
#[derive(Clone, Copy, Default)]
struct Work {
    /// The number of allocations.
    allocations: f64,
    /// The number of allocated bytes.
    allocated: f64,
    /// The number of executed stretches of code; 0 in builds that do not count them.
    steps: f64,
    /// The number of elements in the markup.
    nodes: f64,
    /// The number of bytes written to standard output; with a file of timings, also to standard error.
    out: f64,
}

impl Work {
    /// Calls the command with an article and counts the work.
    fn of(command: &str, given: &Given) -> Self {
        let mut arguments: Vec<OsString> = ["news-briefing", command, "-"].map(Into::into).to_vec();
        let file = given.timings.as_ref().map(|timings| {
            let file = tempfile::NamedTempFile::new().unwrap();
            fs::write(&file, timings).unwrap();
            file
        });
        if let Some(file) = &file {
            arguments.extend(["--timings".into(), file.path().into()]);
        }
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let before = (ALLOCATED.get(), steps());
        let outcome = run(
            arguments,
            &mut Streams {
                input: &mut given.json.as_bytes(),
                out: &mut out,
                err: &mut err,
                err_is_terminal: false,
            },
        );
        let steps = (steps() - before.1) as f64;
        let [allocations, allocated] = [0, 1].map(|at| (ALLOCATED.get()[at] - before.0[at]) as f64);
        assert_ne!(outcome, Outcome::Failed, "{}", String::from_utf8_lossy(&err));
        // The problems of a file of timings.
        if file.is_some() {
            out.append(&mut err);
        }
        let nodes = out.windows(2).filter(|two| two[0] == b'<' && two[1].is_ascii_alphabetic()).count();
        Self { allocations, allocated, steps, nodes: nodes as f64, out: out.len() as f64 }
    }

    fn parts(&self) -> [(&'static str, f64); 5] {
        [
            ("allocations", self.allocations),
            ("bytes allocated", self.allocated),
            ("steps", self.steps),
            ("nodes", self.nodes),
            ("bytes out", self.out),
        ]
    }
}

/// A shape of article, which can be made in any size.
struct Shape {
    /// The member of the JSON that is large.
    member: String,
    /// What the member contains.
    name: &'static str,
    make: Box<dyn Fn(usize) -> Given>,
}

/// What the command is given.
struct Given {
    /// The article.
    json: String,
    /// The content of the file that `--timings` names.
    timings: Option<String>,
}

impl Given {
    fn len(&self) -> usize {
        self.json.len() + self.timings.as_ref().map_or(0, String::len)
    }
}

impl From<String> for Given {
    fn from(json: String) -> Self {
        Self { json, timings: None }
    }
}

fn shape(member: &str, name: &'static str, make: impl Fn(usize) -> Value + 'static) -> Shape {
    Shape { member: member.to_owned(), name, make: Box::new(move |bytes| article(make(bytes)).into()) }
}

/// Returns an article with these members and the required ones.
fn article(members: Value) -> String {
    let mut article = json!({ "format": "briefing", "version": "1.0", "title": "T", "body": ["A"] });
    let Value::Object(members) = members else { panic!("no object") };
    article.as_object_mut().unwrap().extend(members);
    article.to_string()
}

/// Returns a text full of characters and words that parsers look for.
fn text(bytes: usize) -> String {
    let unit = "[1]*a* [^Aa] ](/b \"c Aa said é<b &amp;`x` www.a, @b.c 日日 {{ **d [1-50] 【2:0† 7,5";
    let units = unit.repeat(bytes / unit.len() + 1);
    units.get(..units.floor_char_boundary(bytes)).unwrap().to_owned()
}

/// Returns as many copies of a value as fit into so many bytes.
fn many(bytes: usize, value: &Value) -> Vec<Value> {
    vec![value.clone(); bytes / (value.to_string().len() + 1)]
}

/// Returns the members of the JSON by their names in the schema, such as `title`, `Reference.publisher` and
/// `table.rows`, each with whether it is a list.
fn members() -> Vec<(String, bool)> {
    let schema = schema();
    let names = |owner: &str, of: &Value| -> Vec<(String, bool)> {
        let names = of["properties"].as_object().into_iter().flatten();
        names.map(|(name, member)| (format!("{owner}{name}"), member["type"] == "array")).collect()
    };
    let mut members = names("", &schema);
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        members.extend(names(&format!("{name}."), definition));
        if name == "Block" {
            for kind in definition["oneOf"].as_array().unwrap() {
                let name = kind["properties"]["type"]["const"].as_str().unwrap();
                members.extend(names(&format!("{name}."), kind));
            }
        }
    }
    members
}

/// Returns members of an article in which the given member has these values. Where several objects are
/// allowed, each value is in an object of its own.
fn with_member(member: &str, values: Vec<Value>) -> Value {
    let (owner, name) = member.split_once('.').unwrap_or(("", member));
    let needed = match owner {
        "KeyPoint" | "Block" | "paragraph" | "heading" | "quote" | "code" | "ListItem" => {
            json!({ "text": "A" })
        }
        "list" => json!({ "items": ["A"] }),
        "table" => json!({ "rows": [["A"]] }),
        "Image" | "image" | "embed_link" | "AudioSource" => json!({ "url": "/a" }),
        "Timing" => json!({ "target": "p1", "start": 0 }),
        _ => json!({}),
    };
    let objects: Vec<Value> = values
        .into_iter()
        .map(|value| {
            let mut object: Map<String, Value> = needed.as_object().unwrap().clone();
            object.insert(name.to_owned(), value);
            match owner {
                "Block" => object.insert("type".to_owned(), json!("paragraph")),
                "Image" => object.insert("type".to_owned(), json!("image")),
                kind if kind.starts_with(|c: char| c.is_ascii_lowercase()) && name != "type" => {
                    object.insert("type".to_owned(), json!(kind))
                }
                _ => None,
            };
            Value::Object(object)
        })
        .collect();
    match owner {
        "" => objects.into_iter().next_back().unwrap_or_default(),
        "KeyPoint" => json!({ "key_points": objects }),
        "Reference" => json!({ "references": objects }),
        "ListItem" => json!({ "body": [{ "type": "list", "items": objects }] }),
        "Audio" => json!({ "audio": objects.into_iter().next_back() }),
        "Next" => json!({ "next": objects.into_iter().next_back() }),
        "AudioSource" => json!({ "audio": { "sources": objects } }),
        "Timing" => json!({ "audio": { "sources": [{ "url": "/a" }], "segments": objects } }),
        _ => json!({ "body": objects }),
    }
}

/// Returns every member as one long text, as one long list, and in as many objects as there is room for.
fn plain_shapes() -> Vec<Shape> {
    let mut shapes = Vec::new();
    for (member, is_list) in members() {
        // The members that identify the format allow one value only.
        if matches!(&*member, "format" | "version") {
            continue;
        }
        let of = member.clone();
        shapes.push(shape(&member, "one long text", move |bytes| with_member(&of, vec![json!(text(bytes))])));
        if is_list {
            let of = member.clone();
            let list = move |bytes| with_member(&of, vec![Value::Array(many(bytes, &json!("Aa[1]")))]);
            shapes.push(shape(&member, "a list of texts", list));
        }
        if member.contains('.') && !member.starts_with("Audio.") && !member.starts_with("Next.") {
            let of = member.clone();
            let objects = move |bytes: usize| {
                let one = with_member(&of, vec![json!("Aa")]).to_string().len();
                with_member(&of, vec![json!("Aa"); bytes / one])
            };
            shapes.push(shape(&member, "in many objects", objects));
        }
    }
    shapes
}

fn references(count: usize, publisher: &str) -> Vec<Value> {
    vec![json!({ "publisher": publisher }); count]
}

/// Returns an article of one text, in which each unit is repeated so many times in a row.
fn runs(units: &[&str], times: usize) -> Value {
    let runs: Vec<String> = units.iter().map(|unit| unit.repeat(times)).collect();
    json!({ "body": [runs.concat()] })
}

/// Returns references to publishers whose names count as mentions even without a verb of reporting.
fn always_mentioned(names: Vec<String>) -> Vec<Value> {
    names.into_iter().map(|name| json!({ "publisher": name, "mention": "always" })).collect()
}

/// Returns shapes in which one part refers to many others, and is as large as all of them together.
fn multiplying_shapes() -> Vec<Shape> {
    vec![
        shape("Reference.publisher", "one publisher of all references, mentioned in every block", |bytes| {
            let body = many(bytes / 2, &json!("According to Aa."));
            json!({ "lang": "en", "references": references(bytes / 50, "Aa"), "body": body })
        }),
        shape(
            "Reference.publisher",
            "one publisher of 20 references, mentioned in every block",
            |bytes| json!({ "lang": "en", "references": references(20, "Aa"), "body": many(bytes, &json!("Said Aa.")) }),
        ),
        shape(
            "Reference.publisher",
            "many names with a common prefix, and a text full of the prefix",
            |bytes| {
                let names = (0..bytes / 80).map(|index| format!("Aaa Gazette {index}")).collect();
                json!({ "references": always_mentioned(names), "body": ["Aaa Gazette 7 Aaa ".repeat(bytes / 36)] })
            },
        ),
        shape("Reference.publisher", "many names in one text with much emphasis", |bytes| {
            let names = (0..bytes / 80).map(|index| format!("Ab{index}")).collect();
            let words: Vec<_> = (0..bytes / 80).map(|index| format!("*a* Ab{index} ")).collect();
            json!({ "references": always_mentioned(names), "body": [words.concat()] })
        }),
        shape(
            "Reference.publisher",
            "a name in every sentence, without a verb of reporting",
            |bytes| json!({ "references": references(1, "Aaa"), "body": ["Aaa is. ".repeat(bytes / 8)] }),
        ),
        shape("Reference.aliases", "each a prefix of the next", |bytes| {
            let names: Vec<_> = (1..bytes / 100).map(|length| "Ab ".repeat(length % 30 + 1)).collect();
            json!({ "references": [{ "aliases": names }], "body": ["Ab ".repeat(bytes / 6)] })
        }),
        shape("Reference.title", "one long text, mentioned in every block", |bytes| {
            let reference = json!({ "title": text(bytes / 2), "publisher": "Aa", "mention": "always" });
            json!({ "references": [reference], "body": many(bytes / 2, &json!("Aa")) })
        }),
        shape("references", "all cited in every block, by ranges", |bytes| {
            let body = many(bytes / 2, &json!("[1-50]"));
            json!({ "references": references(bytes / 40, "A"), "body": body })
        }),
        shape("references", "all cited repeatedly at one place", |bytes| {
            let markers: Vec<_> = (0..bytes / 5).map(|index| format!("[{}]", index % 250 + 1)).collect();
            json!({ "references": references(250, "A"), "body": [markers.concat()] })
        }),
        shape(
            "references",
            "one range, repeated in a marker",
            |bytes| json!({ "references": references(50, "A"), "body": [format!("[{}1]", "1-50,".repeat(bytes / 5))] }),
        ),
        shape("Reference.id", "duplicates whose generated replacements are taken too", |bytes| {
            let ids = (0..bytes / 200).map(|index| json!({ "id": format!("r1{}", "'".repeat(index % 190)) }));
            json!({ "references": ids.chain(many(bytes / 2, &json!({ "id": "a" }))).collect::<Vec<_>>() })
        }),
        shape("Block.id", "many blocks with an id and a mention", |bytes| {
            let body: Vec<_> = (0..bytes / 60)
                .map(|index| json!({ "type": "paragraph", "id": format!("a{index}"), "text": "Said Aa." }))
                .collect();
            json!({ "lang": "en", "references": references(1, "Aa"), "body": body })
        }),
        shape("heading.text", "one long text with many citations", |bytes| {
            let text = "word ".repeat(bytes / 10) + &"[1]x".repeat(bytes / 8);
            json!({ "references": [{}], "body": [{ "type": "heading", "text": text }] })
        }),
        shape("KeyPoint.supports", "many, for a body of many blocks", |bytes| {
            let ids: Vec<_> = (0..bytes / 16).map(|index| format!("p{}", index + 1)).collect();
            json!({ "key_points": [{ "text": "A", "supports": ids }], "body": many(bytes / 2, &json!("A")) })
        }),
        shape("KeyPoint.supports", "many, all for one long heading", |bytes| {
            let heading = json!({ "type": "heading", "text": "word ".repeat(bytes / 10) });
            let supports = many(bytes / 2, &json!("p1"));
            json!({ "key_points": [{ "text": "A", "supports": supports }], "body": [heading] })
        }),
        shape("Timing.target", "many, for a body of many blocks", |bytes| {
            let timing = |index| json!({ "target": format!("p{}", index + 1), "start": index });
            let timings: Vec<_> = (0..bytes / 60).map(timing).collect();
            json!({ "audio": { "sources": [{ "url": "/a" }], "segments": timings }, "body": many(bytes / 4, &json!("A")) })
        }),
        shape("Timing.words", "words that do not occur in a long passage", |bytes| {
            let words: Vec<_> = (0..bytes / 24).map(|index| json!([index, "other"])).collect();
            let timing = json!({ "target": "p1", "start": 0, "words": words });
            let audio = json!({ "sources": [{ "url": "/a" }], "segments": [timing] });
            json!({ "audio": audio, "body": ["word ".repeat(bytes / 10)] })
        }),
        shape("Timing.words", "repeated words of a long passage", |bytes| {
            let words: Vec<_> =
                (0..bytes / 24).map(|index| (index, if index % 2 == 0 { "a" } else { "b" })).collect();
            let timing = json!({ "target": "p1", "start": 0, "words": words });
            let audio = json!({ "sources": [{ "url": "/a" }], "segments": [timing] });
            json!({ "audio": audio, "body": ["a a b ".repeat(bytes / 12)] })
        }),
        shape("table.rows", "one long row among many short ones", |bytes| {
            let mut rows = vec![json!(many(bytes / 2, &json!("A")))];
            rows.extend(many(bytes / 2, &json!([])));
            json!({ "body": [{ "type": "table", "rows": rows }] })
        }),
        shape("table.header", "a long header over many short rows", |bytes| {
            let (header, rows) = (many(bytes / 2, &json!("A")), many(bytes / 2, &json!(["A"])));
            json!({ "body": [{ "type": "table", "header": header, "rows": rows }] })
        }),
        // Written as text, since serializing nested values would recurse as deeply.
        Shape {
            member: "ListItem.items".to_owned(),
            name: "nested lists",
            make: Box::new(|bytes| {
                let (begin, end) = (r#"{"items":["#.repeat(bytes / 12), "]}".repeat(bytes / 12));
                let list = format!(r#"{{"body":[{{"type":"list","items":[{begin}{end}]}}],"#);
                article(json!({})).replacen('{', &list, 1).replace(r#""body":["A"],"#, "").into()
            }),
        },
        shape(
            "body",
            "many blocks with a problem, at the end of one long line",
            |bytes| json!({ "summary": text(bytes / 2), "body": many(bytes / 2, &json!({ "type": "x", "text": "A" })) }),
        ),
        shape("body", "runs of beginnings of addresses", |bytes| {
            let units = ["www.a,", "x@", "http://", "mailto:", "www.", "://", "a.de/X", "x/", "//", "a.de"];
            runs(&units, bytes / 46)
        }),
        shape("body", "runs of beginnings of links", |bytes| {
            let units = [
                "](/b \"",
                "[](/b 'c",
                "](/b (",
                "](<",
                "<https://",
                "![",
                "[](</b> \"\\\"",
                "[](  ",
                "](",
                "[",
                "]((a",
            ];
            runs(&units, bytes / 60)
        }),
        shape("body", "runs of beginnings of markers", |bytes| {
            runs(&["[^", "[1,", "a[1](", "［", "[１，", "[1]", "[99]", r"\["], bytes / 30)
        }),
        shape("body", "runs of beginnings of emphasis and code", |bytes| {
            runs(&["**a*", "*[a", "_a ", "``a`", "*a ", "`", "a*b", "~~", "__", "**"], bytes / 30)
        }),
        shape("body", "runs of beginnings of artifacts of programs", |bytes| {
            let units = [
                "<a ", "{{", "${", "【", "&#", "&amp", "turn0", "<|", "[1†", r"\\u", "Ã", "â", "é", "\n- ",
                "\n|", "\n# ", "[[", "==", "'''", "{:", "鈥", "Ð", "&a",
            ];
            runs(&units, bytes / 80)
        }),
        shape(
            "KeyPoint.detail",
            "many citations of one source",
            |bytes| json!({ "references": [{}], "key_points": [{ "text": "A", "detail": many(bytes, &json!("[1]")) }] }),
        ),
        shape("body", "unknown members", |bytes| {
            let unknown: Map<String, Value> =
                (0..bytes / 12).map(|index| (format!("x{index}"), json!(1))).collect();
            json!({ "body": [unknown, "A"] })
        }),
    ]
}

/// Returns posts of WordPress and entries of Strapi, full of what is expensive to convert: deep nesting, unmatched
/// end tags, formatting that is reopened in every paragraph, links back and forth, marks that are not closed.
fn conversion_shapes() -> Vec<Shape> {
    let bombs: Value = serde_json::from_str(include_str!("../../tests/cms/bombs.json")).unwrap();
    let pieces = |of: &str| -> Vec<String> {
        let pieces = bombs[of].as_array().unwrap().iter();
        pieces.map(|piece| piece.as_str().unwrap().to_owned()).collect()
    };
    let mut shapes = Vec::new();
    // What is expensive may only be so below a heading, or after an anchor.
    for first in ["", "<h2></h2>", "<h2>x</h2><p id=a>y<a href=#a>1</a>"] {
        for piece in pieces("html") {
            let member = format!("HTML: {first}, {}", piece.escape_debug());
            let make = move |bytes: usize| {
                // Also the smaller one is nested as deep as it may be.
                let html = [first, &piece.repeat(2 * bytes / piece.len()), "<p>End"].concat();
                post("T", &html).into()
            };
            shapes.push(Shape { member, name: "repeated", make: Box::new(make) });
        }
    }
    for piece in pieces("markdown") {
        let member = format!("Markdown: {}", piece.escape_debug());
        let make = move |bytes: usize| {
            let content = piece.repeat(bytes / piece.len()) + "\n\n[b]: /b";
            let data = json!({ "documentId": "a", "title": "A title", "content": content });
            json!({ "data": data, "meta": {} }).to_string().into()
        };
        shapes.push(Shape { member, name: "repeated", make: Box::new(make) });
    }
    shapes.extend(multiplying_conversion_shapes());
    shapes
}

/// Returns a post of WordPress.
fn post(title: &str, html: &str) -> String {
    let rendered = |text: &str| json!({ "rendered": text, "protected": false });
    json!({ "id": 1, "date_gmt": "2026-03-04T09:15:00", "slug": "t", "status": "publish", "type": "post",
        "link": "https://w.example/t/", "title": rendered(title), "content": rendered(html), "_links": {} })
    .to_string()
}

/// Returns content in which many parts refer to one that is as large as all of them together.
fn multiplying_conversion_shapes() -> Vec<Shape> {
    let shape = |member: &str, name, make: fn(usize) -> String| Shape {
        member: member.to_owned(),
        name,
        make: Box::new(move |bytes| make(bytes).into()),
    };
    vec![
        shape("HTML", "many headings below a long title", |bytes| {
            post(&"a".repeat(bytes / 2), &"<h2>a</h2>".repeat(bytes / 20))
        }),
        shape("HTML", "many links to a long item that is no note", |bytes| {
            let [links, item] = ["#x", "#y"].map(|to| ["<a href=", to, ">1</a>"].concat().repeat(bytes / 34));
            post("T", &[&links, "<ol><li id=x>", &item, "</ol>"].concat())
        }),
        shape("HTML", "many links beside a long text without words", |bytes| {
            let links = "<a href=#x>1</a>".repeat(bytes / 32);
            post("T", &[&links, "<p>", &"-".repeat(bytes / 2), "<a id=x></a>"].concat())
        }),
        shape("HTML", "many short rows below a wide one that spans them", |bytes| {
            let [wide, short] =
                ["<td rowspan=50>a", "<tr><td>a"].map(|tag| tag.repeat(bytes / 2 / tag.len()));
            post("T", &["<table><tr>", &wide, &short, "</table>"].concat())
        }),
        shape("Drupal", "many references to one long paragraph", |bytes| {
            let link = json!({ "type": "paragraph--text", "id": "a" });
            let html = ["<p>", &"word ".repeat(bytes / 10)].concat();
            let mut included = link.clone();
            included["attributes"] = json!({ "field_text": { "processed": html } });
            let parts = json!({ "field_parts": { "data": many(bytes / 2, &link) } });
            let attributes = json!({ "title": "T", "status": true });
            json!({ "data": { "type": "node--a", "id": "n", "attributes": attributes, "relationships": parts },
                "included": [included] })
            .to_string()
        }),
        shape("Contentful", "many references to one long entry", |bytes| {
            let link = json!({ "sys": { "type": "Link", "linkType": "Entry", "id": "a" } });
            let node =
                json!({ "nodeType": "embedded-entry-block", "data": { "target": link }, "content": [] });
            let body = json!({ "nodeType": "document", "data": {}, "content": many(bytes / 2, &node) });
            let page = json!({ "title": "word ".repeat(bytes / 10), "url": "https://a.example/" });
            let entry = json!({ "sys": { "type": "Entry", "id": "a" }, "fields": page });
            json!({ "sys": { "type": "Array" }, "includes": { "Entry": [entry] }, "items": [
                { "sys": { "type": "Entry", "id": "b" }, "fields": { "title": "T", "body": body } },
            ] })
            .to_string()
        }),
        shape("JSON-LD", "many references to one long source", |bytes| {
            let link = json!({ "@id": "a" });
            let links = many(bytes / 4, &link);
            let source = json!({ "@id": "a", "name": "word ".repeat(bytes / 10) });
            let article = json!({ "@type": "NewsArticle", "headline": "T", "articleBody": "A", "author": links,
                "citation": links });
            json!({ "@context": "https://schema.org", "@graph": [article, source] }).to_string()
        }),
        shape("Portable Text", "many spans with one bad link", |bytes| {
            let spans = many(bytes / 2, &json!({ "_type": "span", "text": "a", "marks": ["k"] }));
            let link = json!({ "_type": "link", "_key": "k", "href": "x y:".repeat(bytes / 8) });
            let block = json!({ "_type": "block", "children": spans, "markDefs": [link] });
            json!({ "_type": "article", "title": "T", "body": [block] }).to_string()
        }),
    ]
}

/// Formats a number for a column of the table.
fn short(number: f64) -> String {
    match number {
        0.0 => "–".to_owned(),
        ..10_000.0 => format!("{number}"),
        ..10_000_000.0 => format!("{:.0}k", number / 1_000.0),
        _ => format!("{:.0}M", number / 1_000_000.0),
    }
}

#[test]
#[ignore = "it takes long: `cargo xtask test --only growth` runs it, and counts steps"]
fn output_and_work_grow_no_faster_than_the_article() {
    let shapes: Vec<Shape> = plain_shapes().into_iter().chain(multiplying_shapes()).collect();
    let covered: BTreeSet<&str> =
        shapes.iter().map(|shape| &*shape.member).chain(["format", "version"]).collect();
    let all = members();
    assert!(all.iter().all(|(member, _)| covered.contains(&**member)) && all.len() > 60, "{all:?}");
    let most_out = |command: &str, given: &Given| match command {
        "check" => PRINTED_PER_BYTE * given.len() as f64,
        _ => HTML_PER_BYTE * given.len() as f64 + HTML_PER_REFERENCE * count_references(&given.json),
    };
    measure(&shapes, &["check", "render"], &article(json!({})).into(), &MAX_WORK, most_out);
}

#[test]
#[ignore = "it takes long: `cargo xtask test --only growth` runs it, and counts steps"]
fn output_and_work_grow_no_faster_than_the_json_of_a_cms() {
    let shapes = conversion_shapes();
    let nothing = (shapes[0].make)(0);
    measure(&shapes, &["convert"], &nothing, &MAX_CONVERSION_WORK, |_, given| {
        JSON_PER_BYTE * given.len() as f64
    });
}

/// Calls commands with each shape in two sizes, prints a table, and asserts that neither the work nor the output
/// grows faster than the input. `nothing` is an input without content; `max_work` is the most work per byte of input
/// and output; `most_out` returns how many bytes a command may write in all.
fn measure(
    shapes: &[Shape],
    commands: &[&str],
    nothing: &Given,
    max_work: &Work,
    most_out: impl Fn(&str, &Given) -> f64,
) {
    // Computed and cached by the first call, so that only the second is counted.
    let bases: Vec<Work> = commands
        .iter()
        .map(|command| {
            Work::of(command, nothing);
            Work::of(command, nothing)
        })
        .collect();
    println!("| member | shape | bytes in | command | allocations | allocated | steps | nodes | bytes out |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut wrong = Vec::new();
    for Shape { member, name, make } in shapes {
        let [small, large] = [SMALL, 10 * SMALL].map(make);
        let input_growth = large.len() as f64 / small.len() as f64;
        let mut print = true;
        for (command, base) in commands.iter().zip(&bases) {
            let [less, more] = [&small, &large].map(|given| Work::of(command, given));
            let column = |at: usize| format!("{} → {}", short(less.parts()[at].1), short(more.parts()[at].1));
            let columns: Vec<String> = (0..5).map(column).collect();
            let (what, size) = match std::mem::take(&mut print) {
                true => (format!("`{member}` | {name}"), format!("{} → {}", small.len(), large.len())),
                false => (" | ".to_owned(), String::new()),
            };
            println!("| {what} | {size} | {command} | {} |", columns.join(" | "));

            let bytes = large.len() as f64;
            let mut expect = |what: &str, is: f64, most: f64| {
                if is > most {
                    wrong.push(format!("{member}, {name}: {command}: {what}: {is:.0}, at most {most:.0}"));
                }
            };
            for at in 0..5 {
                let of = |work: &Work| work.parts()[at].1;
                let what = base.parts()[at].0;
                // A refused article has no output, and so nothing of the base that every page has.
                let [less_base, more_base] =
                    [&less, &more].map(|work| if work.out > 0.0 { of(base) } else { 0.0 });
                let grown = (of(&less) - less_base).max(0.0) * input_growth.max(1.0) * MAX_RELATIVE_GROWTH;
                expect(what, of(&more) - more_base, grown.max(of(&NEGLIGIBLE) * bytes));
                expect(what, of(&more) - more_base, of(max_work) * (bytes + more.out));
            }
            expect("bytes out in all", more.out - base.out, most_out(command, &large));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Counts the references of an article.
fn count_references(json: &str) -> f64 {
    let json: Value = serde_json::from_str(json).unwrap_or_default();
    json["references"].as_array().map_or(0.0, |references| references.len() as f64)
}
