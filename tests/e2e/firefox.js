// Runs in the window of Firefox itself and sets up its page: the size of the viewport, which may be
// smaller than any window, and what Firefox tells the page of the reader's device and preferences.
const [{ width, height, dark, reducedMotion, forcedColors, print, touch }] = arguments;

const page = gBrowser.selectedBrowser;
for (const [name, value] of Object.entries({ width, height })) {
  for (const property of [name, `min-${name}`, `max-${name}`]) page.style.setProperty(property, `${value}px`);
}

Object.assign(page.browsingContext, {
  mediumOverride: print ? "print" : "",
  prefersColorSchemeOverride: dark ? "dark" : "light",
  prefersReducedMotionOverride: reducedMotion ? "reduce" : "no-preference",
  forcedColorsOverride: forcedColors ? "active" : "none",
  touchEventsOverride: touch ? "enabled" : "none",
});

// Scroll bars of a touch screen take no room.
Services.prefs.setIntPref("ui.useOverlayScrollbars", touch ? 1 : 0);

// A machine without a screen has neither mouse nor finger: 1 is a coarse pointer, 2 a fine one, 4 hovers.
const pointer = touch ? 1 : 2 | 4;
for (const which of ["primary", "all"]) Services.prefs.setIntPref(`ui.${which}PointerCapabilities`, pointer);
