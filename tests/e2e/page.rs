//! The page under test: opening it, finding the parts of its briefings, pressing keys, taking
//! screenshots.

use std::cell::RefCell;
use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};
use miniz_oxide::inflate::decompress_to_vec_zlib;
use serde_json::{Value, json};
use thirtyfour::action_chain::ActionChain;
use thirtyfour::common::print::PrintParameters;
use thirtyfour::{Key, TypingData, WebElement, WindowHandle};

use crate::axe;
use crate::browser::Browser;
use crate::engine::Engine;
use crate::part::{Locator, Part};
use crate::pointer;
use crate::server::Site;
use crate::setup::Setup;
use crate::wait::until;
use crate::watch::RecordedEvent;

/// A page in its own tab, with its own server.
pub(crate) struct Page {
    browser: Browser,
    setup: Setup,
    site: Site,
    /// The path prefix of this scenario's screenshots.
    pictures: PathBuf,
    complaints: RefCell<Vec<String>>,
    expected: RefCell<Vec<String>>,
}

/// Returns whether the publisher's files are served from another origin than its pages, as with a
/// content delivery network. The default is yes in Firefox only; an environment variable overrides
/// it. Every scenario passes either way.
fn files_are_elsewhere(engine: Engine) -> bool {
    match std::env::var("NEWS_BRIEFING_FILES").as_deref() {
        Ok("elsewhere") => true,
        Ok("beside") => false,
        _ => engine == Engine::Firefox,
    }
}

impl Page {
    /// Starts the browser and the server of a scenario.
    pub(crate) async fn start(scenario: &str, engine: Engine, setup: &Setup) -> Result<Self> {
        let folder = std::env::var_os("NEWS_BRIEFING_SCREENSHOTS")
            .map_or_else(|| PathBuf::from("target/screenshots"), PathBuf::from)
            .join(engine.to_string());
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(Self {
            site: Site::start(files_are_elsewhere(engine)).await?,
            browser: Browser::take(engine, setup).await?,
            setup: setup.clone(),
            pictures: folder.join(file_name(scenario)),
            complaints: RefCell::default(),
            expected: RefCell::default(),
        })
    }

    /// Ends the scenario: it passes if its result is `Ok` and the page raised no unexpected
    /// complaint.
    pub(crate) async fn end(self, result: Result<()>) -> Result<()> {
        let collected = self.collect_complaints().await;
        let complaints = self.unexpected_complaints();
        let result = result.and(collected).and_then(|()| {
            ensure!(complaints.is_empty(), "the page complained");
            Ok(())
        });
        let Err(mut error) = result else {
            self.browser.release_to_idle(&self.setup);
            return Ok(());
        };
        if !complaints.is_empty() {
            error = error.context(format!("complaints of the page:\n  {}", complaints.join("\n  ")));
        }
        if let Ok(picture) = self.picture("failed").await {
            error = error.context(format!("the page as it was: {}", picture.display()));
        }
        Err(error)
    }

    /// Returns the complaints collected so far that the scenario did not expect.
    fn unexpected_complaints(&self) -> Vec<String> {
        let expected = self.expected.borrow();
        let is_expected = |complaint: &&String| expected.iter().any(|text| complaint.contains(text.as_str()));
        self.complaints.borrow().iter().filter(|complaint| !is_expected(complaint)).cloned().collect()
    }

    /// Declares a complaint as expected: complaints that contain this text do not fail the
    /// scenario.
    pub(crate) fn expect_complaint(&self, text: &str) {
        self.expected.borrow_mut().push(text.to_owned());
    }

    /// Returns the complaints so far, expected or not.
    pub(crate) async fn complaints(&self) -> Result<Vec<String>> {
        self.collect_complaints().await?;
        Ok(self.complaints.borrow().clone())
    }

    async fn collect_complaints(&self) -> Result<()> {
        let in_page = self.script("return window.underTest?.complaints() ?? []", vec![]).await?;
        let mut complaints: Vec<String> = serde_json::from_value(in_page)?;
        complaints.extend(self.site.take_complaints());
        complaints.extend(self.browser.take_complaints().await?);
        self.complaints.borrow_mut().extend(complaints);
        Ok(())
    }

    /// Returns the server, to add pages and files and to inspect its requests.
    pub(crate) fn site(&self) -> &Site {
        &self.site
    }

    /// Opens a path of the site, such as `/?only=seed`, and waits until it has loaded.
    pub(crate) async fn open(&self, path: &str) -> Result<()> {
        self.open_url(&self.site.url(path)).await
    }

