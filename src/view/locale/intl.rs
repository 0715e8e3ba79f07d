//! A thin binding to `Intl`. Every call that may throw is caught.

use std::cell::{OnceCell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::{Language, Moment, PluralCategory};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl, js_name = getCanonicalLocales, catch)]
    fn canonical_locales(tag: &str) -> Result<Array, JsValue>;

    #[derive(Debug)]
    type PluralRules;
    #[wasm_bindgen(js_namespace = Intl, constructor, catch)]
    fn new(tag: &str) -> Result<PluralRules, JsValue>;
    #[wasm_bindgen(method)]
    fn select(this: &PluralRules, number: f64) -> String;

    type DateTimeFormat;
    #[wasm_bindgen(js_namespace = Intl, constructor, catch)]
    fn new(tag: &str, options: &Object) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn format(this: &DateTimeFormat) -> Function;

    #[derive(Debug)]
    type ListFormat;
    #[wasm_bindgen(js_namespace = Intl, constructor, catch)]
    fn new(tag: &str) -> Result<ListFormat, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &ListFormat, items: &Array) -> String;

    #[derive(Debug)]
    type Segmenter;
    #[wasm_bindgen(js_namespace = Intl, constructor, catch)]
    fn new(tag: &str) -> Result<Segmenter, JsValue>;
    #[wasm_bindgen(method)]
    fn segment(this: &Segmenter, text: &str) -> Segments;
    type Segments;
    #[wasm_bindgen(method)]
    fn containing(this: &Segments, at: u32) -> Segment;
    type Segment;
    #[wasm_bindgen(method, getter)]
    fn index(this: &Segment) -> u32;

    #[derive(Debug)]
    type DisplayNames;
    #[wasm_bindgen(js_namespace = Intl, constructor, catch)]
    fn new(tag: &str, options: &Object) -> Result<DisplayNames, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<JsValue, JsValue>;
}

thread_local! {
    /// The formats of all languages used on the page, which may hold a hundred briefings in one language.
    static KNOWN: RefCell<Vec<Formats>> = const { RefCell::new(Vec::new()) };
}

/// The formats of one language, which all briefings in it share.
#[derive(Debug, Clone)]
pub(super) struct Formats(Rc<Shared>);

/// Each formatter is created on first use: creating one takes a browser longer than drawing a whole
/// reference.
#[derive(Debug)]
pub(super) struct Shared {
    tag: String,
    plurals: OnceCell<Option<PluralRules>>,
    /// Formatters of dates without and with the time of day, for the reader's time zone and for UTC; then of
    /// years and of months.
    dates: [OnceCell<Option<Function>>; 6],
    lists: OnceCell<Option<ListFormat>>,
    languages: OnceCell<Option<DisplayNames>>,
    graphemes: OnceCell<Option<Segmenter>>,
}

impl Formats {
    pub(super) fn of(language: &str) -> Self {
        let canonical = canonical_locales(language).ok().and_then(|known| known.get(0).as_string());
        let tag = [canonical.as_deref().unwrap_or("en"), "-u-nu-latn"].concat();
        KNOWN.with_borrow_mut(|known| {
            if let Some(formats) = known.iter().find(|formats| formats.tag == tag) {
                return formats.clone();
            }
            let formats = Self(Rc::new(Shared {
                tag,
                plurals: OnceCell::new(),
                dates: Default::default(),
                lists: OnceCell::new(),
                languages: OnceCell::new(),
                graphemes: OnceCell::new(),
            }));
            known.push(formats.clone());
            formats
        })
    }
}

impl Deref for Formats {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Shared {
    pub(super) fn plural(&self, number: usize) -> Option<PluralCategory> {
        let rules = self.plurals.get_or_init(|| PluralRules::new(&self.tag).ok()).as_ref()?;
        #[allow(clippy::cast_precision_loss, reason = "counts stay below 2^53")]
        PluralCategory::from_name(&rules.select(number as f64))
    }

    pub(super) fn date(&self, moment: &Moment, with_time: bool) -> Option<String> {
        // A date is the same everywhere, and so is a moment without a time zone.
        let is_fixed = !moment.has_zone();
        let is_month = moment.has_month() && !moment.has_day();
        let make = || {
            let options = if moment.has_day() {
                object(&[("dateStyle", "long")])
            } else {
                // In a calendar with other months it would be parts of two. The Thai one merely counts other
                // years.
                let calendar = if self.tag.starts_with("th-") { "buddhist" } else { "gregory" };
                object(&[("calendar", calendar), ("year", "numeric")])
            };
            if is_month {
                set(&options, ("month", "long"));
            }
            if is_fixed {
                set(&options, ("timeZone", "UTC"));
            }
            if with_time {
                set(&options, ("timeStyle", "short"));
            }
            Some(DateTimeFormat::new(&self.tag, &options).ok()?.format())
        };
        let format = if moment.has_day() {
            usize::from(is_fixed) + 2 * usize::from(with_time)
        } else {
            4 + usize::from(is_month)
        };
        let format = self.dates.get(format)?.get_or_init(make).as_ref()?;
        let utc = if is_fixed && !moment.is_date_only() { "Z" } else { "" };
        let date = Date::new(&[moment.as_str(), utc].concat().into());
        format.call1(&JsValue::UNDEFINED, &date).ok()?.as_string()
    }

    pub(super) fn list(&self, items: &[&str]) -> Option<String> {
        let format = self.lists.get_or_init(|| ListFormat::new(&self.tag).ok()).as_ref()?;
        let items: Array = items.iter().map(|item| JsValue::from_str(item)).collect();
        Some(format.format(&items))
    }

    pub(super) fn grapheme_start(&self, text: &str, at: usize) -> Option<usize> {
        // Browsers index text by UTF-16 code units.
        let units = u32::try_from(text.get(..at)?.encode_utf16().count()).ok()?;
        let graphemes = self.graphemes.get_or_init(|| Segmenter::new(&self.tag).ok()).as_ref()?;
        let mut left = graphemes.segment(text).containing(units).index();
        let is_there = |(_, c): &(usize, char)| {
            let before = left;
            left = left.saturating_sub(u32::from(c.len_utf16() > 1) + 1);
            before == 0
        };
        text.char_indices().find(is_there).map(|(start, _)| start)
    }

    pub(super) fn language_name(&self, language: &Language) -> Option<String> {
        let make = || DisplayNames::new(&self.tag, &object(&[("type", "language")])).ok();
        self.languages.get_or_init(make).as_ref()?.of(language.without_extensions()).ok()?.as_string()
    }
}

fn object(entries: &[(&str, &str)]) -> Object {
    let object = Object::new();
    entries.iter().for_each(|entry| set(&object, *entry));
    object
}

fn set(object: &Object, (key, value): (&str, &str)) {
    // Setting a member of a plain object cannot fail.
    let _ = Reflect::set(object, &key.into(), &value.into());
}
