//! Everything from a file to a letter, loaded once: configuration, dialect, words, rules, templates.
//!
//! Daemon and commands go the same way through it, so that what a preview shows is what is mailed. It lies with the daemon
//! because the command line may use the daemon and not the other way round.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::reasons::WITHHELD;
use crate::config::Config;
use crate::diagnostic::{self, Language, Problem};
use crate::digest::{
    Agenda, Audience, Built, Correction, Digest, FollowWords, MeetingHints, MeetingTopics, Memory, ScoredMeeting,
    agenda, build_after, fit_open, follow, is_private, is_private_heading,
};
use crate::intake::{self, IntakeError};
use crate::language::lexicon::Lexicon;
use crate::language::persons::Names;
use crate::minutes::{self, CommitteeNames, Dialect, EarlierMinutes, EarlierWording, Minutes};
use crate::render::{Letter, Notices, RenderError, Templates};
use crate::rules::{self, RuleSet, score_minutes};
use crate::tables;
use crate::text::sentences::{WordClasses, sentences};
use crate::text::stem::Inflection;

/// The parts that reading minutes takes. They work without any configuration: then everything is as shipped.
#[derive(Debug)]
pub struct Reading {
    dialect: Dialect,
    classes: WordClasses,
    committees: Vec<CommitteeNames>,
    max_bytes: u64,
    language: Language,
}

impl Reading {
    /// Loads them from `rules`, else from the configured folder, else from `rules/`; problems are added to `problems`.
    pub fn with(config: Option<&Config>, rules: Option<&Path>, problems: &mut Vec<Problem>) -> Self {
        let folder = rules.map(Path::to_path_buf).or_else(|| config.map(|config| config.rules.clone()));
        let folder = folder.unwrap_or_else(|| PathBuf::from("rules"));
        Self {
            dialect: Dialect::load(&folder, problems),
            classes: classes(&folder, problems),
            committees: config.map(Config::committee_names).unwrap_or_default(),
            max_bytes: config.map_or(100_000_000, |config| config.max_bytes),
            language: config.map(|config| config.language).unwrap_or_default(),
        }
    }

    /// Reads one file of minutes.
    ///
    /// # Errors
    /// Whatever keeps the file from being a document.
    pub fn minutes(&self, path: &Path) -> Result<Minutes, IntakeError> {
        self.minutes_of(path, &intake::bytes(path, self.max_bytes)?)
    }

    /// The same for bytes already read; `path` is only their name.
    ///
    /// # Errors
    /// Whatever keeps the bytes from being a document.
    pub fn minutes_of(&self, path: &Path, bytes: &[u8]) -> Result<Minutes, IntakeError> {
        let document = intake::read_bytes(path, bytes, &self.dialect)?;
        Ok(minutes::parse(&document, &self.dialect, &self.classes, &self.committees))
    }

    /// The language in which doubts about a reading are told.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The word classes, for splitting any text.
    #[must_use]
    pub fn classes(&self) -> &WordClasses {
        &self.classes
    }

    /// The largest file that is read, in bytes.
    #[must_use]
    pub fn max_bytes(&self) -> u64 {
        self.max_bytes
    }
}

/// `sprog/saetninger.toml` below the rules folder, or the shipped one where it is not there.
pub(crate) fn classes(rules: &Path, problems: &mut Vec<Problem>) -> WordClasses {
    let path = rules.join("sprog").join("saetninger.toml");
    if !path.exists() {
        return WordClasses::shipped();
    }
    tables::read_file(&path, problems).map(|table| WordClasses::from_table(&table, problems)).unwrap_or_default()
}

/// What a part loads, with the problems it has.
fn collected<T>(load: impl FnOnce(&mut Vec<Problem>) -> T) -> (T, Vec<Problem>) {
    let mut problems = Vec::new();
    let loaded = load(&mut problems);
    (loaded, problems)
}

/// Runs the examples of all rules through the real splitter and matcher; what is wrong is added to `problems`.
pub(crate) fn check_examples(rules: &RuleSet, classes: &WordClasses, names: &Names, problems: &mut Vec<Problem>) {
    let split = |text: &str| sentences(text, classes).collect();
    rules.check_examples(&split, &MeetingHints::without_meeting(names), problems);
}

