//! The shape of rule files: every key of every table, with its place, and all that is wrong with it at once.
//!
//! Names are not resolved here: a file is read before the others are known.

mod example;
pub(super) mod form;
mod kind;
mod value;

use std::path::{Path, PathBuf};

use super::messages;
use super::model::{Effect, Example, Half, Reach, Scope, Statement, Voice};
use crate::diagnostic::{Place, Problem};
use crate::language::lexicon::{WordList, read_list};
use crate::minutes::Outcome;
use crate::tables::{Located, Node, Reader, Table};

pub(super) use self::kind::RawKind;
use self::value::{weights, withhold};

/// A file, its names unresolved.
#[derive(Debug, Default)]
pub(super) struct RawFile {
    pub rules: Vec<RawRule>,
    pub groups: Vec<RawGroup>,
    pub lists: Vec<WordList>,
    pub path: PathBuf,
    /// Whether something in it could not be read, so that what seems to be missing may stand there.
    pub broken: bool,
    /// Whether a rule, a group or a list in it has an id that could not be read.
    pub nameless: bool,
}

/// A group as written.
#[derive(Debug)]
pub(super) struct RawGroup {
    pub id: Located<String>,
    pub label: String,
    pub cap: Option<i32>,
    pub floor: Option<i32>,
}

/// A rule as written.
#[derive(Debug)]
pub(super) struct RawRule {
    pub id: Located<String>,
    pub label: String,
    pub group: Option<Located<String>>,
    /// None where nothing usable is written.
    pub kind: Option<RawKind>,
    pub unless: Vec<RawException>,
    pub condition: RawCondition,
    pub scope: Scope,
    pub effect: Effect,
    pub max_hits: u32,
    pub trial: bool,
    pub enabled: bool,
    pub rare: bool,
    pub essential: bool,
    pub instead_of: Vec<Located<String>>,
    pub hits: Vec<Example>,
    pub misses: Vec<Example>,
    pub place: Place,
}

/// An exception as written.
#[derive(Debug)]
pub(super) struct RawException {
    pub phrase: Located<String>,
    pub reach: Reach,
}

/// `where` as written.
#[derive(Debug, Default)]
pub(super) struct RawCondition {
    pub item: Vec<Located<String>>,
    pub subheading: Vec<Located<String>>,
    pub committee: Vec<Located<String>>,
    pub outcome: Vec<Outcome>,
    pub stories: Option<bool>,
}

/// Names of outcomes in rule files, the same as in the JSON of `digest parse`.
pub(super) static OUTCOMES: [(&str, Outcome); 9] = [
    ("postponed", Outcome::Postponed),
    ("withdrawn", Outcome::Withdrawn),
    ("referred", Outcome::Referred),
    ("rejected", Outcome::Rejected),
    ("recommended", Outcome::Recommended),
    ("approved", Outcome::Approved),
    ("noted", Outcome::Noted),
    ("discussed", Outcome::Discussed),
    ("none", Outcome::None),
];

static REACHES: [(&str, Reach); 3] =
    [("match", Reach::Match), ("clause", Reach::Clause), ("sentence", Reach::Sentence)];
static SCOPES: [(&str, Scope); 2] = [("sentence", Scope::Sentence), ("unit", Scope::Unit)];

/// Reads the tables of one file.
pub(super) fn read_file(path: &Path, table: &Table, audiences: &[String], problems: &mut Vec<Problem>) -> RawFile {
    let mut reader = Reader::of(&form::FILE, table, problems);
    let (rules, groups, lists) = (reader.tables("rule"), reader.tables("group"), reader.tables("list"));
    reader.finish();
    let all: Vec<&Table> = rules.iter().chain(&groups).chain(&lists).copied().collect();
    let broken = table.broken || all.iter().any(|table| table.broken);
    let nameless = table.broken || all.iter().any(|table| table.broken && table.get("id").is_none());
    let rules = rules.into_iter().filter_map(|rule| read_rule(rule, audiences, problems)).collect();
    let groups = groups.into_iter().filter_map(|group| read_group(group, problems)).collect();
    let lists = lists.into_iter().filter_map(|list| read_word_list(list, problems)).collect();
    RawFile { rules, groups, lists, path: path.to_path_buf(), broken, nameless }
}