    /// Opens an absolute URL, such as a page of another site.
    pub(crate) async fn open_url(&self, url: &str) -> Result<()> {
        self.collect_complaints().await?;
        self.browser.driver.goto(url).await.with_context(|| format!("cannot open {url}"))?;
        self.browser.lay_out().await
    }

    /// Reloads the page.
    pub(crate) async fn reload(&self) -> Result<()> {
        self.collect_complaints().await?;
        self.browser.driver.refresh().await?;
        self.browser.lay_out().await
    }

    /// Enters a frame: later calls look at and script the document inside it.
    pub(crate) async fn enter(&self, frame: &str) -> Result<()> {
        self.collect_complaints().await?;
        let frame = self.element(frame).await?;
        frame.enter().await
    }

    /// Leaves all frames and returns to the top-level page.
    pub(crate) async fn leave(&self) -> Result<()> {
        self.collect_complaints().await?;
        Ok(self.browser.driver.enter_default_frame().await?)
    }

    /// Opens another window (not a tab, so that every driver shows it) and switches to it. Returns
    /// the previous window.
    pub(crate) async fn open_window(&self, setup: &Setup) -> Result<WindowHandle> {
        let driver = &self.browser.driver;
        let (before, new) = (driver.window().await?, driver.new_window().await?);
        self.go_to_window(new).await?;
        self.set_up(setup).await?;
        Ok(before)
    }

    /// Switches to another window: later calls look at and script its page.
    pub(crate) async fn go_to_window(&self, window: WindowHandle) -> Result<()> {
        self.collect_complaints().await?;
        Ok(self.browser.driver.switch_to_window(window).await?)
    }

    /// Returns the address in the address bar without the server's origin: `/?only=seed#top`.
    pub(crate) async fn address(&self) -> Result<String> {
        let url = self.browser.driver.current_url().await?;
        Ok(url.as_str().strip_prefix(&self.site.url("")).unwrap_or(url.as_str()).to_owned())
    }

