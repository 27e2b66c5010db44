//! Who is asked for something, who takes something on, and what a committee has to come back to.
//!
//! All three are read from the form of the sentence: a verb of asking in front of a local body, somebody named in front of a
//! verb in the present ("HR følger op", not "HR fulgte op"), an item that was put off. A wish ("ønskede, at ledelsen følger
//! op"), a question and a refusal are none. A dictionary of patterns was tried on paper and rejected: Danish turns the order
//! around ("I november vender ledelsen tilbage"), and a secretary who adds a verb should not write both. The words are data,
//! `rules/sprog/aftaler.toml`.

mod grammar;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use self::grammar::{
    Doing, Form, Reading, Verb, clause_ends, form_of, has, is_question, joined_before, name_ranges, particles_end,
    passive, span_of, with_determiners,
};

use crate::diagnostic::{Problem, SourceFile};
use crate::language::messages;
use crate::tables::{self, Located, Reader, Table};
use crate::text::Span;
use crate::text::fold::fold_text;
use crate::text::phrases::{Forms, PhraseBook, PhraseId, WordRange};
use crate::text::stem::Inflection;
use crate::text::words::{Words, words};

const SHIPPED: &str = include_str!("../../../rules/sprog/aftaler.toml");

/// Words between asking and whom is asked.
const ASK_REACH: usize = 10;
/// Words between somebody and what they do.
const TASK_REACH: usize = 5;
/// Whether an answer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is.
    Wanted,
    /// It is said that none is.
    NotWanted,
    /// Nothing is said of it.
    NotSaid,
}

/// A request to a local body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who is asked, in the source's own words.
    pub who: Span,
    /// Whether they are to answer.
    pub answer: Answer,
}

/// Why a committee will have to come back to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// The item was put off.
    Postponed,
    /// Somebody said they would.
    Promise,
}

/// The words that tell agreements.
#[derive(Debug, Default)]
pub struct Agreements {
    inflection: Inflection,
    book: PhraseBook,
    lists: BTreeMap<&'static str, Vec<PhraseId>>,
    task_verbs: Vec<Verb>,
    promise_verbs: Vec<Verb>,
    modals: BTreeSet<String>,
    pledges: BTreeSet<String>,
    questions: BTreeSet<String>,
    standing: Vec<String>,
}

impl Agreements {
    /// The words as shipped.
    #[must_use]
    pub fn shipped(inflection: &Inflection) -> Self {
        Self::load(Path::new(""), inflection, &mut Vec::new())
    }

    /// Reads `sprog/aftaler.toml` of a rules folder; the shipped one where the folder has none.
    pub fn load(rules: &Path, inflection: &Inflection, problems: &mut Vec<Problem>) -> Self {
        let path = rules.join("sprog").join("aftaler.toml");
        let table = if !rules.as_os_str().is_empty() && path.exists() {
            tables::read_file(&path, problems)
        } else {
            Some(tables::parse(&SourceFile::new("rules/sprog/aftaler.toml", SHIPPED), problems))
        };
        table.map(|table| Self::from_table(&table, inflection, problems)).unwrap_or_default()
    }

    fn from_table(table: &Table, inflection: &Inflection, problems: &mut Vec<Problem>) -> Self {
        let mut agreements =
            Self { inflection: inflection.clone(), book: PhraseBook::new(inflection.clone()), ..Self::default() };
        let mut root = Reader::new(table, problems);
        if let Some(request) = root.table_of("request") {
            let mut reader = Reader::new(request, root.problems);
            for key in
                ["whom", "not_whom", "ask", "agreed", "asked", "helpers", "actions", "answers", "negations", "told"]
            {
                let phrases = reader.strings(key);
                agreements.list(key, &phrases, reader.problems);
            }
            reader.finish();
        }
        if let Some(task) = root.table_of("task") {
            let mut reader = Reader::new(task, root.problems);
            for key in ["who", "wishes"] {
                let phrases = reader.strings(key);
                agreements.list(key, &phrases, reader.problems);
            }
            agreements.task_verbs = verbs(&reader.strings("verbs"));
            agreements.modals = folded(&reader.strings("modals"));
            agreements.pledges = folded(&reader.strings("pledges"));
            agreements.questions = folded(&reader.strings("questions"));
            reader.finish();
        }
        if let Some(promise) = root.table_of("promise") {
            let mut reader = Reader::new(promise, root.problems);
            for key in ["postponed", "subjects", "not"] {
                let phrases = reader.strings(key);
                agreements.list(key, &phrases, reader.problems);
            }
            agreements.promise_verbs = verbs(&reader.strings("verbs"));
            agreements.standing = reader.strings("standing").iter().map(|one| fold_text(&one.value)).collect();
            reader.finish();
        }
        root.finish();
        agreements.book.finish();
        agreements
    }

