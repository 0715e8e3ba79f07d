//! One element: reading its state, and acting on it.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::{Key, WebElement};

use crate::page::{Page, argument};
use crate::pointer::{self, Finger, Pointer};
use crate::wait::until;

/// An element of the page, usually a part of a briefing.
pub(crate) struct Part<'a> {
    page: &'a Page,
    element: WebElement,
    locator: Locator,
}

/// How an element was found: the script, its arguments, and the index in the list that the script returned.
#[derive(Clone)]
pub(crate) struct Locator {
    pub(crate) script: String,
    pub(crate) arguments: Vec<Value>,
    pub(crate) index: usize,
}

impl<'a> Part<'a> {
    /// Wraps an element.
    pub(crate) fn new(page: &'a Page, element: WebElement, locator: Locator) -> Self {
        Self { page, element, locator }
    }

    /// Runs the original query again and returns its current result.
    async fn requery(&self) -> Result<Self> {
        let Locator { script, arguments, index } = self.locator.clone();
        let all = self.page.elements_by(&script, arguments).await?;
        all.into_iter().nth(index).context("it no longer exists")
    }

    /// Converts the element to a script argument.
    pub(crate) fn argument(&self) -> Result<Value> {
        argument(&self.element)
    }

    /// Runs JavaScript with the element as `arguments[0]`, followed by the other arguments.
    pub(crate) async fn script(&self, script: &str, others: Vec<Value>) -> Result<Value> {
        let mut arguments = vec![argument(&self.element)?];
        arguments.extend(others);
        self.page.script(script, arguments).await
    }

    /// Enters the document of this frame element.
    pub(crate) async fn enter(self) -> Result<()> {
        Ok(self.element.enter_frame().await?)
    }

    /// Returns the element's text as it is laid out.
    pub(crate) async fn text(&self) -> Result<String> {
        let text = self.script("return arguments[0].innerText ?? arguments[0].textContent", vec![]).await?;
        Ok(text.as_str().unwrap_or_default().trim().to_owned())
    }

    /// Returns an attribute, if the element has it.
    pub(crate) async fn attribute(&self, name: &str) -> Result<Option<String>> {
        let value = self.script("return arguments[0].getAttribute(arguments[1])", vec![json!(name)]).await?;
        Ok(value.as_str().map(str::to_owned))
    }

    /// Returns a property, such as `open`.
    pub(crate) async fn property(&self, name: &str) -> Result<Value> {
        self.script("return arguments[0][arguments[1]] ?? null", vec![json!(name)]).await
    }

    /// Returns a computed style, such as `color`.
    pub(crate) async fn style(&self, name: &str) -> Result<String> {
        let script = "return getComputedStyle(arguments[0]).getPropertyValue(arguments[1])";
        Ok(self.script(script, vec![json!(name)]).await?.as_str().unwrap_or_default().to_owned())
    }

    /// Returns the element's area in the viewport.
    pub(crate) async fn area(&self) -> Result<Area> {
        // WebKitGTK returns rectangles before zoom is applied, but after scrolling.
        let script = "const [element] = arguments;
            const { left, top, width, height } = element.getBoundingClientRect();
            let zoom = 1;
            for (let each = element.currentCSSZoom ? null : element; each; each = each.assignedSlot ?? each.parentElement ?? each.getRootNode().host) {
                zoom *= getComputedStyle(each).zoom;
            }
            return [(left + scrollX) * zoom - scrollX, (top + scrollY) * zoom - scrollY, width * zoom, height * zoom]";
        let numbers: [f64; 4] = serde_json::from_value(self.script(script, vec![]).await?)?;
        let [left, top, width, height] = numbers;
        Ok(Area { left, top, width, height })
    }

    /// Returns whether the element is visible: neither in a closed disclosure nor hidden.
    pub(crate) async fn is_shown(&self) -> Result<bool> {
        let script = "return arguments[0].checkVisibility({ visibilityProperty: true })";
        Ok(self.script(script, vec![]).await? == Value::Bool(true))
    }

