//! The thin edge to `Intl`. Every call that may throw is caught.

use std::cell::OnceCell;

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
    type DisplayNames;
    #[wasm_bindgen(js_namespace = Intl, constructor, catch)]
    fn new(tag: &str, options: &Object) -> Result<DisplayNames, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<JsValue, JsValue>;
}

/// The formats of one language, each made when it is first needed: to make one takes a browser
/// longer than to draw a whole reference.
#[derive(Debug)]
pub(super) struct Formats {
    tag: String,
    plurals: OnceCell<Option<PluralRules>>,
    /// Of a day, of a moment shown as its day, of a moment shown with its time.
    dates: [OnceCell<Option<Function>>; 3],
    lists: OnceCell<Option<ListFormat>>,
    languages: OnceCell<Option<DisplayNames>>,
}

impl Formats {
    pub(super) fn of(language: &str) -> Self {
        let known = canonical_locales(language).ok().and_then(|known| known.get(0).as_string());
        Self {
            tag: [known.as_deref().unwrap_or("en"), "-u-nu-latn"].concat(),
            plurals: OnceCell::new(),
            dates: Default::default(),
            lists: OnceCell::new(),
            languages: OnceCell::new(),
        }
    }

    pub(super) fn plural(&self, number: usize) -> Option<PluralCategory> {
        let rules = self.plurals.get_or_init(|| PluralRules::new(&self.tag).ok()).as_ref()?;
        #[allow(clippy::cast_precision_loss, reason = "no one counts so far")]
        PluralCategory::from_name(&rules.select(number as f64))
    }

    pub(super) fn date(&self, moment: &Moment, with_time: bool) -> Option<String> {
        // A day is the same day everywhere.
        let (format, option) = match (moment.is_date_only(), with_time) {
            (true, _) => (0, Some(("timeZone", "UTC"))),
            (false, false) => (1, None),
            (false, true) => (2, Some(("timeStyle", "short"))),
        };
        let make = || {
            let options = object(&[("dateStyle", "long")]);
            option.into_iter().for_each(|option| set(&options, option));
            Some(DateTimeFormat::new(&self.tag, &options).ok()?.format())
        };
        let format = self.dates.get(format)?.get_or_init(make).as_ref()?;
        let date = Date::new(&moment.as_str().into());
        format.call1(&JsValue::UNDEFINED, &date).ok()?.as_string()
    }

    pub(super) fn list(&self, items: &[&str]) -> Option<String> {
        let format = self.lists.get_or_init(|| ListFormat::new(&self.tag).ok()).as_ref()?;
        let items: Array = items.iter().map(|item| JsValue::from_str(item)).collect();
        Some(format.format(&items))
    }

    pub(super) fn language_name(&self, language: &Language) -> Option<String> {
        let make = || DisplayNames::new(&self.tag, &object(&[("type", "language")])).ok();
        self.languages.get_or_init(make).as_ref()?.of(language.as_str()).ok()?.as_string()
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
