// A language with what its tag leaves unsaid: `zh-Hant` is that of Taiwan, `cmn` is `zh`. Some systems write
// `en_US`. Nothing for what is no language.
export function localeOf(tag) {
  try {
    return new Intl.Locale(tag.replaceAll("_", "-")).maximize();
  } catch {}
}
