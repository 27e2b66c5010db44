//! Walks the templates as a letter would and finds every name, part and word that does not exist.
//!
//! Rendering sample data alone would stop at the first unknown name, miss those in branches the sample does not take,
//! and accept `{{#if misspelt}}`, which strict mode counts as false. So the names are looked up in the shape of a full
//! letter instead, along all branches, and each part is looked at in every place it is called from.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use handlebars::Template;
use handlebars::template::{DecoratorTemplate, HelperTemplate, Parameter, TemplateElement};
use serde_json::Value;

use super::messages;
use crate::diagnostic::{Message, Place, Problem, SourceFile};
use crate::text::Span;

/// The words of the engine that templates may use.
const WORDS: [&str; 4] = ["if", "unless", "each", "with"];
/// Those that compare and answer yes or no, used in round brackets.
const COMPARISONS: [&str; 10] = ["eq", "ne", "gt", "gte", "lt", "lte", "and", "or", "not", "len"];
/// What a loop knows about itself.
const LOOP_NAMES: [&str; 4] = ["@first", "@last", "@index", "@key"];

/// A template with the text it was read from.
#[derive(Clone, Copy)]
pub struct Readable<'t> {
    /// For places.
    pub file: &'t Arc<SourceFile>,
    /// For names.
    pub template: &'t Template,
}

/// Looks for unknown names.
pub struct Walker<'t> {
    parts: &'t BTreeMap<String, Readable<'t>>,
    problems: Vec<Problem>,
    used: BTreeSet<String>,
    seen: BTreeSet<(String, String)>,
    calls: Vec<String>,
}

impl<'t> Walker<'t> {
    /// A walker that knows these parts, by the names templates call them by.
    pub fn new(parts: &'t BTreeMap<String, Readable<'t>>) -> Self {
        Self { parts, problems: Vec::new(), used: BTreeSet::new(), seen: BTreeSet::new(), calls: Vec::new() }
    }

    /// Walks one template that is given data of this shape.
    pub fn walk(&mut self, root: Readable<'t>, shape: &Value) {
        let mut scopes = vec![shape.clone()];
        self.template(root, root.template, 0, &mut scopes);
    }

    /// What was found, and the parts that were called.
    pub fn finish(self) -> (Vec<Problem>, BTreeSet<String>) {
        (self.problems, self.used)
    }

    fn template(&mut self, within: Readable<'t>, template: &'t Template, outer: usize, scopes: &mut Vec<Value>) {
        for (index, element) in template.elements.iter().enumerate() {
            // The engine keeps no place for the branches of `else if`; there the place of the block has to do.
            let at = template.mapping.get(index).map_or(outer, |mapping| offset(within.file, mapping.0, mapping.1));
            match element {
                TemplateElement::RawString(_) | TemplateElement::Comment(_) => {}
                TemplateElement::Expression(expression) => self.expression(within, expression, at, scopes),
                TemplateElement::HtmlExpression(_) => self.tell(&messages::RAW_OUTPUT, within, "{{", at, |told| told),
                TemplateElement::HelperBlock(block) => self.block(within, block, at, scopes),
                TemplateElement::PartialExpression(call) => self.part(within, call, at, scopes),
                _ => self.tell(&messages::UNSUPPORTED, within, "{{", at, |told| told),
            }
        }
    }

    fn expression(&mut self, within: Readable<'t>, expression: &HelperTemplate, at: usize, scopes: &[Value]) {
        if expression.params.is_empty() && expression.hash.is_empty() {
            if let Some(Value::Array(_) | Value::Object(_)) = self.parameter(within, &expression.name, at, scopes) {
                let name = expression.name.as_name().unwrap_or_default();
                self.tell(&messages::NOT_TEXT, within, name, at, |told| told.with("name", name));
            }
        } else {
            self.comparison(within, expression, at, scopes);
        }
    }

    fn comparison(&mut self, within: Readable<'t>, expression: &HelperTemplate, at: usize, scopes: &[Value]) {
        let name = expression.name.as_name().unwrap_or_default();
        if !COMPARISONS.contains(&name) {
            self.unknown_word(within, name, at, &COMPARISONS);
        }
        for parameter in &expression.params {
            self.parameter(within, parameter, at, scopes);
        }
    }

