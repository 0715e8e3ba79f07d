// In which words a briefing speaks.

// The languages that have words of their own beside English, by the names of their files: those of
// src/view/words/languages.rs, as tests/words.rs holds.
const LANGUAGES =
  "ar bn cs de el es fa fr he hi id it ja ko nl pl pt ru sv th tr uk ur vi zh-Hans zh-Hant".split(" ");

// Tags of before 1989, which some systems still give.
const FORMER = { iw: "he", in: "id" };

// The file with the words of a language; nothing where English serves. The native command chooses the
// same, in `Words::file_for`, by the same table of tests: what was rendered ahead is taken over in the
// same words.
export function wordsFile(tag) {
  const [language, ...others] = tag.toLowerCase().split(/[-_.@]/);
  let file = FORMER[language] ?? language;
  // By its script, or the script of its region.
  const script = others.find((part) => /^(han[st]|tw|hk|mo)$/.test(part)) ?? "hans";
  if (file === "zh") file = script === "hans" ? "zh-Hans" : "zh-Hant";
  return LANGUAGES.find((known) => known === file);
}
