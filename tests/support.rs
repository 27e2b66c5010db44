//! What several tests need: the program, the project's folders, documents made up on the spot.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use med_digest::diagnostic::{Language, Problem};
use med_digest::digest::{
    Audience, AudienceId, Built, FollowWords, MeetingHints, MeetingTopics, ScoredMeeting, Sections, build, follow,
};
use med_digest::intake;
use med_digest::language::lexicon::Lexicon;
use med_digest::language::persons::Names;
use med_digest::minutes::{self, Dialect, EntryId, EntryKind, ItemNumber, Minutes, Participant};
use med_digest::rules::{self, Hints, ItemContext, RuleSet, ScoredMinutes, SentenceContext, score_minutes};
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

/// Copies a folder with what is below it.
fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&target).expect("a folder");
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// What is wrong, each in a line.
fn codes(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| problem.to_terminal(Language::English)).collect()
}

/// The shipped rules for two audiences.
pub struct House {
    pub rules: RuleSet,
    pub audiences: Vec<Audience>,
    pub lexicon: Lexicon,
    pub names: Names,
    follow: FollowWords,
}

impl House {
    pub fn open() -> Self {
        Self::open_with("")
    }

    /// With a rule file more than the shipped ones.
    pub fn open_with(more: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        copy(&root().join("rules"), folder.path());
        if !more.is_empty() {
            std::fs::write(folder.path().join("flere.toml"), more).expect("a rule file");
        }
        let audience = |id: &str, words| Audience {
            id: AudienceId(id.into()),
            label: id.into(),
            words,
            least_score: 3,
            sections: Sections::default(),
            both_sides: true,
        };
        let all = Sections { requests: true, tasks: true, open: true };
        let audiences =
            vec![audience("medarbejdere", 200), Audience { sections: all, ..audience("tillidsvalgte", 400) }];
        let names: Vec<String> = audiences.iter().map(|audience| audience.id.0.clone()).collect();
        let mut problems = Vec::new();
        let rules = rules::load(folder.path(), &names, &mut problems);
        assert!(problems.is_empty(), "{:?}", codes(&problems));
        let lexicon = Lexicon::shipped();
        let follow = FollowWords::load(Path::new(""), &lexicon.inflection, &mut problems);
        Self {
            rules: rules.expect("rules"),
            audiences,
            lexicon,
            names: Names::load(&root().join("rules"), &mut Vec::new()),
            follow,
        }
    }

    pub fn build(&self, minutes: &Minutes, audience: &Audience) -> Built {
        let topics = MeetingTopics::new(minutes, &self.lexicon);
        let hints = MeetingHints::new(minutes, &self.names, &topics);
        let sentences = score_minutes(&self.rules, minutes, &hints);
        let scored = ScoredMeeting { sentences, topics, hints };
        let mut built = build(minutes, &self.rules, &scored, audience);
        follow(&mut built.digest, minutes, &self.rules, &scored, audience, &self.follow);
        built
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

    /// The traces of all sentences.
    pub fn scored(&self, minutes: &Minutes) -> ScoredMinutes {
        let topics = MeetingTopics::new(minutes, &self.lexicon);
        score_minutes(&self.rules, minutes, &MeetingHints::new(minutes, &self.names, &topics))
    }

    /// The score of one sentence.
    pub fn score(&self, minutes: &Minutes, audience: &str, id: med_digest::minutes::EntryId) -> i32 {
        let topics = MeetingTopics::new(minutes, &self.lexicon);
        let hints = MeetingHints::new(minutes, &self.names, &topics);
        let scored = score_minutes(&self.rules, minutes, &hints);
        let place = self.rules.audience(audience).expect("a known audience");
        scored.trace(id).map_or(i32::MIN, |trace| trace.total(place))
    }

    /// What kind of statement a sentence is, by its name in letters.
    pub fn statement(&self, minutes: &Minutes, id: med_digest::minutes::EntryId) -> Option<String> {
        let topics = MeetingTopics::new(minutes, &self.lexicon);
        let hints = MeetingHints::new(minutes, &self.names, &topics);
        let scored = score_minutes(&self.rules, minutes, &hints);
        let statement = scored.trace(id)?.statement?;
        serde_json::to_value(statement).ok()?.as_str().map(str::to_owned)
    }
}

/// Runs a claim over every line of a list of examples. Every third one is held out: the words were made without a look at
/// it, so it says what the others cannot, and only the share `least` of those need be right.
pub fn held_out(list: &str, least: f64, wrong: impl Fn(&str) -> Option<String>) {
    let lines = list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let (mut seen, mut unseen, mut total) = (Vec::new(), Vec::new(), 0_usize);
    for (index, line) in lines.enumerate() {
        let out = index % 3 == 2;
        total += usize::from(out);
        if let Some(fault) = wrong(line) {
            if out { unseen.push(fault) } else { seen.push(fault) }
        }
    }
    eprintln!("held out: {} of {total} right", total - unseen.len());
    assert!(seen.is_empty(), "{}\n(and {} held out)", seen.join("\n"), unseen.len());
    let share = (total - unseen.len()) as f64 / total as f64;
    assert!(share >= least, "held out, right {share:.2}:\n{}", unseen.join("\n"));
}
