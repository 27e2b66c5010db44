//! What several tests need: the program, the project's folders, documents made up on the spot.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use med_digest::diagnostic::{Language, Problem};
use med_digest::digest::{Audience, AudienceId, Built, MeetingHints, MeetingTopics, ScoredMeeting, build};
use med_digest::intake;
use med_digest::language::lexicon::Lexicon;
use med_digest::language::persons::Names;
use med_digest::minutes::{self, Dialect, EntryId, EntryKind, ItemNumber, Minutes, Participant};
use med_digest::rules::{self, Hints, ItemContext, RuleSet, SentenceContext, score_minutes};
use med_digest::text::sentences::WordClasses;

/// The project's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of real minutes, where it lies beside the project; says loudly when it does not.
pub fn shared(folder: &str) -> Option<PathBuf> {
    let path = root().join("../shared").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("SKIPPED: {} is not there, so nothing is tested against real minutes", path.display());
    None
}

/// Runs the program in the project's root.
pub fn digest(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_digest")).args(arguments).current_dir(root()).output().expect("the program runs")
}

/// Its standard output, when it ended well.
pub fn stdout(arguments: &[&str]) -> String {
    let output = digest(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Its standard output as JSON, one value a line.
pub fn json(arguments: &[&str]) -> Vec<serde_json::Value> {
    stdout(arguments).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// The shipped dialect and word classes, read once for all tests.
pub fn shipped() -> &'static (Dialect, WordClasses) {
    static SHIPPED: LazyLock<(Dialect, WordClasses)> = LazyLock::new(|| (Dialect::shipped(), WordClasses::shipped()));
    &SHIPPED
}

/// Minutes from a text, as the library reads them.
pub fn minutes_of(text: &str) -> Minutes {
    let (dialect, classes) = shipped();
    let document = intake::read_bytes(Path::new("prøve.txt"), text.as_bytes(), dialect).expect("a document");
    minutes::parse(&document, dialect, classes, &[])
}

/// What is wrong, each in a line.
fn codes(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| problem.to_terminal(Language::English)).collect()
}

/// The shipped rules for two audiences.
pub struct House {
    pub rules: RuleSet,
    pub audiences: Vec<Audience>,
    lexicon: Lexicon,
    names: Names,
}

impl House {
    pub fn open() -> Self {
        let audience =
            |id: &str, words| Audience { id: AudienceId(id.into()), label: id.into(), words, least_score: 3 };
        let audiences = vec![audience("medarbejdere", 200), audience("tillidsvalgte", 400)];
        let names: Vec<String> = audiences.iter().map(|audience| audience.id.0.clone()).collect();
        let mut problems = Vec::new();
        let rules = rules::load(&root().join("rules"), &names, &mut problems);
        assert!(problems.is_empty(), "{:?}", codes(&problems));
        Self {
            rules: rules.expect("rules"),
            audiences,
            lexicon: Lexicon::shipped(),
            names: Names::load(&root().join("rules"), &mut Vec::new()),
        }
    }

    pub fn build(&self, minutes: &Minutes, audience: &Audience) -> Built {
        let topics = MeetingTopics::new(minutes, &self.lexicon.inflection);
        let hints = MeetingHints::new(minutes, &self.names, &topics);
        let sentences = score_minutes(&self.rules, minutes, &hints);
        build(minutes, &self.rules, &ScoredMeeting { sentences, topics, hints }, audience)
    }

    /// The labels of the privacy rules that keep a sentence out of the letter of an audience, in a meeting of these
    /// participants.
    pub fn withheld(&self, text: &str, participants: &[&str], audience: &str) -> Vec<String> {
        let mut minutes =
            minutes_of("REFERAT HovedMED den 3. marts 2026\n\nPunkt 1: Status\n\nBeslutning\n\nDrøftet.\n");
        minutes.participants =
            participants.iter().map(|name| Participant { name: (*name).to_owned(), role: None }).collect();
        let hints = MeetingHints::new(&minutes, &self.names, &MeetingTopics::default());
        let sentence = SentenceContext {
            id: EntryId { item: ItemNumber(1), index: 0 },
            text: text.to_owned(),
            kind: EntryKind::Sentence,
            subheading: None,
            paragraph: 0,
            position: 1,
            count: 1,
            people: hints.people(text),
            story_match: 0,
        };
        let place = self.rules.audience(audience).expect("a known audience");
        let item = ItemContext { title: "Status".into(), ..ItemContext::default() };
        let traces = self.rules.score(&item, &[sentence], &hints);
        let rules = traces[0].withheld_from(&self.rules, place);
        rules.into_iter().filter_map(|rule| self.rules.rule(rule)).map(|rule| rule.id.clone()).collect()
    }

    /// The score of one sentence.
    pub fn score(&self, minutes: &Minutes, audience: &str, id: med_digest::minutes::EntryId) -> i32 {
        let topics = MeetingTopics::new(minutes, &self.lexicon.inflection);
        let hints = MeetingHints::new(minutes, &self.names, &topics);
        let scored = score_minutes(&self.rules, minutes, &hints);
        let place = self.rules.audience(audience).expect("a known audience");
        scored.trace(id).map_or(i32::MIN, |trace| trace.total(place))
    }
}
