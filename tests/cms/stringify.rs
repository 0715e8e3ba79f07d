use news_briefing::article::Json;

/// Writes JSON as `JSON.stringify` does.
pub(crate) fn stringify(json: &Json) -> String {
    match json {
        Json::Null | Json::TooMuch => "null".to_owned(),
        Json::Bool(flag) => flag.to_string(),
        Json::Number(number) => number.to_string(),
        Json::Text(text) => serde_json::to_string(text).expect("a text can be written"),
        Json::List(items) => format!("[{}]", items.iter().map(stringify).collect::<Vec<_>>().join(",")),
        Json::Object(members) => {
            let member = |(name, value): &(String, Json)| format!("\"{name}\":{}", stringify(value));
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
        }
    }
}
