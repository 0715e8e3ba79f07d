//! Access to values in the JSON of other programs.

use super::clock_value::decimal;
use super::collector::Time;
use crate::article::Json;

/// Returns the value at a path such as `metadata.duration` or `results.0.items`; of names separated by `|`,
/// the first that exists.
pub(super) fn value_at<'j>(json: &'j Json, path: &str) -> Option<&'j Json> {
    path.split('.').try_fold(json, |json, step| {
        step.split('|').find_map(|name| match json {
            Json::Object(entries) => {
                entries.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
            }
            Json::List(items) => name.parse::<usize>().ok().and_then(|index| items.get(index)),
            _ => None,
        })
    })
}

/// Returns a text, or the lines of a text joined by spaces.
pub(super) fn text_of(json: &Json) -> Option<String> {
    match json {
        Json::Text(text) => Some(text.clone()),
        Json::List(lines) => {
            let lines: Vec<&str> = lines
                .iter()
                .filter_map(|line| if let Json::Text(line) = line { Some(&**line) } else { None })
                .collect();
            Some(lines.join(" "))
        }
        _ => None,
    }
}

/// Reads a time in seconds: a number, or a text of digits, in units of which `per_second` make a second; a
/// text such as `12.300s`; or Google's `seconds` and `nanos`.
pub(super) fn time_of(json: Option<&Json>, per_second: f64) -> Time {
    let time = match json {
        None | Some(Json::Null) => return Time::Missing,
        Some(Json::Number(number)) => Some(number / per_second),
        Some(Json::Text(text)) => match text.strip_suffix('s') {
            Some(seconds) => decimal(seconds),
            None => decimal(text).map(|number| number / per_second),
        },
        Some(json @ Json::Object(_)) => {
            let part = |key: &str, per_second: f64| match time_of(value_at(json, key), per_second) {
                Time::At(seconds) => Some(seconds),
                Time::Missing => Some(0.0),
                Time::Wrong => None,
            };
            part("seconds", 1.0).zip(part("nanos", 1e9)).map(|(seconds, nanos)| seconds + nanos)
        }
        Some(_) => None,
    };
    time.map_or(Time::Wrong, Time::At)
}

/// Visits every item at a path with `*`, such as `segments.*.words.*`, together with its location.
pub(super) fn each<'j>(
    json: &'j Json,
    path: &str,
    at: &dyn Fn() -> String,
    visit: &mut dyn FnMut(&'j Json, &dyn Fn() -> String),
) {
    let Some((before, after)) = path.split_once('*') else {
        return visit(json, at);
    };
    let before = before.trim_end_matches('.');
    let list = if before.is_empty() { Some(json) } else { value_at(json, before) };
    let Some(Json::List(items)) = list else { return };
    let rest = after.trim_start_matches('.');
    for (index, item) in items.iter().enumerate() {
        let here = || [&joined(at(), before), "[", &index.to_string(), "]"].concat();
        if rest.contains('*') {
            each(item, rest, &here, visit);
        } else if rest.is_empty() {
            visit(item, &here);
        } else if let Some(inner) = value_at(item, rest) {
            visit(inner, &|| joined(here(), rest));
        }
    }
}

/// Joins a path in the notation of problems: `results.channels[0]`.
fn joined(mut path: String, more: &str) -> String {
    for step in more.split('.').filter(|step| !step.is_empty()) {
        if step.bytes().all(|byte| byte.is_ascii_digit()) {
            path = [&path, "[", step, "]"].concat();
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(step);
        }
    }
    path
}