    fn list(&mut self, key: &'static str, phrases: &[Located<String>], problems: &mut Vec<Problem>) {
        for phrase in phrases {
            match self.book.add(&phrase.value) {
                Ok(id) => self.lists.entry(key).or_default().push(id),
                Err(_) => {
                    problems.push(Problem::new(&messages::BAD_PHRASE).with("text", &phrase.value).at(&phrase.place))
                }
            }
        }
    }

    fn read<'t>(&self, text: &'t str) -> Reading<'t> {
        let words = words(text);
        let mut found: BTreeMap<PhraseId, Vec<WordRange>> = BTreeMap::new();
        for (phrase, range) in self.book.find(text, &Words::new(text), &mut Forms::default()) {
            found.entry(phrase).or_default().push(range);
        }
        Reading { text, words, found }
    }

    /// Where the phrases of a list stand, in the order of the text, the longer first where they begin together.
    fn ranges(&self, reading: &Reading<'_>, key: &str) -> Vec<WordRange> {
        let ids = self.lists.get(key).map(Vec::as_slice).unwrap_or_default();
        let mut ranges: Vec<WordRange> = ids.iter().filter_map(|id| reading.found.get(id)).flatten().copied().collect();
        ranges.sort_by_key(|range| (range.first, std::cmp::Reverse(range.last)));
        ranges.dedup();
        ranges
    }

    /// The request a sentence makes, where it asks a local body for something.
    #[must_use]
    pub fn request(&self, text: &str) -> Option<Request> {
        let reading = self.read(text);
        let not_whom = self.ranges(&reading, "not_whom");
        let whom: Vec<WordRange> = self
            .ranges(&reading, "whom")
            .into_iter()
            .filter(|range| !not_whom.iter().any(|not| not.first <= range.last && range.first <= not.last))
            .collect();
        let negations = self.ranges(&reading, "negations");
        let negated = |first: usize, last: usize| negations.iter().any(|not| first < not.first && not.first < last);
        let told = self.ranges(&reading, "told");
        let is_told =
            |verb: &WordRange| told.iter().any(|word| word.first < verb.first && verb.first - word.first <= 2);
        let ask = self.ranges(&reading, "ask");
        let by_verb = || {
            ask.iter().filter(|verb| !is_told(verb)).find_map(|verb| {
                let target = whom.iter().find(|body| body.first > verb.last && body.first - verb.last <= ASK_REACH)?;
                // "HovedMED bad Direktionen …, og afdelingsMED …": somebody else is asked.
                let other = not_whom.iter().any(|not| verb.last < not.first && not.first < target.first);
                let behind = target.last + 1;
                // "Kan bede om at skifte arbejdsplads": what somebody is to do is not who is asked.
                let begin = with_determiners(&reading, *target).first;
                let done = (verb.last + 1..begin).any(|place| {
                    reading.words.get(place).is_some_and(|word| word.folded == "at") && place + 1 != begin
                });
                let open =
                    !other && !done && !negated(verb.first, target.first) && !self.is_source_of(&reading, verb, target);
                let refused = negations.iter().any(|not| not.first == behind);
                (open && !refused).then_some(*target)
            })
        };
        let (asked, helpers, actions) =
            (self.ranges(&reading, "asked"), self.ranges(&reading, "helpers"), self.ranges(&reading, "actions"));
        let agreed = self.ranges(&reading, "agreed");
        let by_duty = || {
            whom.iter().copied().find(|body| {
                let near =
                    |range: &&WordRange, reach: usize| range.first > body.last && range.first - body.last <= reach;
                let is_asked = asked.iter().any(|range| near(&range, 3));
                let has_duty = helpers.iter().filter(|range| near(range, 3)).any(|helper| {
                    actions.iter().any(|action| {
                        action.first > helper.last
                            && action.first - helper.last <= 4
                            && !negated(helper.last, action.first)
                    })
                });
                let place = helpers.iter().any(|helper| {
                    actions.iter().any(|action| {
                        helper.last < action.first
                            && action.first - helper.last <= 3
                            && !negated(helper.last, action.first)
                            && action.last < body.first
                            && body.first - action.last <= 4
                            && passive(&reading, action)
                    })
                });
                let begin = with_determiners(&reading, *body).first;
                let agreed =
                    agreed.iter().any(|range| range.last + 1 == begin) && actions.iter().any(|action| near(&action, 1));
                (is_asked || has_duty || place || agreed) && !is_question(&reading, body, &self.questions)
            })
        };
        let body = by_verb().or_else(by_duty)?;
        let who = span_of(&reading, with_determiners(&reading, body))?;
        // The verb of asking is no answer: "sendes videre".
        let answers: Vec<WordRange> = self
            .ranges(&reading, "answers")
            .into_iter()
            .filter(|range| {
                !ask.iter().any(|verb| verb.first <= range.first && range.last <= verb.last && verb.last > verb.first)
                    || has(&reading, range, "høring")
            })
            .collect();
        let refused =
            |range: &WordRange| negations.iter().any(|not| not.first < range.first && range.first - not.first <= 4);
        let answer = match answers.as_slice() {
            [] => Answer::NotSaid,
            all if all.iter().any(refused) => Answer::NotWanted,
            _ => Answer::Wanted,
        };
        Some(Request { who, answer })
    }

    /// "opfordring fra afdelingsMED", "på vegne af LMU": they ask and are not asked. "Beder om svar fra LMU" asks them.
    fn is_source_of(&self, reading: &Reading<'_>, verb: &WordRange, body: &WordRange) -> bool {
        let begin = with_determiners(reading, *body).first;
        let before = begin.checked_sub(1).and_then(|at| reading.words.get(at)).map(|word| word.folded.as_str());
        let answers = self.ranges(reading, "answers");
        let wanted = answers.iter().any(|answer| verb.last < answer.first && answer.last < body.first);
        matches!(before, Some("af")) || (before == Some("fra") && !wanted)
    }

    /// Who takes something on in a sentence, in its own words. `members` are the names of those who took part.
    #[must_use]
    pub fn task(&self, text: &str, members: &[String]) -> Option<Span> {
        let reading = self.read(text);
        if !self.ranges(&reading, "wishes").is_empty() {
            return None;
        }
        let mut actors: Vec<WordRange> = self.ranges(&reading, "who");
        actors.extend(members.iter().flat_map(|name| name_ranges(&reading, name)));
        actors.sort_by_key(|range| (range.first, std::cmp::Reverse(range.last)));
        let doings = self.doings(&reading, &self.task_verbs);
        for doing in &doings {
            // "Det undersøges af HR": who does it stands behind "af".
            let ahead = |actor: &&WordRange| {
                actor.last < doing.at
                    && doing.at - actor.last <= TASK_REACH
                    && !clause_ends(&reading, actor.last, doing.at)
                    && !doing.passive
            };
            let behind = |actor: &&WordRange| {
                let gap = actor.first.saturating_sub(doing.at);
                let by = actor.first.checked_sub(1).and_then(|at| reading.words.get(at));
                let by = by.is_some_and(|word| word.folded == "af");
                if doing.passive { by && gap <= 6 } else { doing.present && gap == 1 }
            };
            let actor =
                actors.iter().rev().find(|actor| ahead(actor)).or_else(|| actors.iter().find(|actor| behind(actor)));
            let Some(actor) = actor else { continue };
            // The longest name around it: "HR" in "HR & Løn".
            let around = |other: &&WordRange| other.first <= actor.first && actor.last <= other.last;
            let whole = actors.iter().filter(around).max_by_key(|other| other.last - other.first);
            let mut whole = *whole.unwrap_or(actor);
            // "Anna Holm og Bo Friis sørger for …" are two.
            while let Some(other) = joined_before(&reading, &actors, whole.first) {
                whole.first = other;
            }
            if !is_question(&reading, &whole, &self.questions) {
                return span_of(&reading, with_determiners(&reading, whole));
            }
        }
        None
    }

    /// What of a sentence the committee has to come back to.
    #[must_use]
    pub fn open(&self, text: &str) -> Option<Open> {
        let reading = self.read(text);
        let not = self.ranges(&reading, "not");
        let other = |at: usize| not.iter().any(|range| range.first <= at && at <= range.last);
        let subjects = self.ranges(&reading, "subjects");
        let postponed = self.ranges(&reading, "postponed").into_iter().any(|verb| {
            let subject = subjects.iter().any(|subject| subject.last < verb.first && verb.first - subject.last <= 6);
            (subject || verb.first == 0) && !other(verb.first)
        });
        if postponed {
            return Some(Open::Postponed);
        }
        if !self.ranges(&reading, "wishes").is_empty() {
            return None;
        }
        let doings = self.doings(&reading, &self.promise_verbs);
        doings
            .iter()
            .any(|doing| !other(doing.at) && !other(doing.end) && !self.asks(&reading, doing.at))
            .then_some(Open::Promise)
    }

    /// Whether the clause of a word begins as a question or condition.
    fn asks(&self, reading: &Reading<'_>, at: usize) -> bool {
        is_question(reading, &WordRange { first: at, last: at }, &self.questions)
    }

    /// Whether an item with this title stands on every agenda.
    #[must_use]
    pub fn is_standing(&self, title: &str) -> bool {
        let folded = fold_text(title);
        self.standing.iter().any(|begin| folded.starts_with(begin.as_str()))
    }

    /// The table of forms the words are compared by.
    #[must_use]
    pub fn inflection(&self) -> &Inflection {
        &self.inflection
    }

    /// The verbs that somebody is going to do.
    fn doings(&self, reading: &Reading<'_>, verbs: &[Verb]) -> Vec<Doing> {
        let words = &reading.words;
        let mut found = Vec::new();
        for (at, word) in words.iter().enumerate() {
            for verb in verbs {
                let Some(form) = form_of(&word.folded, &verb.infinitive) else { continue };
                let Some(end) = particles_end(reading, at, &verb.particles) else { continue };
                let refused = words.get(at + 1).is_some_and(|next| matches!(next.folded.as_str(), "ikke" | "aldrig"));
                let helped = self.is_helped(reading, at);
                let fits = match form {
                    Form::Present | Form::Passive => true,
                    Form::Infinitive => helped,
                };
                let present = form == Form::Present;
                if fits && !refused {
                    found.push(Doing { at, end, present, passive: form == Form::Passive });
                }
            }
        }
        found
    }

    /// Whether a modal verb or a pledge stands before an infinitive.
    fn is_helped(&self, reading: &Reading<'_>, at: usize) -> bool {
        let before = reading.words.get(at.saturating_sub(4)..at).unwrap_or_default();
        let modal = before.iter().any(|word| self.modals.contains(&word.folded));
        let negated = before.iter().any(|word| word.folded == "ikke");
        let at_sign = before.last().is_some_and(|word| word.folded == "at");
        let pledged = before.iter().any(|word| self.pledges.contains(&word.folded));
        (modal || (at_sign && pledged)) && !negated
    }
}

fn verbs(phrases: &[Located<String>]) -> Vec<Verb> {
    let read = |phrase: &Located<String>| {
        let mut parts = phrase.value.split_whitespace().map(fold_text);
        Some(Verb { infinitive: parts.next()?, particles: parts.collect() })
    };
    phrases.iter().filter_map(read).collect()
}

fn folded(phrases: &[Located<String>]) -> BTreeSet<String> {
    phrases.iter().map(|phrase| fold_text(&phrase.value)).collect()
}
