//! Key points within the text: a heading that announces them, in any language of the interface, and the list
//! below it.

use super::Parsers;
use super::html::letters;
use crate::article::{Article, Block, BlockKind, KeyPoint, ListItem, RichText};

/// The usual headings of key points, one entry per language with `|` between the headings. Punctuation and
/// case are ignored.
const HEADINGS: [&str; 26] = [
    // ar
    "أبرز النقاط|أهم النقاط|النقاط الرئيسية|خلاصة|باختصار",
    // bn
    "মূল বিষয়|মূল বিষয়গুলি|মূল পয়েন্ট|সংক্ষেপে",
    // cs
    "hlavní body|klíčové body|to nejdůležitější|stručně|ve zkratce",
    // de
    "das wichtigste|das wichtigste in kürze|auf einen blick|in kürze|kurz gefasst|kernpunkte|\
     die wichtigsten punkte|das wichtigste im überblick|kurz und knapp",
    // el
    "τα βασικά σημεία|βασικά σημεία|τα κυριότερα σημεία|με λίγα λόγια|συνοπτικά",
    // en
    "at a glance|highlights|in brief|in short|key facts|key findings|key point|key points|key takeaway|\
     key takeaways|main points|main takeaways|quick read|summary points|takeaway|takeaways|the gist|\
     the key points|the key takeaways|the short version|things to know|tl;dr|top takeaways|what to know|\
     what you need to know|what we know",
    // es
    "las claves|claves|puntos clave|ideas clave|lo esencial|en resumen|en breve|lo más importante|\
     puntos principales",
    // fa
    "نکته‌های اصلی|نکات کلیدی|نکات مهم|به طور خلاصه",
    // fr
    "l’essentiel|l'essentiel|à retenir|points clés|les points clés|ce qu’il faut retenir|\
     ce qu'il faut retenir|en bref|en résumé|ce qu’il faut savoir|ce qu'il faut savoir",
    // he
    "עיקרי הדברים|נקודות עיקריות|בקצרה|תקציר",
    // hi
    "मुख्य बातें|मुख्य बिंदु|संक्षेप में|खास बातें",
    // id
    "poin utama|poin penting|intisari|ringkasan|singkatnya",
    // it
    "i punti chiave|punti chiave|in breve|in sintesi|l’essenziale|l'essenziale|da sapere",
    // ja
    "要点|ポイント|この記事のポイント|まとめ|3行まとめ",
    // ko
    "핵심 내용|핵심 요약|핵심|요점|한눈에 보기|세 줄 요약",
    // nl
    "de kern|in het kort|belangrijkste punten|kernpunten|samengevat",
    // pl
    "najważniejsze|najważniejsze informacje|w skrócie|kluczowe informacje|kluczowe wnioski",
    // pt
    "pontos principais|pontos-chave|em resumo|o essencial|destaques|principais pontos",
    // ru
    "главное|кратко|ключевые моменты|основные выводы|коротко|что важно знать",
    // sv
    "i korthet|kort om|det viktigaste|huvudpunkter|sammanfattning",
    // th
    "ประเด็นสำคัญ|ใจความสำคัญ|สรุป|สรุปสั้น ๆ",
    // tr
    "öne çıkanlar|özetle|kısaca|önemli noktalar|ana noktalar",
    // uk
    "головне|коротко|ключові моменти|стисло",
    // ur
    "اہم نکات|خلاصہ|مختصراً",
    // vi
    "những điểm chính|điểm chính|tóm tắt|ý chính",
    // zh
    "要点|重点|核心要点|本文要点|关键要点|摘要|重點|本文重點|關鍵要點",
];

/// Moves the key points out of the text, unless the article has others.
pub(super) fn extract_key_points(article: &mut Article, parsers: &dyn Parsers) {
    if !article.key_points.is_empty() {
        return;
    }
    let is_list =
        |place: usize| article.body.get(place).is_some_and(|block| matches!(block.kind, BlockKind::List(_)));
    let mut blocks = article.body.iter().enumerate();
    let place = blocks.find(|(place, block)| is_list(place + 1) && announces_key_points(block, parsers));
    let place = place.map(|(place, _)| place);
    let Some(place) = place else { return };
    // The list exists: `is_list` has checked for it.
    for block in article.body.drain(place..=place + 1) {
        if let BlockKind::List(list) = block.kind {
            article.key_points = list.items.into_iter().filter_map(key_point).collect();
        }
    }
}

/// Returns whether a block announces key points.
pub(super) fn announces_key_points(block: &Block, parsers: &dyn Parsers) -> bool {
    heading(block).is_some_and(|text| is_heading(&text.plain_text(), parsers))
}

/// Returns the key point for a list item; the nested items become its detail, which readers can unfold.
pub(super) fn key_point(item: ListItem) -> Option<KeyPoint> {
    let mut detail = Vec::new();
    push_all(item.items, &mut detail);
    let text = if item.text.is_empty() { detail.drain(..1.min(detail.len())).next()? } else { item.text };
    Some(KeyPoint { text, detail, ..KeyPoint::default() })
}

fn push_all(items: Vec<ListItem>, texts: &mut Vec<RichText>) {
    for item in items {
        if !item.text.is_empty() {
            texts.push(item.text);
        }
        push_all(item.items, texts);
    }
}

/// Returns the text of a block that may be the heading of a list: a heading, or a paragraph.
fn heading(block: &Block) -> Option<&RichText> {
    match &block.kind {
        BlockKind::Heading(heading) => Some(&heading.text),
        BlockKind::Paragraph(paragraph) => Some(&paragraph.text),
        _ => None,
    }
}

/// Returns whether a heading announces key points.
fn is_heading(text: &str, parsers: &dyn Parsers) -> bool {
    // More bytes than any of the headings has.
    const LONGEST: usize = 120;
    if text.len() > LONGEST {
        return false;
    }
    let text = letters(text, parsers);
    // `HEADINGS` is in lower case already.
    let is_same = |heading: &str| heading.chars().filter(|c| c.is_alphanumeric()).eq(text.chars());
    !text.is_empty() && HEADINGS.iter().any(|heading| heading.split('|').any(is_same))
}

#[cfg(all(test, feature = "native"))]
mod tests {
    fn is_heading(text: &str) -> bool {
        super::is_heading(text, &crate::cms::NativeParsers)
    }

    #[test]
    fn key_point_headings_match_ignoring_case_and_punctuation() {
        for text in ["Key Takeaways:", "TL;DR", "📌 In brief", "L’ESSENTIEL", "Главное", "要点："]
        {
            assert!(is_heading(text), "{text}");
        }
        for text in ["", "…", "Key players", "In brief: what happened"] {
            assert!(!is_heading(text), "{text}");
        }
    }

    /// Every language's own interface string for key points is a known heading.
    #[test]
    #[allow(clippy::unwrap_used)]
    fn key_point_headings_of_all_interface_languages_are_known() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/view/words");
        let mut count = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|end| end == "json") {
                let json: crate::article::Json =
                    serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
                let words = json.get("key_points").as_text().unwrap().to_owned();
                assert!(is_heading(&words), "{}: {words}", path.display());
                count += 1;
            }
        }
        assert!(count >= 26, "{count}");
    }
}