    /// Returns the first briefing of the page, which is the one that `?only=` keeps.
    pub(crate) fn briefing(&self) -> Briefing<'_> {
        self.briefing_at("news-briefing")
    }

    /// Returns the briefing that matches a CSS selector, such as `#seed`.
    pub(crate) fn briefing_at(&self, selector: &str) -> Briefing<'_> {
        Briefing { page: self, selector: selector.to_owned() }
    }

    /// Waits for the first element in the host page, outside of briefings, that matches a CSS
    /// selector.
    pub(crate) async fn element(&self, selector: &str) -> Result<Part<'_>> {
        until(&format!("the page has {selector}"), async || {
            let found = self
                .elements_by("return [...document.querySelectorAll(arguments[0])]", vec![json!(selector)]);
            found.await?.into_iter().next().context("nothing")
        })
        .await
    }

    /// Runs JavaScript in the page. The script reads its inputs from `arguments`.
    pub(crate) async fn script(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let answer = self.browser.driver.execute(script, arguments).await;
        Ok(answer.with_context(|| format!("in the script {script}"))?.json().clone())
    }

    /// Runs asynchronous JavaScript, which returns its result by calling the last of its
    /// `arguments`.
    pub(crate) async fn script_later(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let answer = self.browser.driver.execute_async(script, arguments).await;
        Ok(answer.with_context(|| format!("in the script {script}"))?.json().clone())
    }

    /// Runs JavaScript that returns a list of elements.
    pub(crate) async fn elements_by(&self, script: &str, arguments: Vec<Value>) -> Result<Vec<Part<'_>>> {
        let elements = self.browser.driver.execute(script, arguments.clone()).await?.elements()?;
        let locator = |index| Locator { script: script.to_owned(), arguments: arguments.clone(), index };
        let parts = elements.into_iter().enumerate();
        Ok(parts.map(|(index, element)| Part::new(self, element, locator(index))).collect())
    }

    /// Returns the focused element, looking into any shadow roots.
    pub(crate) async fn focused(&self) -> Result<Part<'_>> {
        let script = "let element = document.activeElement;
            while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
            return element === null ? [] : [element]";
        self.elements_by(script, vec![]).await?.into_iter().next().context("nothing has the focus")
    }

    /// Presses and releases a key, or types a text, wherever the focus is.
    pub(crate) async fn press(&self, keys: impl Into<TypingData>) -> Result<()> {
        Ok(self.keyboard().send_keys(keys).perform().await?)
    }

    /// Presses a key while another is held down, such as `Key::Shift` and `Key::Tab`.
    pub(crate) async fn press_with(&self, held: Key, key: impl Into<TypingData>) -> Result<()> {
        Ok(self.keyboard().key_down(held.clone()).send_keys(key).key_up(held).perform().await?)
    }

    fn keyboard(&self) -> ActionChain {
        self.browser.driver.action_chain()
    }

    /// Returns the browser, for raw pointer actions.
    pub(crate) fn browser(&self) -> &Browser {
        &self.browser
    }

    /// Turns the mouse wheel over the middle of the viewport, down by this number of pixels.
    pub(crate) async fn turn_wheel(&self, down: i32) -> Result<()> {
        let size = self.script("return [innerWidth, innerHeight]", vec![]).await?;
        let (width, height): (f64, f64) = serde_json::from_value(size)?;
        pointer::turn_wheel(&self.browser, (width / 2.0, height / 2.0), down).await
    }

    /// Changes the reader's device and preferences while the page is open.
    pub(crate) async fn set_up(&self, setup: &Setup) -> Result<()> {
        self.browser.set_up(setup).await
    }

    /// Returns the briefings' events that have reached the window so far, in order, including
    /// `timeupdate` and `briefing-progress`.
    pub(crate) async fn events(&self) -> Result<Vec<RecordedEvent>> {
        let events = self.script("return window.underTest.events()", vec![]).await?;
        Ok(events.as_array().into_iter().flatten().map(RecordedEvent::from_json).collect())
    }

    /// Waits for an event of any briefing, and returns its first occurrence.
    pub(crate) async fn wait_for_event(&self, name: &str) -> Result<RecordedEvent> {
        until(&format!("{name} is dispatched"), async || {
            let events = self.events().await?;
            let names: Vec<_> = events.iter().map(|event| event.name.clone()).collect();
            events
                .into_iter()
                .find(|event| event.name == name)
                .with_context(|| format!("dispatched so far: {names:?}"))
        })
        .await
    }

    /// Saves a screenshot of the viewport and returns its path: `<engine>/<scenario>-<name>.png`.
    pub(crate) async fn picture(&self, name: &str) -> Result<PathBuf> {
        let mut path = self.pictures.clone().into_os_string();
        path.push(format!("-{}.png", file_name(name)));
        let path = PathBuf::from(path);
        self.browser.driver.screenshot(&path).await?;
        Ok(path)
    }

    /// Prints the page to a PDF file beside the screenshots, and returns its number of pages.
    pub(crate) async fn print(&self, name: &str) -> Result<usize> {
        let paper = self.browser.driver.print_page(PrintParameters::default()).await?;
        let mut path = self.pictures.clone().into_os_string();
        path.push(format!("-{}.pdf", file_name(name)));
        std::fs::write(&path, &paper)?;
        Ok(count_pages(&paper))
    }

    /// Fails if axe finds a violation in the page in its current state.
    pub(crate) async fn is_accessible(&self) -> Result<()> {
        let before = self.complaints().await?.len();
        let findings = axe::findings(self).await?;
        // Discard complaints that axe itself caused in the page.
        self.collect_complaints().await?;
        self.complaints.borrow_mut().truncate(before);
        if findings.is_empty() {
            return Ok(());
        }
        bail!("axe found {} faults:\n{}", findings.len(), findings.join("\n"))
    }
}

/// A briefing on the page. Its parts are searched for in its shadow root.
pub(crate) struct Briefing<'a> {
    page: &'a Page,
    selector: String,
}

