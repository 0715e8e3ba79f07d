// Runs in the chrome context of Firefox and sets up its page: the size of the viewport, which may be
// smaller than any window, and the emulated device and preferences of the reader.
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

// Scroll bars take no space on a touch screen.
Services.prefs.setIntPref("ui.useOverlayScrollbars", touch ? 1 : 0);

// A headless machine has neither mouse nor finger. The flags: 1 is a coarse pointer, 2 a fine one, 4 can
// hover.
const pointer = touch ? 1 : 2 | 4;
for (const which of ["primary", "all"]) Services.prefs.setIntPref(`ui.${which}PointerCapabilities`, pointer);