    /// Returns whether the element's centre is inside the viewport.
    pub(crate) async fn is_in_view(&self) -> Result<bool> {
        let script = "const { left, top, width, height } = arguments[0].getBoundingClientRect();
            const x = left + width / 2, y = top + height / 2;
            return x >= 0 && x <= innerWidth && y >= 0 && y <= innerHeight";
        Ok(self.script(script, vec![]).await? == Value::Bool(true))
    }

    /// Returns whether the element has the focus.
    pub(crate) async fn has_focus(&self) -> Result<bool> {
        let script = "return arguments[0].getRootNode().activeElement === arguments[0]";
        Ok(self.script(script, vec![]).await? == Value::Bool(true))
    }

    /// Waits until the element is visible.
    pub(crate) async fn becomes_shown(&self) -> Result<()> {
        until("it is shown", async || {
            ensure!(self.is_shown().await?, "it is not shown");
            Ok(())
        })
        .await
    }

    /// Waits until the element is not visible.
    pub(crate) async fn becomes_hidden(&self) -> Result<()> {
        until("it is not shown", async || {
            ensure!(!self.is_shown().await?, "it is shown");
            Ok(())
        })
        .await
    }

    /// Waits until the element has the focus.
    pub(crate) async fn gets_focus(&self) -> Result<()> {
        until("it has the focus", async || {
            let focused = self.page.focused().await?;
            let script = "return arguments[0].cloneNode().outerHTML";
            ensure!(self.has_focus().await?, "the focus is on {}", focused.script(script, vec![]).await?);
            Ok(())
        })
        .await
    }

    /// Waits until the element has this text. If the element was replaced, its replacement is checked
    /// instead.
    pub(crate) async fn text_becomes(&self, expected: &str) -> Result<()> {
        until(&format!("its text is {expected:?}"), async || {
            let text = match self.text().await {
                Ok(text) => text,
                Err(_) => self.requery().await?.text().await?,
            };
            ensure!(text == expected, "it is {text:?}");
            Ok(())
        })
        .await
    }

    /// Waits until an attribute has this value.
    pub(crate) async fn attribute_becomes(&self, name: &str, expected: &str) -> Result<()> {
        until(&format!("{name} is {expected:?}"), async || {
            let value = self.attribute(name).await?;
            ensure!(value.as_deref() == Some(expected), "it is {value:?}");
            Ok(())
        })
        .await
    }

