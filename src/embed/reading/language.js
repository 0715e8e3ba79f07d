// Chooses the language of the interface strings.

// The languages that have interface strings of their own besides English, by the names of their files: those
// of src/view/words/languages.rs, as tests/words.rs verifies.
const LANGUAGES =
  "ar bn cs de el es fa fr he hi id it ja ko nl pl pt ru sv th tr uk ur vi zh-Hans zh-Hant".split(" ");

// Language codes from before 1989, which some systems still use.
const FORMER = { iw: "he", in: "id" };

// Returns the name of the file with the interface strings of a language; undefined if English is used. The
// native command chooses the same file in `Words::file_for`, verified by the same table of tests: a
// prerendered briefing is hydrated with the same strings.
export function wordsFile(tag) {
  const [language, ...others] = tag.toLowerCase().split(/[-_.@]/);
  let file = FORMER[language] ?? language;
  // Chosen by the script subtag, or by the script of the region. A single letter begins an extension.
  const script = others.find((part) => /^(.|han[st]|tw|hk|mo)$/.test(part));
  if (file === "zh") file = /hant|tw|hk|mo/.test(script) ? "zh-Hant" : "zh-Hans";
  return LANGUAGES.find((known) => known === file);
}