impl<'a> Briefing<'a> {
    /// Waits for the first part with this name, such as `play-button`.
    pub(crate) async fn part(&self, name: &str) -> Result<Part<'a>> {
        self.nth_part(name, 0).await
    }

    /// Waits for the part with this name and this zero-based index.
    pub(crate) async fn nth_part(&self, name: &str, index: usize) -> Result<Part<'a>> {
        until(&format!("{} has the part {name}[{index}]", self.selector), async || {
            let parts = self.parts(name).await?;
            let count = parts.len();
            parts.into_iter().nth(index).with_context(|| format!("{count} of them"))
        })
        .await
    }

    /// Returns all parts with this name, without waiting.
    pub(crate) async fn parts(&self, name: &str) -> Result<Vec<Part<'a>>> {
        self.find_all(&format!("[part~='{name}']")).await
    }

    /// Waits for the first element that matches a CSS selector.
    pub(crate) async fn find(&self, css: &str) -> Result<Part<'a>> {
        until(&format!("{} has {css}", self.selector), async || {
            self.find_all(css).await?.into_iter().next().context("nothing")
        })
        .await
    }

    /// Returns all elements that match a CSS selector, without waiting.
    pub(crate) async fn find_all(&self, css: &str) -> Result<Vec<Part<'a>>> {
        let script = "const root = document.querySelector(arguments[0])?.shadowRoot;
            return root ? [...root.querySelectorAll(arguments[1])] : []";
        self.page.elements_by(script, vec![json!(self.selector), json!(css)]).await
    }

    /// Waits until no part has this name.
    pub(crate) async fn has_no(&self, name: &str) -> Result<()> {
        until(&format!("{} has no part {name}", self.selector), async || {
            let count = self.parts(name).await?.len();
            ensure!(count == 0, "{count} of them");
            Ok(())
        })
        .await
    }

    /// Waits for a visible link, button or other control with this accessible name.
    pub(crate) async fn named(&self, name: &str) -> Result<Part<'a>> {
        until(&format!("{} has a control named {name:?}", self.selector), async || {
            self.all_named(name).await?.into_iter().next().context("nothing")
        })
        .await
    }

    /// Returns all visible links, buttons and other controls with this accessible name, without
    /// waiting.
    pub(crate) async fn all_named(&self, name: &str) -> Result<Vec<Part<'a>>> {
        let script = "const [selector, name] = arguments;
            const nameOf = (control) => (control.ariaLabel ?? control.innerText).replace(/\\s+/g, ' ').trim();
            const root = document.querySelector(selector)?.shadowRoot;
            return [...root?.querySelectorAll('a, button, select, summary, [role=slider]') ?? []]
                .filter((control) => control.checkVisibility({ visibilityProperty: true }) && nameOf(control) === name)";
        self.page.elements_by(script, vec![json!(self.selector), json!(name)]).await
    }

    /// Returns the host element.
    pub(crate) async fn element(&self) -> Result<Part<'a>> {
        self.page.element(&self.selector).await
    }

    /// Returns the page that contains the briefing.
    pub(crate) fn page(&self) -> &'a Page {
        self.page
    }

    /// Returns a property of the host element, such as `currentTime`.
    pub(crate) async fn property(&self, name: &str) -> Result<Value> {
        let script = "return document.querySelector(arguments[0])[arguments[1]] ?? null";
        self.page.script(script, vec![json!(self.selector), json!(name)]).await
    }

    /// Sets a property of the host element.
    pub(crate) async fn set(&self, name: &str, value: Value) -> Result<()> {
        let script = "document.querySelector(arguments[0])[arguments[1]] = arguments[2]";
        self.page.script(script, vec![json!(self.selector), json!(name), value]).await.map(drop)
    }

    /// Sets an attribute of the host element.
    pub(crate) async fn set_attribute(&self, name: &str, value: &str) -> Result<()> {
        let script = "document.querySelector(arguments[0]).setAttribute(arguments[1], arguments[2])";
        self.page.script(script, vec![json!(self.selector), json!(name), json!(value)]).await.map(drop)
    }

    /// Calls a method of the host element, such as `play`.
    pub(crate) async fn call(&self, name: &str, arguments: Vec<Value>) -> Result<Value> {
        let script = "return document.querySelector(arguments[0])[arguments[1]](...arguments[2])";
        self.page.script(script, vec![json!(self.selector), json!(name), Value::Array(arguments)]).await
    }
}

/// Converts an element to a script argument.
pub(crate) fn argument(element: &WebElement) -> Result<Value> {
    Ok(element.to_json()?)
}

/// Counts the pages of a PDF file. Firefox compresses the objects that describe them.
fn count_pages(pdf: &[u8]) -> usize {
    let at = |text: &[u8], in_: &[u8]| {
        in_.windows(text.len())
            .enumerate()
            .filter(|(_, window)| *window == text)
            .map(|(at, _)| at)
            .collect::<Vec<_>>()
    };
    let packed =
        at(b"stream\n", pdf).into_iter().filter_map(|at| decompress_to_vec_zlib(pdf.get(at + 7..)?).ok());
    let all = packed.fold(pdf.to_vec(), |all, unpacked| [all, unpacked].concat());
    at(b"/Type /Page", &all).len() - at(b"/Type /Pages", &all).len()
}

/// Converts a text to a part of a file name.
fn file_name(text: &str) -> String {
    let mut name = String::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(&word.to_lowercase());
    }
    name
}
