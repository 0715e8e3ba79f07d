//! One element: what a reader sees of it, and does with it.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::{Key, WebElement};

use crate::page::{Page, argument};
use crate::pointer::{self, Finger, Pointer};
use crate::wait::until;

/// An element of the page, mostly a part of a briefing.
pub(crate) struct Part<'a> {
    page: &'a Page,
    element: WebElement,
    found: Found,
}

/// How an element was found: the script and its arguments, and which it was of those that the script returned.
#[derive(Clone)]
pub(crate) struct Found {
    pub(crate) script: String,
    pub(crate) arguments: Vec<Value>,
    pub(crate) index: usize,
}

impl<'a> Part<'a> {
    /// Wraps an element.
    pub(crate) fn new(page: &'a Page, element: WebElement, found: Found) -> Self {
        Self { page, element, found }
    }

    /// What is found now where it was found.
    async fn found_again(&self) -> Result<Self> {
        let Found { script, arguments, index } = self.found.clone();
        let all = self.page.elements_by(&script, arguments).await?;
        all.into_iter().nth(index).context("it is there no more")
    }

    /// It, as an argument of a script.
    pub(crate) fn argument(&self) -> Result<Value> {
        argument(&self.element)
    }

    /// Runs JavaScript on the element, which it finds in `arguments[0]`, other arguments after it.
    pub(crate) async fn script(&self, script: &str, others: Vec<Value>) -> Result<Value> {
        let mut arguments = vec![argument(&self.element)?];
        arguments.extend(others);
        self.page.script(script, arguments).await
    }

    /// Goes into the page that it frames.
    pub(crate) async fn enter(self) -> Result<()> {
        Ok(self.element.enter_frame().await?)
    }

    /// Its text as it is laid out.
    pub(crate) async fn text(&self) -> Result<String> {
        let text = self.script("return arguments[0].innerText ?? arguments[0].textContent", vec![]).await?;
        Ok(text.as_str().unwrap_or_default().trim().to_owned())
    }

    /// An attribute, if it has it.
    pub(crate) async fn attribute(&self, name: &str) -> Result<Option<String>> {
        let value = self.script("return arguments[0].getAttribute(arguments[1])", vec![json!(name)]).await?;
        Ok(value.as_str().map(str::to_owned))
    }

    /// A property, such as `open`.
    pub(crate) async fn property(&self, name: &str) -> Result<Value> {
        self.script("return arguments[0][arguments[1]] ?? null", vec![json!(name)]).await
    }

    /// A computed style, such as `color`.
    pub(crate) async fn style(&self, name: &str) -> Result<String> {
        let script = "return getComputedStyle(arguments[0]).getPropertyValue(arguments[1])";
        Ok(self.script(script, vec![json!(name)]).await?.as_str().unwrap_or_default().to_owned())
    }