/// Everything from minutes to letters.
#[derive(Debug)]
pub struct Workspace {
    /// The configuration.
    pub config: Config,
    /// From file to minutes.
    pub reading: Reading,
    /// The rules.
    pub rules: RuleSet,
    /// The templates.
    pub templates: Templates,
    /// The templates of notices.
    pub notices: Notices,
    lexicon: Lexicon,
    names: Names,
    follow: FollowWords,
    /// Read when it is first needed: a preview, which has to be quick, never asks.
    earlier: OnceLock<EarlierWording>,
}

impl Workspace {
    /// Loads it all; problems of every part are added to `problems`, and with an error among them there is none.
    ///
    /// Rules, templates and dialect know nothing of each other and are most of the time that a preview takes, so each is
    /// loaded on a thread of its own. Their problems are joined in a fixed order.
    pub fn load(config: Config, problems: &mut Vec<Problem>) -> Option<Self> {
        let audiences = config.audience_names();
        let (reading, rules, templates, notices, lexicon, names, follow) = std::thread::scope(|scope| {
            let rules = scope.spawn(|| collected(|problems| rules::load(&config.rules, &audiences, problems)));
            let templates = scope.spawn(|| collected(|problems| Templates::load(&config.templates, problems)));
            let reading = Reading::with(Some(&config), None, problems);
            // The rules have told what is wrong with the lexicon.
            let lexicon = Lexicon::load(&config.rules, &mut Vec::new());
            let names = Names::load(&config.rules, problems);
            let notices = Notices::load(&config.templates, problems);
            let follow = FollowWords::load(&config.rules, &lexicon.inflection, problems);
            let rules = rules.join().ok().and_then(|(value, mut own)| {
                problems.append(&mut own);
                value
            });
            let templates = templates.join().ok().and_then(|(value, mut own)| {
                problems.append(&mut own);
                value
            });
            (reading, rules, templates, notices, lexicon, names, follow)
        });
        if diagnostic::any_error(problems) {
            return None;
        }
        let (rules, templates, notices, earlier) = (rules?, templates?, notices?, OnceLock::new());
        Some(Self { config, reading, rules, templates, notices, lexicon, names, follow, earlier })
    }

    /// Loads it all for the daemon, which only works with rules that pass their own examples.
    pub fn load_checked(config: Config, problems: &mut Vec<Problem>) -> Option<Self> {
        let workspace = Self::load(config, problems)?;
        let _ = workspace.earlier.set(EarlierWording::load(&workspace.config.rules, problems));
        check_examples(&workspace.rules, &workspace.reading.classes, &workspace.names, problems);
        Some(workspace).filter(|_| !diagnostic::any_error(problems))
    }

    /// What minutes say of earlier ones.
    #[must_use]
    pub fn said_of_earlier(&self, minutes: &Minutes) -> Vec<EarlierMinutes> {
        let load = || EarlierWording::load(&self.config.rules, &mut Vec::new());
        self.earlier.get_or_init(load).statements(minutes)
    }

    /// The trace of every sentence.
    #[must_use]
    pub fn score(&self, minutes: &Minutes) -> ScoredMeeting {
        self.score_by(&self.rules, minutes)
    }

    /// A sentence of the minutes for status and log, which are no letters but read by more than the secretary: as it
    /// stands, or that it is private.
    #[must_use]
    pub fn tellable(&self, minutes: &Minutes, text: String) -> String {
        if self.is_private(minutes, &text) { WITHHELD.to_owned() } else { text }
    }

    /// Whether the privacy rules keep the title of an item from everybody.
    #[must_use]
    pub fn is_private_title(&self, minutes: &Minutes, title: &str) -> bool {
        is_private_heading(&self.rules, &self.bare_hints(minutes), title)
    }

    /// Whether the privacy rules keep a text of the minutes from everybody.
    #[must_use]
    pub fn is_private(&self, minutes: &Minutes, text: &str) -> bool {
        is_private(&self.rules, &self.bare_hints(minutes), text)
    }

    fn bare_hints(&self, minutes: &Minutes) -> MeetingHints {
        MeetingHints::new(minutes, &self.names, &MeetingTopics::default())
    }

    /// The same by other rules, for comparing.
    #[must_use]
    pub fn score_by(&self, rules: &RuleSet, minutes: &Minutes) -> ScoredMeeting {
        let topics = MeetingTopics::new(minutes, &self.lexicon);
        let hints = self.hints(minutes, &topics);
        ScoredMeeting { sentences: score_minutes(rules, minutes, &hints), topics, hints }
    }

