//! Plurals, dates, lists and names of languages, by the browser's own `Intl`.

use yew::AttrValue;

use self::intl::Formats;
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
#[derive(Debug)]
pub struct Locale {
    formats: Formats,
}

impl Locale {
    /// The locale of a language.
    #[must_use]
    pub fn of(language: &str) -> Self {
        Self { formats: Formats::of(language) }
    }

    /// The plural category of a number.
    #[must_use]
    pub fn plural(&self, number: usize) -> PluralCategory {
        self.formats.plural(number).unwrap_or(match number {
            1 => PluralCategory::One,
            _ => PluralCategory::Other,
        })
    }

    /// A date, with the time of day if there is one and it is wanted.
    #[must_use]
    pub fn date(&self, moment: &Moment, with_time: bool) -> AttrValue {
        let with_time = with_time && !moment.is_date_only();
        let date = self.formats.date(moment, with_time);
        date.map_or_else(|| moment.date().to_owned().into(), AttrValue::from)
    }

    /// A list of names in one phrase.
    #[must_use]
    pub fn list(&self, items: &[&str]) -> String {
        match items {
            [one] => (*one).to_owned(),
            _ => self.formats.list(items).unwrap_or_else(|| items.join(", ")),
        }
    }

    /// The name of a language in this locale's own.
    #[must_use]
    pub fn language_name(&self, language: &Language) -> AttrValue {
        self.formats.language_name(language).map_or_else(|| language.to_text().into(), AttrValue::from)
    }
}

/// The thin edge to `Intl`. Every call that may throw is caught.
#[cfg(target_arch = "wasm32")]
mod intl {
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
                // Western digits, so that times, marks such as [1] and counts agree with one another.
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
}

/// Without a browser there is no `Intl`: the forms that need no language are used.
#[cfg(not(target_arch = "wasm32"))]
mod intl {
    use super::{Language, Moment, PluralCategory};

    #[derive(Debug)]
    pub(super) struct Formats;

    #[allow(clippy::unused_self, reason = "the same face as in a browser")]
    impl Formats {
        pub(super) fn of(_language: &str) -> Self {
            Self
        }

        pub(super) fn plural(&self, _number: usize) -> Option<PluralCategory> {
            None
        }

        pub(super) fn date(&self, _moment: &Moment, _with_time: bool) -> Option<String> {
            None
        }

        pub(super) fn list(&self, _items: &[&str]) -> Option<String> {
            None
        }

        pub(super) fn language_name(&self, _language: &Language) -> Option<String> {
            None
        }
    }
}