fn read_word_list(table: &Table, problems: &mut Vec<Problem>) -> Option<WordList> {
    let list = read_list(table, problems)?;
    check_id(&list.id, problems);
    if let (true, Some(node)) = (list.phrases.is_empty(), table.get("phrases")) {
        problems.push(Problem::new(&messages::EMPTY_LIST).with("key", "phrases").at(node.place()));
    }
    Some(list)
}

fn read_group(table: &Table, problems: &mut Vec<Problem>) -> Option<RawGroup> {
    let mut reader = Reader::of(&form::GROUP, table, problems);
    let id = reader.required_string("id").cloned();
    let label = reader.required_string("label").map(|label| label.value.clone()).unwrap_or_default();
    let (cap, floor) = (reader.number("cap"), reader.number("floor"));
    reader.finish();
    if let (Some(cap), Some(floor)) = (&cap, &floor)
        && floor.value > cap.value
    {
        problems.push(Problem::new(&messages::FLOOR_ABOVE_CAP).at(&floor.place));
    }
    let id = id?;
    check_id(&id, problems);
    let bound = |located: Option<Located<i64>>| located.and_then(|located| i32::try_from(located.value).ok());
    Some(RawGroup { id, label, cap: bound(cap), floor: bound(floor) })
}

fn read_rule(table: &Table, audiences: &[String], problems: &mut Vec<Problem>) -> Option<RawRule> {
    let mut reader = Reader::of(&form::RULE, table, problems);
    let id = reader.required_string("id").cloned();
    let label = reader.required_string("label").map(|label| label.value.clone()).unwrap_or_default();
    let group = reader.string("group").cloned();
    let kind = kind::read(&mut reader);
    let unless = read_exceptions(&mut reader);
    let condition = read_condition(&mut reader);
    let scope = reader.choice("scope", &SCOPES).unwrap_or_default();
    let effect = read_effect(&mut reader, audiences);
    let max_hits = reader.number("max_hits");
    let mut flag = |key| reader.boolean(key).map(|located| located.value);
    let (trial, enabled) = (flag("trial").unwrap_or(false), flag("enabled").unwrap_or(true));
    let rare = flag("rare").unwrap_or(false);
    // Why it is rare is what the next reader asks.
    if rare {
        reader.require("note");
    }
    let essential = reader.boolean("essential").is_some_and(|located| located.value);
    // Who has no points for it has no letter it could be missing from.
    if essential {
        reader.require("weight");
    }
    let instead_of = reader.strings("instead_of");
    let hits = example::read(&mut reader, "hits");
    let misses = example::read(&mut reader, "misses");
    let _ = reader.string("note");
    reader.finish();
    let id = id?;
    check_id(&id, problems);
    Some(RawRule {
        id,
        label,
        group,
        kind,
        unless,
        condition,
        scope,
        effect,
        max_hits: max_hits.and_then(|located| u32::try_from(located.value).ok()).unwrap_or(1),
        trial,
        enabled,
        rare,
        essential,
        instead_of,
        hits,
        misses,
        place: table.place.clone(),
    })
}