    /// Waits for the first descendant that matches a CSS selector.
    pub(crate) async fn find(&self, css: &str) -> Result<Part<'a>> {
        until(&format!("it contains {css}"), async || {
            self.find_all(css).await?.into_iter().next().context("nothing")
        })
        .await
    }

    /// Returns all descendants that match a CSS selector, without waiting.
    pub(crate) async fn find_all(&self, css: &str) -> Result<Vec<Part<'a>>> {
        let script = "return [...arguments[0].querySelectorAll(arguments[1])]";
        self.page.elements_by(script, vec![argument(&self.element)?, json!(css)]).await
    }

    /// Runs JavaScript that returns a list of elements, with this element as `arguments[0]`.
    pub(crate) async fn elements(&self, script: &str) -> Result<Vec<Part<'a>>> {
        self.page.elements_by(script, vec![argument(&self.element)?]).await
    }

    /// Scrolls the element into view and clicks it with the mouse, once its position is stable and nothing
    /// covers it. Content that unfolds, and images that load or fail, shift the layout below them for a
    /// moment.
    pub(crate) async fn click(&self) -> Result<()> {
        self.position_is_stable().await?;
        let clicked = until("nothing covers it", async || match self.element.click().await {
            Err(error) if matches!(*error, WebDriverErrorInner::ElementClickIntercepted(_)) => {
                Err(error.into())
            }
            clicked => Ok(clicked),
        });
        Ok(clicked.await??)
    }

    /// Waits until the element's position is the same as two frames before.
    async fn position_is_stable(&self) -> Result<()> {
        let script = "const [element, answer] = [arguments[0], arguments[arguments.length - 1]];
            const place = () => JSON.stringify(element.getBoundingClientRect());
            let last;
            const look = () => {
                if (last === (last = place())) return answer(true);
                requestAnimationFrame(() => requestAnimationFrame(look));
            };
            look()";
        self.page.script_later(script, vec![argument(&self.element)?]).await.map(drop)
    }

    /// Scrolls the element to the middle of the viewport.
    pub(crate) async fn scroll_into_view(&self) -> Result<()> {
        let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.script(script, vec![]).await.map(drop)
    }

    /// Focuses the element programmatically.
    pub(crate) async fn focus(&self) -> Result<()> {
        self.script("arguments[0].focus()", vec![]).await.map(drop)
    }

    /// Focuses the element and presses a key.
    pub(crate) async fn press(&self, key: Key) -> Result<()> {
        self.focus().await?;
        self.page.press(key).await
    }

    /// Moves the mouse to the element's centre.
    pub(crate) async fn hover(&self) -> Result<()> {
        self.point(Pointer::Mouse, &[(0.5, 0.5)], false).await
    }

    /// Moves the mouse to the element's centre without scrolling.
    pub(crate) async fn hover_in_place(&self) -> Result<()> {
        self.hover_in_place_at((0.5, 0.5)).await
    }

    /// Moves the mouse to a point of the element without scrolling. The point is given as fractions of the
    /// element's width and height.
    pub(crate) async fn hover_in_place_at(&self, (x, y): (f64, f64)) -> Result<()> {
        let area = self.area().await?;
        let place = (area.left + area.width * x, area.top + area.height * y);
        pointer::follow(self.page.browser(), Pointer::Mouse, &[place], false).await
    }

    /// Taps the element's centre with a finger.
    pub(crate) async fn tap(&self) -> Result<()> {
        self.point(Pointer::Touch, &[(0.5, 0.5)], true).await
    }

    /// Moves the mouse to a point of the element, given as fractions of its width and height.
    pub(crate) async fn hover_at(&self, place: (f64, f64)) -> Result<()> {
        self.point(Pointer::Mouse, &[place], false).await
    }

    /// Presses and releases at a point of the element, given as fractions of its width and height.
    pub(crate) async fn press_at(&self, pointer: Pointer, place: (f64, f64)) -> Result<()> {
        self.point(pointer, &[place], true).await
    }

    /// Presses at one point of the element, moves to another and releases. Points are fractions of the
    /// element's width and height from the top left corner: `(0.5, 0.5)` is its centre.
    pub(crate) async fn drag(&self, pointer: Pointer, from: (f64, f64), to: (f64, f64)) -> Result<()> {
        const STEPS: u8 = 8;
        let path: Vec<(f64, f64)> = (0..=STEPS)
            .map(|step| f64::from(step) / f64::from(STEPS))
            .map(|share| (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share))
            .collect();
        self.point(pointer, &path, true).await
    }

    /// Performs a multi-touch gesture. Points are fractions of the element's width and height; all fingers
    /// act simultaneously. Nothing is scrolled.
    pub(crate) async fn gesture(&self, fingers: &[&[Finger]]) -> Result<()> {
        let area = self.area().await?;
        let place = |finger: &Finger| match *finger {
            Finger::To(x, y) => Finger::To(area.left + area.width * x, area.top + area.height * y),
            other => other,
        };
        let fingers: Vec<Vec<Finger>> =
            fingers.iter().map(|finger| finger.iter().map(place).collect()).collect();
        pointer::gesture(self.page.browser(), &fingers).await
    }

    /// Moves a pointer along points of the element, pressed from the first to the last if `pressed`.
    async fn point(&self, pointer: Pointer, path: &[(f64, f64)], pressed: bool) -> Result<()> {
        self.scroll_into_view().await?;
        let area = self.area().await?;
        let path: Vec<(f64, f64)> =
            path.iter().map(|(x, y)| (area.left + area.width * x, area.top + area.height * y)).collect();
        pointer::follow(self.page.browser(), pointer, &path, pressed).await
    }
}

/// The area of an element, in CSS pixels from the top left corner of the viewport.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    /// The left edge.
    pub(crate) left: f64,
    /// The top edge.
    pub(crate) top: f64,
    /// The width.
    pub(crate) width: f64,
    /// The height.
    pub(crate) height: f64,
}

impl Area {
    /// Returns the right edge.
    pub(crate) fn right(&self) -> f64 {
        self.left + self.width
    }

    /// Returns the bottom edge.
    pub(crate) fn bottom(&self) -> f64 {
        self.top + self.height
    }
}