    fn block(&mut self, within: Readable<'t>, block: &'t HelperTemplate, at: usize, scopes: &mut Vec<Value>) {
        let word = block.name.as_name().unwrap_or_default();
        if !WORDS.contains(&word) {
            return self.unknown_word(within, word, at, &WORDS);
        }
        if block.block_param.is_some() {
            return self.tell(&messages::UNSUPPORTED, within, "{{", at, |told| told);
        }
        let Some(parameter) = block.params.first() else {
            return self.tell(&messages::SYNTAX, within, "{{", at, |told| told);
        };
        let value = self.parameter(within, parameter, at, scopes);
        let inner = match (word, value) {
            ("each", Some(Value::Array(elements))) => elements.into_iter().next(),
            ("each", Some(_)) => {
                let name = parameter.as_name().unwrap_or_default();
                return self.tell(&messages::NOT_A_LIST, within, name, at, |told| told.with("name", name));
            }
            ("with", value) => value,
            // Nothing is known about the inside of a loop over an unknown name: one problem is enough.
            ("each", None) => None,
            _ => scopes.last().cloned(),
        };
        if let (Some(body), Some(inner)) = (&block.template, inner) {
            let pushed = matches!(word, "each" | "with");
            if pushed {
                scopes.push(inner);
            }
            self.template(within, body, at, scopes);
            if pushed {
                scopes.pop();
            }
        }
        if let Some(otherwise) = &block.inverse {
            self.template(within, otherwise, at, scopes);
        }
    }

    fn part(&mut self, within: Readable<'t>, call: &'t DecoratorTemplate, at: usize, scopes: &mut Vec<Value>) {
        let Some(name) = call.name.as_name() else {
            return self.tell(&messages::UNSUPPORTED, within, "{{", at, |told| told);
        };
        let parts = self.parts;
        let Some(part) = parts.get(name).copied() else {
            let known = parts.keys().map(String::as_str).collect::<Vec<_>>();
            return self.tell(&messages::UNKNOWN_PART, within, name, at, |told| {
                told.with("name", name).with("known", known.join(", ")).did_you_mean(name, known)
            });
        };
        self.used.insert(name.to_owned());
        if self.calls.iter().any(|caller| caller == name) {
            let path = self.calls.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join(" → ");
            return self
                .tell(&messages::CALLS_ITSELF, within, name, at, |told| told.with("name", name).with("path", path));
        }
        let given = match call.params.first() {
            Some(parameter) => self.parameter(within, parameter, at, scopes),
            None => scopes.last().cloned(),
        };
        let Some(mut scope) = given else { return };
        let mut extra: Vec<_> = call.hash.iter().collect();
        extra.sort_by_key(|(key, _)| key.as_str());
        for (key, parameter) in extra {
            let value = self.parameter(within, parameter, at, scopes).unwrap_or_default();
            if let Value::Object(fields) = &mut scope {
                fields.insert(key.clone(), value);
            }
        }
        scopes.push(scope);
        if self.seen.insert((name.to_owned(), Value::Array(scopes.clone()).to_string())) {
            self.calls.push(name.to_owned());
            self.template(part, part.template, 0, scopes);
            self.calls.pop();
        }
        scopes.pop();
    }

    /// The shape of what a parameter names; none, and a problem, where there is no such name.
    fn parameter(&mut self, within: Readable<'t>, parameter: &Parameter, at: usize, scopes: &[Value]) -> Option<Value> {
        match parameter {
            Parameter::Literal(value) => Some(value.clone()),
            Parameter::Subexpression(inner) => {
                match inner.as_element() {
                    TemplateElement::Expression(expression) if expression.params.is_empty() => {
                        return self.parameter(within, &expression.name, at, scopes);
                    }
                    TemplateElement::Expression(expression) => self.comparison(within, expression, at, scopes),
                    _ => {}
                }
                Some(Value::Bool(true))
            }
            _ => {
                let raw = parameter.as_name().unwrap_or_default();
                let found = resolve(raw, scopes);
                if found.is_none() {
                    self.unknown_name(within, raw, at, scopes);
                }
                found
            }
        }
    }

