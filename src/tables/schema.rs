//! JSON Schema out of a [`Form`], so that editors complete keys and show what they are for.
//!
//! Draft 7, which all TOML plug-ins of editors understand.

use serde_json::{Map, Value as Json, json};

use super::form::{Form, Key, Value};

/// The schema of a file of this form.
#[must_use]
pub fn schema(title: &str, form: &Form) -> Json {
    let mut all = Map::new();
    all.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    all.insert("title".to_owned(), json!(title));
    all.extend(table(form));
    Json::Object(all)
}

fn table(form: &Form) -> Map<String, Json> {
    let properties: Map<String, Json> = form.keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let required: Vec<&str> = form.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let each = |names: &[&str]| names.iter().map(|name| json!({ "required": [name] })).collect::<Vec<_>>();
    let mut all = Map::new();
    all.insert("type".to_owned(), json!("object"));
    all.insert("description".to_owned(), json!(form.help));
    all.insert("properties".to_owned(), Json::Object(properties));
    all.insert("additionalProperties".to_owned(), json!(false));
    if !required.is_empty() {
        all.insert("required".to_owned(), json!(required));
    }
    if !form.one_of.is_empty() {
        all.insert("oneOf".to_owned(), json!(each(form.one_of)));
    }
    if !form.some_of.is_empty() {
        all.insert("anyOf".to_owned(), json!(each(form.some_of)));
    }
    all
}

fn property(key: &Key) -> Json {
    let mut schema = value(&key.value, key.required);
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), json!(key.help));
    }
    schema
}

fn value(value: &Value, required: bool) -> Json {
    let list_of = |one: &Json| json!({ "anyOf": [one, { "type": "array", "items": one }] });
    let text = || json!({ "type": "string" });
    match value {
        Value::Text if required => json!({ "type": "string", "minLength": 1 }),
        Value::Text => text(),
        Value::Texts => list_of(&text()),
        Value::Number { least, most } => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Value::YesNo => json!({ "type": "boolean" }),
        Value::YesOrTexts => json!({ "anyOf": [{ "type": "boolean" }, list_of(&text())] }),
        Value::Choice(names) => json!({ "type": "string", "enum": names() }),
        Value::Choices(names) => list_of(&json!({ "type": "string", "enum": names() })),
        Value::Table(form) => Json::Object(table(form)),
        Value::Tables(form) => json!({ "type": "array", "items": table(form) }),
        Value::TextsOr(form) => {
            let (text, table) = (text(), Json::Object(table(form)));
            json!({ "anyOf": [text, table, { "type": "array", "items": { "anyOf": [text, table] } }] })
        }
        Value::NumberForEach { least, most } => {
            let number = json!({ "type": "integer", "minimum": least, "maximum": most });
            json!({ "anyOf": [number, { "type": "object", "additionalProperties": number }] })
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    static INNER: Form = Form::new("Indre.", &[Key::required("name", Value::Text, "Navnet.")]);
    static OUTER: Form = Form {
        help: "Ydre.",
        keys: &[
            Key::new("count", Value::Number { least: 1, most: 5 }, "Antallet."),
            Key::new("kind", Value::Choice(|| vec!["a", "b"]), "Slagsen."),
            Key::new("inner", Value::Tables(&INNER), "Flere."),
        ],
        one_of: &["count", "kind"],
        some_of: &[],
    };

    #[test]
    fn a_schema_has_keys_types_choices_bounds_and_help() {
        let schema = schema("Prøve", &OUTER);
        assert_eq!(
            schema["properties"]["count"],
            json!({ "type": "integer", "minimum": 1, "maximum": 5, "description": "Antallet." })
        );
        assert_eq!(schema["properties"]["kind"]["enum"], json!(["a", "b"]));
        assert_eq!(schema["properties"]["inner"]["items"]["required"], json!(["name"]));
        assert_eq!(schema["properties"]["inner"]["items"]["additionalProperties"], json!(false));
        assert_eq!(schema["oneOf"], json!([{ "required": ["count"] }, { "required": ["kind"] }]));
    }
}
