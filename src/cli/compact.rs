/// Returns the same JSON without whitespace between values, in a form that is safe inside a
/// `script` element: no text in it can begin a tag or end the element.
pub(super) fn compact(json: &str) -> String {
    let mut compact = String::with_capacity(json.len());
    let (mut is_text, mut is_escaped) = (false, false);
    for character in json.trim_start_matches('\u{FEFF}').chars() {
        if !is_text && matches!(character, ' ' | '\t' | '\n' | '\r') {
            continue;
        }
        if character == '"' && !is_escaped {
            is_text = !is_text;
        }
        is_escaped = character == '\\' && !is_escaped;
        match character {
            '<' => compact.push_str("\\u003c"),
            '\u{2028}' => compact.push_str("\\u2028"),
            '\u{2029}' => compact.push_str("\\u2029"),
            other => compact.push(other),
        }
    }
    compact
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compact_json_is_equivalent_and_safe_in_a_script() {
        let json = "\u{FEFF}{ \"a b\" : [ 1, \"</script><!-- \\\" {  }\" ],\r\n\t\"\\\\\" : \"\u{2028}\" }";
        let compact = compact(json);
        assert_eq!(compact, r#"{"a b":[1,"\u003c/script>\u003c!-- \" {  }"],"\\":"\u2028"}"#);
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
        assert_eq!(value(&compact), value(json.trim_start_matches('\u{FEFF}')));
    }
}
