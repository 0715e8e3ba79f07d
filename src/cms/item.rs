//! Chooses one item of a list.

use super::NotAnArticle;
use super::context::Context;
use super::values::whole_number;
use crate::article::Json;

/// How many names an error suggests.
const MAX_NAMES: usize = 5;

/// Returns the item that the host page asks for, with its index; if the page asks for none, the only item.
/// `names` are the members that may identify an item, such as `id slug`.
pub(super) fn pick<'j>(
    items: &'j [Json],
    names: &str,
    context: &Context<'_>,
) -> Result<(usize, &'j Json), NotAnArticle> {
    let last = items.len().saturating_sub(1);
    let place = match context.options.item.as_deref() {
        None if items.len() > 1 => {
            let named =
                items.iter().filter_map(|item| names.split(' ').find_map(|name| name_of(item.get(name))));
            return Err(NotAnArticle::SeveralItems(named.take(MAX_NAMES).collect()));
        }
        None | Some("first") => 0,
        Some("last") => last,
        Some(wanted) => {
            let is_wanted =
                |item: &Json| names.split(' ').any(|name| name_of(item.get(name)).as_deref() == Some(wanted));
            let place = items.iter().position(is_wanted);
            place.ok_or_else(|| NotAnArticle::NoSuchItem(wanted.to_owned()))?
        }
    };
    items.get(place).map(|item| (place, item)).ok_or(NotAnArticle::NoItems)
}

/// Returns a text, or a whole number as text: ids are either. Sanity's slugs are objects.
pub(super) fn name_of(json: &Json) -> Option<String> {
    match json {
        Json::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Json::Number(_) => whole_number(json).map(|number| number.to_string()),
        json => json.get("current").as_text().map(str::to_owned),
    }
}
