//! Labelled minutes: what readers want to know, sentence by sentence.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::minutes::ItemNumber;

/// One marked sentence.
#[derive(Clone, Debug)]
pub struct Label {
    /// Its item.
    pub item: ItemNumber,
    /// Its text as the readers saw it.
    pub text: String,
    /// Mean grade of each audience, 0 to 2.
    pub grades: BTreeMap<String, f64>,
    /// A reader marked it as private.
    pub private: bool,
}

#[derive(Deserialize)]
struct Row {
    item: u32,
    text: String,
    #[serde(default)]
    private: bool,
    #[serde(flatten)]
    rest: BTreeMap<String, serde_json::Value>,
}

/// Reads labels: one JSON object a line.
///
/// # Errors
/// The number of the first line that is no label, from 1, with the reason.
pub fn read(text: &str) -> Result<Vec<Label>, (usize, serde_json::Error)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            let row: Row = serde_json::from_str(line).map_err(|error| (number + 1, error))?;
            let grades = row.rest.into_iter().filter_map(|(name, value)| Some((name, value.as_f64()?))).collect();
            Ok(Label { item: ItemNumber(row.item), text: row.text, grades, private: row.private })
        })
        .collect()
}

/// A story and where it belongs, as readers see it.
#[derive(Clone, Debug, Deserialize)]
pub struct StoryLabel {
    /// Its words.
    pub story: String,
    /// The items it belongs to.
    pub items: Vec<ItemNumber>,
    /// The sentences that tell it best.
    pub best_sentences: Vec<String>,
}

/// How sentences of labels and minutes are compared: links reduced to their words, white space and emphasis folded,
/// lower case, no full stop at the end.
#[must_use]
pub fn key(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('[') {
        plain.push_str(before);
        match from.split_once("](").and_then(|(words, after)| Some((words, after.split_once(')')?.1))) {
            Some((words, after)) if !words.contains(']') => {
                plain.push_str(words);
                rest = after;
            }
            _ => {
                plain.push('[');
                rest = from;
            }
        }
    }
    plain.push_str(rest);
    let words: Vec<&str> =
        plain.split(|c: char| c.is_whitespace() || c == '*').filter(|word| !word.is_empty()).collect();
    words.join(" ").trim_end_matches('.').to_lowercase()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_minutes_meet_in_the_same_key() {
        assert_eq!(key("Se  *notatet* ([link](#)). "), "se notatet (link)");
        assert_eq!(key("Se notatet (link)."), "se notatet (link)");
        assert_eq!(key("[sic] og"), "[sic] og");
    }

    #[test]
    fn a_line_that_is_no_label_is_named() {
        assert_eq!(read("{\"item\":1,\"text\":\"a\",\"m\":1.5}\nno").unwrap_err().0, 2);
        let labels = read("{\"item\":1,\"text\":\"a\",\"m\":1.5,\"private\":true}\n").unwrap();
        assert!(labels.first().is_some_and(|label| label.private && label.grades.get("m") == Some(&1.5)));
    }
}