    /// What rules may ask about these minutes.
    #[must_use]
    pub fn hints(&self, minutes: &Minutes, topics: &MeetingTopics) -> MeetingHints {
        MeetingHints::new(minutes, &self.names, topics)
    }

    /// What rules may ask where there is no meeting, as in their examples.
    #[must_use]
    pub fn plain_hints(&self) -> MeetingHints {
        MeetingHints::without_meeting(&self.names)
    }

    /// The forms of words that phrases are found in.
    #[must_use]
    pub fn inflection(&self) -> &Inflection {
        &self.lexicon.inflection
    }

    /// The words of the language.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The digest for an audience that knows nothing of earlier meetings.
    #[must_use]
    pub fn digest(&self, minutes: &Minutes, scored: &ScoredMeeting, audience: &Audience) -> Built {
        self.digest_with(minutes, scored, audience, &Memory::default())
    }

    /// The same for an audience that knows something of earlier meetings. What is still open is told where the audience
    /// wants it, and its sentences count as words of the letter.
    #[must_use]
    pub fn digest_with(
        &self,
        minutes: &Minutes,
        scored: &ScoredMeeting,
        audience: &Audience,
        memory: &Memory,
    ) -> Built {
        let open = if audience.sections.open { memory.open.clone() } else { Vec::new() };
        let (open, used) = fit_open(open, audience.words);
        let left = Audience { words: audience.words - used, ..audience.clone() };
        let told = memory.told.get(&audience.id).map_or(&[][..], Vec::as_slice);
        let mut built = build_after(minutes, &self.rules, scored, &left, told);
        follow(&mut built.digest, minutes, &self.rules, scored, &left, &self.follow);
        // The past alone is no reason for a letter.
        if !built.digest.items.is_empty() {
            built.digest.words += used;
            built.digest.open = open;
        }
        built
    }

    /// The same for several audiences, each on a thread of its own: choosing is most of the time behind scoring.
    #[must_use]
    pub fn digests(
        &self,
        minutes: &Minutes,
        scored: &ScoredMeeting,
        audiences: &[Audience],
        memory: &Memory,
    ) -> Vec<Built> {
        let Some((last, others)) = audiences.split_last() else { return Vec::new() };
        std::thread::scope(|scope| {
            let digest = |audience| self.digest_with(minutes, scored, audience, memory);
            let begun: Vec<_> = others.iter().map(|audience| scope.spawn(move || digest(audience))).collect();
            let last = digest(last);
            let done = begun.into_iter().map(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            done.collect::<Vec<Built>>().into_iter().chain([last]).collect()
        })
    }

    /// The words by which dates and agreements are read.
    #[must_use]
    pub fn follow_words(&self) -> &FollowWords {
        &self.follow
    }

    /// The letter of a digest, or none where there is nothing to tell.
    ///
    /// # Errors
    /// What the templates do wrong.
    pub fn letter(&self, digest: &Digest, audience: &Audience) -> Result<Option<Letter>, RenderError> {
        unless_empty(self.templates.render(digest, &greeting(audience), self.rules.version()))
    }

    /// The letter of a correction, or none where it corrects nothing.
    ///
    /// # Errors
    /// What the templates do wrong.
    pub fn correction_letter(
        &self,
        correction: &Correction,
        audience: &Audience,
    ) -> Result<Option<Letter>, RenderError> {
        unless_empty(self.templates.correction(correction, &greeting(audience), self.rules.version()))
    }

    /// What may be told of a coming meeting; none where nothing may.
    #[must_use]
    pub fn agenda(&self, minutes: &Minutes, audience: &Audience) -> Option<Agenda> {
        agenda(minutes, &self.rules, &self.score(minutes), audience)
    }

    /// The letter about a coming meeting, or none where no item may be named.
    ///
    /// # Errors
    /// What the templates do wrong.
    pub fn agenda_letter(&self, agenda: &Agenda, audience: &Audience) -> Result<Option<Letter>, RenderError> {
        unless_empty(self.templates.agenda(agenda, &greeting(audience)))
    }
}

fn greeting(audience: &Audience) -> String {
    format!("Til {}", audience.label)
}

/// Nothing to tell is no error.
fn unless_empty(letter: Result<Letter, RenderError>) -> Result<Option<Letter>, RenderError> {
    match letter {
        Ok(letter) => Ok(Some(letter)),
        Err(RenderError::Empty) => Ok(None),
        Err(error) => Err(error),
    }
}
