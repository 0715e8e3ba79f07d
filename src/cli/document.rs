use super::fragment::{fragment, versioned, write_stylesheet};
use super::render::Rendering;
use crate::article::{Article, Url};
use crate::view::Markup;

/// Renders a whole page with the briefing. A page for a frame opens its links in new tabs and is excluded
/// from search engines.
pub(super) fn document(rendering: &Rendering, in_frame: bool) -> String {
    let article = &rendering.model.article;
    let mut markup = Markup::default();
    let language = article.lang.as_ref();
    let lang = language.map(|language| language.as_str()).or(rendering.language.as_deref());
    let is_right_to_left = language.is_some_and(|language| language.is_right_to_left());
    let html = markup.tag("html").attr("lang", lang.unwrap_or("en"));
    html.attr_if("dir", is_right_to_left.then_some("rtl")).children(|markup| {
        markup.tag("head").children(|markup| head(markup, rendering, in_frame));
        markup.tag("body").attrs(&[("class", "briefing-page")]).children(|markup| {
            markup.tag("main").children(|markup| {
                // The headings of the briefing begin at level 2, for host pages with more content, so this
                // page adds the `h1`.
                markup.tag("h1").attrs(&[("class", "briefing-page-title")]).text(&article.title);
                markup.include(fragment(rendering));
            });
        });
    });
    ["<!doctype html>\n", &rendering.html(&markup)].concat()
}

/// Renders the markup that embeds such a page: the script that sets the height of frames to that of their
/// content, and the `iframe`. The sandbox omits `allow-same-origin`, so that the framed page cannot access
/// the page around it, even on the same origin.
pub(super) fn frame_snippet(rendering: &Rendering, src: &str) -> String {
    let mut markup = Markup::default();
    let attributes = [
        ("src", src),
        ("title", &*rendering.model.article.title),
        ("data-news-briefing", ""),
        ("loading", "lazy"),
        ("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox"),
        ("height", "640"),
    ];
    script(&mut markup, rendering, &[&*rendering.assets, "frames.js"].concat());
    markup.text("\n");
    markup.tag("iframe").attrs(&attributes).empty();
    markup.to_html(&|_| None)
}

fn head(markup: &mut Markup, rendering: &Rendering, in_frame: bool) {
    let article = &rendering.model.article;
    markup.tag("meta").attrs(&[("charset", "utf-8")]).empty();
    meta(markup, "viewport", "width=device-width, initial-scale=1, viewport-fit=cover");
    meta(markup, "color-scheme", "light dark");
    markup.tag("title").text(&article.title);
    if in_frame {
        markup.tag("base").attrs(&[("target", "_blank")]).empty();
        meta(markup, "robots", "noindex");
    }
    let description = article.summary.plain_text();
    if !description.is_empty() {
        meta(markup, "description", &description);
    }
    if let Some(url) = absolute(article.url.as_ref()) {
        markup.tag("link").attrs(&[("rel", "canonical"), ("href", url)]).empty();
    }
    if !in_frame {
        preview(markup, article, &description);
    }
    // In the head, the stylesheet loads before the first paint, and it also applies to the page around the
    // briefing. The shadow root has the same stylesheet.
    write_stylesheet(markup, rendering);
    if in_frame {
        script(
            markup,
            rendering,
            &versioned(&rendering.assets, "frame.js", include_str!("../embed/frame.js")),
        );
    }
    script(markup, rendering, &[&*rendering.assets, "news-briefing.js"].concat());
}

/// Writes the metadata that other sites show as a preview of a link to the page.
fn preview(markup: &mut Markup, article: &Article, description: &str) {
    let moment = |moment: &crate::article::Moment| moment.as_str().to_owned();
    let image = absolute(article.image.as_ref().map(|image| &image.url));
    let facts = [
        ("og:type", Some("article".to_owned())),
        ("og:title", Some(article.title.to_string())),
        ("og:description", Some(description.to_owned()).filter(|text| !text.is_empty())),
        ("og:url", absolute(article.url.as_ref()).map(str::to_owned)),
        ("og:image", image.map(str::to_owned)),
        (
            "og:image:alt",
            image
                .and(article.image.as_ref())
                .map(|image| image.alt.to_string())
                .filter(|alt| !alt.is_empty()),
        ),
        ("article:published_time", article.published.as_ref().map(moment)),
        ("article:modified_time", article.updated.as_ref().map(moment)),
        ("article:section", article.category.as_ref().map(ToString::to_string)),
    ];
    for (property, content) in facts {
        if let Some(content) = content {
            markup.tag("meta").attrs(&[("property", property), ("content", &content)]).empty();
        }
    }
    if image.is_some() {
        meta(markup, "twitter:card", "summary_large_image");
    }
}

fn script(markup: &mut Markup, rendering: &Rendering, src: &str) {
    let script = markup.tag("script").attrs(&[("type", "module"), ("src", src)]);
    script.attr_if("nonce", rendering.nonce.as_deref()).empty();
}

fn meta(markup: &mut Markup, name: &str, content: &str) {
    markup.tag("meta").attrs(&[("name", name), ("content", content)]).empty();
}

/// Returns an absolute URL, which means the same wherever it is read.
fn absolute(url: Option<&Url>) -> Option<&str> {
    url.filter(|url| !url.is_relative()).map(Url::as_str)
}