    fn unknown_name(&mut self, within: Readable<'t>, raw: &str, at: usize, scopes: &[Value]) {
        let outside = (1..scopes.len()).find(|up| resolve(&format!("{}{raw}", "../".repeat(*up)), scopes).is_some());
        if outside.is_some() && !raw.starts_with("../") {
            let path = match resolve(&format!("@root.{raw}"), scopes) {
                Some(_) => format!("@root.{raw}"),
                None => format!("{}{raw}", "../".repeat(outside.unwrap_or(1))),
            };
            return self.tell(&messages::OUTER_NAME, within, raw, at, |told| told.with("name", raw).with("path", path));
        }
        // The part of the path that exists decides which names are possible for the rest of it.
        let (base, last) = raw.rsplit_once(['.', '/']).unwrap_or(("this", raw));
        let shape = resolve(base, scopes).or_else(|| scopes.last().cloned()).unwrap_or_default();
        let known: Vec<&str> =
            shape.as_object().map(|fields| fields.keys().map(String::as_str).collect()).unwrap_or_default();
        self.tell(&messages::UNKNOWN_NAME, within, raw, at, |told| {
            let listed = if known.is_empty() { "{{this}}".to_owned() } else { known.join(", ") };
            told.with("name", raw).with("known", listed).did_you_mean(last, known.iter().copied())
        });
    }

    fn unknown_word(&mut self, within: Readable<'t>, word: &str, at: usize, known: &[&'static str]) {
        self.tell(&messages::UNKNOWN_WORD, within, word, at, |told| {
            told.with("name", word).with("known", known.join(", ")).did_you_mean(word, known.iter().copied())
        });
    }

    fn tell(
        &mut self,
        message: &'static Message,
        within: Readable<'_>,
        what: &str,
        at: usize,
        fill: impl FnOnce(Problem) -> Problem,
    ) {
        let span = locate(within.file.text(), what, at);
        self.problems.push(fill(Problem::new(message)).at(&Place { file: Arc::clone(within.file), span }));
    }
}

/// The shape of a value: as in JSON, but every list has one element that has all the fields any element had.
pub fn shape(value: &Value) -> Value {
    match value {
        Value::Array(elements) => Value::Array(elements.iter().map(shape).reduce(merged).into_iter().collect()),
        Value::Object(fields) => Value::Object(fields.iter().map(|(key, field)| (key.clone(), shape(field))).collect()),
        other => other.clone(),
    }
}

fn merged(left: Value, right: Value) -> Value {
    match (left, right) {
        (Value::Object(mut left), Value::Object(right)) => {
            for (key, value) in right {
                let field = left.entry(key).or_insert(Value::Null);
                *field = merged(field.take(), value);
            }
            Value::Object(left)
        }
        (Value::Array(left), Value::Array(right)) => {
            Value::Array(left.into_iter().chain(right).reduce(merged).into_iter().collect())
        }
        (Value::Null, other) => other,
        (other, _) => other,
    }
}

fn resolve(raw: &str, scopes: &[Value]) -> Option<Value> {
    let mut rest = raw;
    let mut level = scopes.len().checked_sub(1)?;
    if let Some(below) = rest.strip_prefix("@root") {
        level = 0;
        rest = below.strip_prefix(['.', '/']).unwrap_or(below);
    } else if rest.starts_with('@') {
        return LOOP_NAMES.contains(&rest).then_some(Value::Bool(true));
    }
    while let Some(above) = rest.strip_prefix("..") {
        level = level.checked_sub(1)?;
        rest = above.strip_prefix('/').unwrap_or(above);
    }
    let mut value = scopes.get(level)?;
    for key in rest.split(['.', '/']).filter(|key| !key.is_empty() && *key != "this") {
        value = match value {
            Value::Object(fields) => fields.get(key.trim_matches(['[', ']']))?,
            _ => return None,
        };
    }
    Some(value.clone())
}

/// The byte of a line and column, both from 1, the column in characters.
pub fn offset(file: &SourceFile, line: usize, column: usize) -> usize {
    let start: usize = file.text().split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = file.text().get(start..).unwrap_or_default();
    start + rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>()
}

/// Where `what` stands as a word of its own at or after `from`; `from` itself where it does not.
fn locate(text: &str, what: &str, from: usize) -> Span {
    let rest = text.get(from..).unwrap_or_default();
    let letter = |character: Option<char>| character.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    rest.match_indices(what)
        .find(|(at, _)| {
            what == "{{"
                || !letter(rest.get(..*at).and_then(|before| before.chars().next_back()))
                    && !letter(rest.get(at + what.len()..).and_then(|after| after.chars().next()))
        })
        .map_or(Span::new(from, from), |(at, _)| Span::new(from + at, from + at + what.len()))
}
