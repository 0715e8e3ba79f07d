//! Strapi's dynamic zone: a list of components, each named by `__component`, whose fields the site names.

use crate::article::{BlockKind, Heading, Json, Path, Quote, RichText};
use crate::cms::converter::{Converter, quoted};
use crate::cms::members::{self, Prose};
use crate::cms::values::{first_text, words};

/// Returns whether a value is a list of components.
pub(in crate::cms) fn is_dynamic_zone(json: &Json) -> bool {
    let items = json.as_list();
    !items.is_empty() && items.iter().all(|item| item.get("__component").as_text().is_some())
}

/// Reads the components into the body. The kind of a component is determined by the end of its name and by
/// its fields.
pub(in crate::cms) fn read(json: &Json, path: &Path, converter: &mut Converter<'_, '_>) {
    for (place, component) in json.as_list().iter().enumerate() {
        let path = path.index(place);
        let name = words(component.get("__component")).to_ascii_lowercase();
        let before = converter.article.body.len();
        if name.ends_with("quote") {
            quote(component, converter);
        } else {
            let text = text_of(component);
            // A component may have a list of pictures, or a list of components with a picture each.
            let images = members::pictures(component, 2, converter);
            let is_shown = text.is_some() || !images.is_empty();
            let title = first_text(component, "title heading headline").filter(|_| is_shown);
            if let Some(title) = title {
                converter.push(BlockKind::Heading(Heading { level: 2, text: RichText::plain(title) }));
            }
            images.into_iter().for_each(|image| converter.push(BlockKind::Image(image)));
            if let Some((key, text)) = text {
                members::read_body(text, &path.key(key), Prose::Markdown, converter);
            }
        }
        if converter.article.body.len() == before {
            let name = quoted(component.get("__component"));
            converter.warn(&path, &["is a component with nothing to show: ", &name]);
        }
    }
}

fn quote(component: &Json, converter: &mut Converter<'_, '_>) {
    let text = first_text(component, "body quote text content").unwrap_or_default();
    if !text.is_empty() {
        let attribution = members::attribution(component);
        converter.push(BlockKind::Quote(Quote { text: RichText::plain(text), attribution, url: None }));
    }
}

/// Returns the text of a component, with the field that contains it.
fn text_of(component: &Json) -> Option<(&'static str, &Json)> {
    let keys = ["body", "content", "text", "richText", "rich_text", "markdown"];
    keys.into_iter().map(|key| (key, component.get(key))).find(|(_, value)| !matches!(value, Json::Null))
}