    /// Where it is in the viewport.
    pub(crate) async fn area(&self) -> Result<Area> {
        // WebKitGTK measures before it zooms, but after it scrolls.
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

    /// Whether it is shown at all: not folded away, not hidden.
    pub(crate) async fn is_shown(&self) -> Result<bool> {
        let script = "return arguments[0].checkVisibility({ visibilityProperty: true })";
        Ok(self.script(script, vec![]).await? == Value::Bool(true))
    }

    /// Whether its middle is inside the viewport.
    pub(crate) async fn is_in_view(&self) -> Result<bool> {
        let script = "const { left, top, width, height } = arguments[0].getBoundingClientRect();
            const x = left + width / 2, y = top + height / 2;
            return x >= 0 && x <= innerWidth && y >= 0 && y <= innerHeight";
        Ok(self.script(script, vec![]).await? == Value::Bool(true))
    }

    /// Whether it is the focused element.
    pub(crate) async fn has_focus(&self) -> Result<bool> {
        let script = "return arguments[0].getRootNode().activeElement === arguments[0]";
        Ok(self.script(script, vec![]).await? == Value::Bool(true))
    }

    /// Waits until it is shown.
    pub(crate) async fn becomes_shown(&self) -> Result<()> {
        until("it is shown", async || {
            ensure!(self.is_shown().await?, "it is not shown");
            Ok(())
        })
        .await
    }

    /// Waits until it is not shown any more.
    pub(crate) async fn becomes_hidden(&self) -> Result<()> {
        until("it is not shown", async || {
            ensure!(!self.is_shown().await?, "it is shown");
            Ok(())
        })
        .await
    }

    /// Waits until it has the focus.
    pub(crate) async fn gets_focus(&self) -> Result<()> {
        until("it has the focus", async || {
            let focused = self.page.focused().await?;
            let script = "return arguments[0].cloneNode().outerHTML";
            ensure!(self.has_focus().await?, "the focus is on {}", focused.script(script, vec![]).await?);
            Ok(())
        })
        .await
    }

    /// Waits until its text is this, or that of what has taken its place.
    pub(crate) async fn text_becomes(&self, expected: &str) -> Result<()> {
        until(&format!("its text is {expected:?}"), async || {
            let text = match self.text().await {
                Ok(text) => text,
                Err(_) => self.found_again().await?.text().await?,
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

    /// The first element inside it that a CSS selector finds.
    pub(crate) async fn find(&self, css: &str) -> Result<Part<'a>> {
        until(&format!("it contains {css}"), async || {
            self.find_all(css).await?.into_iter().next().context("nothing")
        })
        .await
    }

    /// All elements inside it that a CSS selector finds, as they are now.
    pub(crate) async fn find_all(&self, css: &str) -> Result<Vec<Part<'a>>> {
        let script = "return [...arguments[0].querySelectorAll(arguments[1])]";
        self.page.elements_by(script, vec![argument(&self.element)?, json!(css)]).await
    }

    /// The elements that JavaScript returns a list of. It finds the element in `arguments[0]`.
    pub(crate) async fn elements(&self, script: &str) -> Result<Vec<Part<'a>>> {
        self.page.elements_by(script, vec![argument(&self.element)?]).await
    }

    /// Scrolls it into view and clicks it with the mouse, once it stands still and nothing covers it: what unfolds,
    /// or an image that comes or fails, moves what is below for a moment.
    pub(crate) async fn click(&self) -> Result<()> {
        self.stands_still().await?;
        let clicked = until("nothing covers it", async || match self.element.click().await {
            Err(error) if matches!(*error, WebDriverErrorInner::ElementClickIntercepted(_)) => {
                Err(error.into())
            }
            clicked => Ok(clicked),
        });
        Ok(clicked.await??)
    }

    /// Waits until it is where it was two frames before.
    async fn stands_still(&self) -> Result<()> {
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

    /// Scrolls it to the middle of the viewport.
    pub(crate) async fn scroll_into_view(&self) -> Result<()> {
        let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.script(script, vec![]).await.map(drop)
    }

    /// Gives it the focus, as a script would.
    pub(crate) async fn focus(&self) -> Result<()> {
        self.script("arguments[0].focus()", vec![]).await.map(drop)
    }

    /// Focuses it and presses a key.
    pub(crate) async fn press(&self, key: Key) -> Result<()> {
        self.focus().await?;
        self.page.press(key).await
    }

    /// Rests the mouse on its middle.
    pub(crate) async fn hover(&self) -> Result<()> {
        self.point(Pointer::Mouse, &[(0.5, 0.5)], false).await
    }

    /// Rests the mouse on its middle, where it is: nothing is scrolled.
    pub(crate) async fn hover_in_place(&self) -> Result<()> {
        self.hover_in_place_at((0.5, 0.5)).await
    }

    /// Rests the mouse on a place of it, a share of its width and height. Nothing is scrolled.
    pub(crate) async fn hover_in_place_at(&self, (x, y): (f64, f64)) -> Result<()> {
        let area = self.area().await?;
        let place = (area.left + area.width * x, area.top + area.height * y);
        pointer::follow(self.page.browser(), Pointer::Mouse, &[place], false).await
    }

    /// Taps its middle with a finger.
    pub(crate) async fn tap(&self) -> Result<()> {
        self.point(Pointer::Touch, &[(0.5, 0.5)], true).await
    }

    /// Rests the mouse on a place of it, a share of its width and height.
    pub(crate) async fn hover_at(&self, place: (f64, f64)) -> Result<()> {
        self.point(Pointer::Mouse, &[place], false).await
    }

    /// Presses and lets go at a place of it, a share of its width and height.
    pub(crate) async fn press_at(&self, pointer: Pointer, place: (f64, f64)) -> Result<()> {
        self.point(pointer, &[place], true).await
    }

    /// Presses at one place of it, moves to another and lets go. Places are shares of its width and
    /// height from the left and the top: `(0.5, 0.5)` is its middle.
    pub(crate) async fn drag(&self, pointer: Pointer, from: (f64, f64), to: (f64, f64)) -> Result<()> {
        const STEPS: u8 = 8;
        let path: Vec<(f64, f64)> = (0..=STEPS)
            .map(|step| f64::from(step) / f64::from(STEPS))
            .map(|share| (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share))
            .collect();
        self.point(pointer, &path, true).await
    }

    /// Has fingers do something at places of it, which are shares of its width and height, all at the same
    /// time. Nothing is scrolled.
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

    /// Moves a pointer along places of the element, pressed from the first to the last or not.
    async fn point(&self, pointer: Pointer, path: &[(f64, f64)], pressed: bool) -> Result<()> {
        self.scroll_into_view().await?;
        let area = self.area().await?;
        let path: Vec<(f64, f64)> =
            path.iter().map(|(x, y)| (area.left + area.width * x, area.top + area.height * y)).collect();
        pointer::follow(self.page.browser(), pointer, &path, pressed).await
    }
}

/// Where an element is, in CSS pixels from the viewport's top left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    /// From the left edge.
    pub(crate) left: f64,
    /// From the top edge.
    pub(crate) top: f64,
    /// How wide.
    pub(crate) width: f64,
    /// How high.
    pub(crate) height: f64,
}

impl Area {
    /// The right edge.
    pub(crate) fn right(&self) -> f64 {
        self.left + self.width
    }

    /// The bottom edge.
    pub(crate) fn bottom(&self) -> f64 {
        self.top + self.height
    }
}