fn read_exceptions(reader: &mut Reader<'_, '_>) -> Vec<RawException> {
    let nodes: Vec<&Node> = match reader.node("unless") {
        None => Vec::new(),
        Some(Node::Array(array)) => array.value.iter().collect(),
        Some(single) => vec![single],
    };
    let mut found = Vec::new();
    for node in nodes {
        match node {
            Node::String(phrase) => found.push(RawException { phrase: phrase.clone(), reach: Reach::default() }),
            Node::Table(table) => {
                let mut inner = Reader::of(&form::EXCEPTION, table, reader.problems);
                let phrase = inner.required_string("phrase").cloned();
                let reach = inner.choice("reach", &REACHES).unwrap_or_default();
                inner.finish();
                found.extend(phrase.map(|phrase| RawException { phrase, reach }));
            }
            other => reader.problems.push(
                Problem::new(&messages::ENTRY_TYPE)
                    .with("key", "unless")
                    .with("expected_da", "en liste af tekster eller { phrase = \"…\", reach = \"clause\" }")
                    .with("expected_en", "a list of texts or of { phrase = \"…\", reach = \"clause\" }")
                    .at(other.place()),
            ),
        }
    }
    found
}

fn read_condition(reader: &mut Reader<'_, '_>) -> RawCondition {
    let Some(table) = reader.table_of("where") else { return RawCondition::default() };
    let mut inner = Reader::of(&form::CONDITION, table, reader.problems);
    let (item, subheading, committee) =
        (inner.strings("item"), inner.strings("subheading"), inner.strings("committee"));
    let outcome = inner.choices("outcome", &OUTCOMES);
    let stories = inner.boolean("stories").map(|located| located.value);
    inner.finish();
    RawCondition { item, subheading, committee, outcome, stories }
}

/// What the rule does: one of the keys of [`form::EFFECTS`].
fn read_effect(reader: &mut Reader<'_, '_>, audiences: &[String]) -> Effect {
    let mut chosen: Option<(&'static str, Effect)> = None;
    let flags = [
        ("leans", Effect::Leans),
        ("restricts", Effect::Restricts),
        ("qualifies", Effect::Qualifies),
        ("promises", Effect::Promises),
        ("limits", Effect::Limits),
        ("hidden", Effect::Part),
    ];
    let side = |key: &'static str, half: Half, reader: &mut Reader<'_, '_>| {
        reader.string(key).map(|name| (key, Effect::Side { contrast: name.value.clone(), half }))
    };
    let sides = [side("one_side", Half::One, reader), side("other_side", Half::Other, reader)];
    let statement = reader.choice("statement", &Statement::ALL).map(|kind| ("statement", Effect::Statement(kind)));
    let voice = reader.choice("voice", &Voice::ALL).map(|voice| ("voice", Effect::Voice(voice)));
    let weight = weights(reader, audiences);
    let withhold = withhold(reader, audiences);
    let mut take = |key: &'static str, effect: Effect, reader: &mut Reader<'_, '_>| match &chosen {
        None => chosen = Some((key, effect)),
        Some((first, _)) => {
            if let Some(node) = reader.node(key) {
                let problem = Problem::new(&messages::EFFECT_CONFLICT).with("first", *first).with("key", key);
                reader.problems.push(problem.at(node.place()));
            }
        }
    };
    if let Some(weights) = weight {
        take("weight", Effect::Weight(weights), reader);
    }
    if let Some(from) = withhold {
        take("withhold", Effect::Withhold(from), reader);
    }
    for (key, effect) in flags {
        if reader.boolean(key).is_some_and(|located| located.value) {
            take(key, effect, reader);
        }
    }
    for (key, effect) in sides.into_iter().flatten().chain(statement).chain(voice) {
        take(key, effect, reader);
    }
    chosen.map_or_else(
        || {
            if !form::EFFECTS.iter().any(|key| reader.is_misspelt(key)) {
                reader.missing(Problem::new(&messages::WEIGHT_MISSING));
            }
            Effect::Part
        },
        |(_, effect)| effect,
    )
}

/// Ids are what people type in commands and other rules: small letters, digits, hyphens.
fn check_id(id: &Located<String>, problems: &mut Vec<Problem>) {
    let good = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_digit() || (c.is_alphabetic() && c.is_lowercase()))
    };
    if !id.value.split('-').all(good) {
        problems.push(Problem::new(&messages::BAD_ID).with("id", &id.value).at(&id.place));
    }
}
