// Returns the locale of a language tag with its likely subtags: `zh-Hant` becomes that of Taiwan, `cmn`
// becomes `zh`. Some systems write `en_US`. Returns undefined for an invalid tag.
export function localeOf(tag) {
  try {
    return new Intl.Locale(tag.replaceAll("_", "-")).maximize();
  } catch {}
}
