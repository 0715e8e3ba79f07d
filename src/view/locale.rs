//! Plurals, dates, lists and names of languages, by the browser's own `Intl`.

use yew::AttrValue;

use crate::article::{Language, Moment};

/// Which form of a word goes with a number, as Unicode CLDR names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PluralCategory {
    /// Nothing, where a language has a form for it.
    Zero,
    /// One, and what a language treats like it.
    One,
    /// Two, and what a language treats like it.
    Two,
    /// A few.
    Few,
    /// Many.
    Many,
    /// Everything else; every language has it.
    Other,
}

impl PluralCategory {
    const NAMES: [(&'static str, Self); 6] = [
        ("zero", Self::Zero),
        ("one", Self::One),
        ("two", Self::Two),
        ("few", Self::Few),
        ("many", Self::Many),
        ("other", Self::Other),
    ];

    /// The category of this CLDR name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, category)| category)
    }
}

/// How numbers, dates and lists are written: those of a language, or English where the browser
/// does not know it.
#[derive(Debug, Clone, PartialEq)]
pub struct Locale {
    #[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "only the browser has Intl"))]
    tag: String,
}

impl Locale {
    /// The locale of a language.
    #[must_use]
    pub fn of(language: &str) -> Self {
        // Western digits, so that times, marks such as [1] and counts agree with one another.
        Self { tag: [browser::supported(language).as_deref().unwrap_or("en"), "-u-nu-latn"].concat() }
    }

    /// The plural category of a number.
    #[must_use]
    pub fn plural(&self, number: usize) -> PluralCategory {
        browser::plural(&self.tag, number).unwrap_or(match number {
            1 => PluralCategory::One,
            _ => PluralCategory::Other,
        })
    }

    /// A date, with the time of day if there is one and it is wanted.
    #[must_use]
    pub fn date(&self, moment: &Moment, with_time: bool) -> AttrValue {
        let with_time = with_time && !moment.is_date_only();
        let date = browser::date(&self.tag, moment, with_time);
        date.map_or_else(|| moment.date().to_owned().into(), AttrValue::from)
    }

    /// A list of names in one phrase.
    #[must_use]
    pub fn list(&self, items: &[&str]) -> String {
        browser::list(&self.tag, items).unwrap_or_else(|| items.join(", "))
    }

    /// The name of a language in this locale's own.
    #[must_use]
    pub fn language_name(&self, language: &Language) -> AttrValue {
        browser::language_name(&self.tag, language).map_or_else(|| language.to_text().into(), AttrValue::from)
    }
}

/// The thin edge to `Intl`. Every call that may throw is caught.
#[cfg(target_arch = "wasm32")]
mod browser {
    use js_sys::{Array, Date, Function, Object, Reflect};
    use wasm_bindgen::prelude::*;

    use super::{Language, Moment, PluralCategory};

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = Intl, js_name = getCanonicalLocales, catch)]
        fn canonical_locales(tag: &str) -> Result<Array, JsValue>;

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

        type ListFormat;
        #[wasm_bindgen(js_namespace = Intl, constructor, catch)]
        fn new(tag: &str) -> Result<ListFormat, JsValue>;
        #[wasm_bindgen(method)]
        fn format(this: &ListFormat, items: &Array) -> String;

        type DisplayNames;
        #[wasm_bindgen(js_namespace = Intl, constructor, catch)]
        fn new(tag: &str, options: &Object) -> Result<DisplayNames, JsValue>;
        #[wasm_bindgen(method, catch)]
        fn of(this: &DisplayNames, code: &str) -> Result<JsValue, JsValue>;
    }

    pub(super) fn supported(tag: &str) -> Option<String> {
        canonical_locales(tag).ok()?.get(0).as_string()
    }

    pub(super) fn plural(tag: &str, number: usize) -> Option<PluralCategory> {
        #[allow(clippy::cast_precision_loss, reason = "no one counts so far")]
        let category = PluralRules::new(tag).ok()?.select(number as f64);
        PluralCategory::from_name(&category)
    }

    pub(super) fn date(tag: &str, moment: &Moment, with_time: bool) -> Option<String> {
        let mut options = vec![("dateStyle", "long")];
        if with_time {
            options.push(("timeStyle", "short"));
        }
        if moment.is_date_only() {
            // A day is the same day everywhere.
            options.push(("timeZone", "UTC"));
        }
        let format = DateTimeFormat::new(tag, &object(&options)).ok()?.format();
        let date = Date::new(&moment.as_str().into());
        format.call1(&JsValue::UNDEFINED, &date).ok()?.as_string()
    }

    pub(super) fn list(tag: &str, items: &[&str]) -> Option<String> {
        let items: Array = items.iter().map(|item| JsValue::from_str(item)).collect();
        Some(ListFormat::new(tag).ok()?.format(&items))
    }

    pub(super) fn language_name(tag: &str, language: &Language) -> Option<String> {
        let names = DisplayNames::new(tag, &object(&[("type", "language")])).ok()?;
        names.of(language.as_str()).ok()?.as_string()
    }

    fn object(entries: &[(&str, &str)]) -> Object {
        let object = Object::new();
        for (key, value) in entries {
            // Setting a member of a plain object cannot fail.
            let _ = Reflect::set(&object, &(*key).into(), &(*value).into());
        }
        object
    }
}

/// Without a browser there is no `Intl`: the forms that need no language are used.
#[cfg(not(target_arch = "wasm32"))]
mod browser {
    use super::{Language, Moment, PluralCategory};

    pub(super) fn supported(tag: &str) -> Option<String> {
        Some(tag.to_owned())
    }

    pub(super) fn plural(_tag: &str, _number: usize) -> Option<PluralCategory> {
        None
    }

    pub(super) fn date(_tag: &str, _moment: &Moment, _with_time: bool) -> Option<String> {
        None
    }

    pub(super) fn list(_tag: &str, _items: &[&str]) -> Option<String> {
        None
    }

    pub(super) fn language_name(_tag: &str, _language: &Language) -> Option<String> {
        None
    }
}
