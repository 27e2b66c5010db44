//! Where a sentence names a person, and who of them is unknown to the meeting.
//!
//! Without a dictionary of all names several signs are used: a first name that people bear here, a participant of the same
//! meeting, a title or an occupation before it, initials, and two capitalised words side by side that belong to no
//! organisation. In doubt a name is a person: a sentence held back is looked at by somebody, a private matter mailed is not
//! to be called back. What a name belongs to is asked first, though: "Ellen Hørup Skolen" is no person, and a letter that
//! is held for a street every time teaches people to approve unseen.

mod words;

use std::collections::BTreeSet;
use std::path::Path;

use self::words::{
    NAME_VERBS, OPENING_WORDS, PLACE_WORDS, TITLE_WORDS, is_initials, is_shouted, listed_with_genitive, looks_common,
};
use super::befallen::befallen;
use super::bystanders::Acting;
use super::unnamed::Unnamed;
use crate::diagnostic::{Problem, SourceFile};
use crate::tables::form::{Form, Key, Value};
use crate::tables::{self, Reader, Table};
use crate::text::Span;
use crate::text::words::{Word, words};

/// Words that stand for one person.
const SINGLE_PRONOUNS: &[&str] = &["han", "hun", "vedkommende"];

const SHIPPED: &str = include_str!("../../rules/sprog/navne.toml");

/// `sprog/navne.toml`.
pub static NAMES_FILE: Form = Form::new(
    "Sådan kendes en person i en sætning, med og uden navn.",
    &[
        Key::new("first_names", Value::Texts, "Fornavne, der bruges her."),
        Key::new("surnames", Value::Texts, "Efternavne, der bruges her."),
        Key::new("surname_endings", Value::Texts, "Endelser på efternavne."),
        Key::new("titles", Value::Texts, "Ord foran et navn: hr., fru."),
        Key::new("particles", Value::Texts, "Små ord inde i et navn: von, de."),
        Key::new("not_names", Value::Texts, "Ord, der står med stort uden at være navne på personer."),
        Key::new("organisation_endings", Value::Texts, "Endelser på ord, der hører til en organisation eller et sted."),
        Key::new(
            "named_things",
            Value::Texts,
            "Ord for ting og steder, der bærer et navn: systemet, hotel, børnehuset.",
        ),
        Key::new(
            "occupations",
            Value::Texts,
            "Ord for én person efter det, hun eller han laver; også sidste led af ord.",
        ),
        Key::new("occupation_forms", Value::Texts, "Bestemte former, der ikke dannes med -en eller -n: pedellen."),
        Key::new("roles", Value::Texts, "Forkortelser for én person: TR, AMR."),
        Key::new("pointers", Value::Texts, "Ord foran én person: en, den, vores."),
        Key::new("few", Value::Texts, "Talord fra to til fire, og hvad der betyder det samme."),
        Key::new(
            "acting",
            Value::Texts,
            "Ord, der viser, at den nævnte siger, gør eller har noget i sit hverv; * står for resten af ordet.",
        ),
        Key::new("not_acting", Value::Texts, "Ord, der ligner dem på -ere, -erer og -erede og ikke er det."),
        Key::new("groups", Value::Texts, "Ord for flere personer, i flertal, ud over stillingsbetegnelserne."),
    ],
);

/// Who is spoken of in a sentence, as spans of its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// Persons by name.
    pub named: Vec<Span>,
    /// Those of them who are not among the participants.
    pub outsiders: Vec<Span>,
    /// Single capitalised words that nobody knows and that may well be names: "Kjartan".
    pub perhaps: Vec<Span>,
    /// Persons without a name, one each: "en dagplejer", "souschefen".
    pub one: Vec<Span>,
    /// Two to four persons without names: "to medarbejdere".
    pub few: Vec<Span>,
    /// Those with a name of whom the sentence does not show that they act in office.
    pub bystanders: Vec<Span>,
    /// Those without a name of whom it does not.
    pub idle: Vec<Span>,
    /// Where something was done to one of them, or became of them: "Bo Lund er hjemsendt".
    pub befallen: Vec<Span>,
}

/// Names and words that look like names.
#[derive(Clone, Debug, Default)]
pub struct Names {
    first_names: BTreeSet<String>,
    surnames: BTreeSet<String>,
    surname_endings: Vec<String>,
    titles: BTreeSet<String>,
    particles: BTreeSet<String>,
    not_names: BTreeSet<String>,
    organisation_endings: Vec<String>,
    named_things: Vec<String>,
    unnamed: Unnamed,
    acting: Acting,
    /// Words of the names of the meeting's participants.
    participants: BTreeSet<String>,
}

impl Names {
    /// Reads `sprog/navne.toml` below the rules folder, or the shipped one where it is not there.
    pub fn load(rules: &Path, problems: &mut Vec<Problem>) -> Self {
        let path = rules.join("sprog").join("navne.toml");
        if !path.exists() {
            return Self::shipped();
        }
        tables::read_file(&path, problems).map(|table| Self::from_table(&table, problems)).unwrap_or_default()
    }

    /// The shipped names.
    #[must_use]
    pub fn shipped() -> Self {
        let mut problems = Vec::new();
        let table = tables::parse(&SourceFile::new("rules/sprog/navne.toml", SHIPPED), &mut problems);
        Self::from_table(&table, &mut problems)
    }

    fn from_table(table: &Table, problems: &mut Vec<Problem>) -> Self {
        let mut reader = Reader::of(&NAMES_FILE, table, problems);
        let mut lower = |key| -> Vec<String> {
            reader.strings(key).into_iter().map(|located| located.value.to_lowercase()).collect()
        };
        let names = Self {
            first_names: lower("first_names").into_iter().collect(),
            surnames: lower("surnames").into_iter().collect(),
            surname_endings: lower("surname_endings"),
            titles: lower("titles").into_iter().collect(),
            particles: lower("particles").into_iter().collect(),
            not_names: lower("not_names").into_iter().collect(),
            organisation_endings: lower("organisation_endings"),
            named_things: lower("named_things"),
            unnamed: Unnamed {
                occupations: lower("occupations"),
                forms: lower("occupation_forms"),
                roles: lower("roles").into_iter().collect(),
                pointers: lower("pointers").into_iter().collect(),
                few: lower("few").into_iter().collect(),
                groups: lower("groups").into_iter().collect(),
            },
            acting: Acting::new(lower("acting"), lower("not_acting")),
            participants: BTreeSet::new(),
        };
        reader.finish();
        names
    }

    /// The same, knowing who took part in a meeting.
    #[must_use]
    pub fn with_participants<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut known = self.clone();
        for name in names {
            let parts = words(name).into_iter().filter(|word| starts_upper(word.span.of(name)));
            known.participants.extend(parts.map(|word| word.span.of(name).to_lowercase()));
        }
        known
    }

    /// Everybody a text speaks of.
    #[must_use]
    pub fn people(&self, text: &str) -> People {
        let all = words(text);
        let named = self.named(&all, text);
        let outsiders = named.iter().copied().filter(|span| !self.took_part(span.of(text))).collect();
        let (one, few) = self.unnamed.find(&all, text);
        // "Afdelingschef Bo Lund" is one person, and has a name.
        let one: Vec<Span> = one.into_iter().filter(|span| !leads_to_name(*span, &named, text)).collect();
        let perhaps = self.perhaps(&all, &named, text);
        let pronouns = all.iter().filter(|word| SINGLE_PRONOUNS.contains(&word.folded.as_str())).map(|word| word.span);
        let single: Vec<Span> = named.iter().chain(&one).copied().chain(pronouns).collect();
        let befallen = befallen(&all, &single, text);
        let persons: Vec<Span> = named.iter().chain(&one).copied().collect();
        let bystanders = self.acting.bystanders(&all, &named, &persons, text);
        let idle = self.acting.idle(&all, &one, &persons, text);
        People { named, outsiders, perhaps, one, few, bystanders, idle, befallen }
    }

    /// Words that no list knows but that stand as names do. Too weak a sign to keep a sentence back for its own sake, and
    /// strong enough where something private is told next to it: no list holds every name that people bear.
    fn perhaps(&self, all: &[Word], named: &[Span], text: &str) -> Vec<Span> {
        let mut found = Vec::new();
        let mut after_run = 0;
        for (index, word) in all.iter().enumerate() {
            if index < after_run {
                continue;
            }
            let shown = word.span.of(text);
            let run = self.run(all, index, text);
            after_run = index + run.len().max(1);
            let known = named.iter().any(|name| name.start() <= word.span.start() && word.span.end() <= name.end());
            let alone = run.len() == 1 && shown.chars().count() > 2 && !is_initials(shown) && !is_shouted(shown);
            if !alone || known || self.belongs_to_thing(&Candidate { all, from: index, run: &run, text }) {
                continue;
            }
            let before = index.checked_sub(1).and_then(|before| all.get(before)).map(|word| word.folded.as_str());
            let stands = match before {
                None => {
                    let next = all.get(index + 1).map(|word| word.folded.as_str());
                    !looks_common(shown) && next.is_some_and(|next| NAME_VERBS.contains(&next))
                }
                // "i Birkely", "på Solgården"
                Some(before) => !PLACE_WORDS.contains(&before),
            };
            if stands {
                found.push(word.span);
            }
        }
        found
    }

    /// The names in a text, as spans of it.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Span> {
        self.named(&words(text), text)
    }

    fn named(&self, all: &[Word], text: &str) -> Vec<Span> {
        let mut found = Vec::new();
        let mut index = 0;
        while index < all.len() {
            let mut run = self.run(all, index, text);
            // "Ifølge Bo Lund": the first word of a sentence is capitalised anyway.
            let known =
                |word: &&&Word| self.is_first_name(word.span.of(text)) || self.is_participant(word.span.of(text));
            let opening = |word: &&Word| OPENING_WORDS.contains(&word.folded.as_str());
            if index == 0
                && run.len() > 1
                && !run.first().is_some_and(|word| known(&word))
                && (run.get(1).is_some_and(|word| known(&word)) || run.first().is_some_and(opening))
            {
                run.truncate(1);
            }
            if let (Some(first), Some(last)) = (run.first(), run.last())
                && self.is_person(&Candidate { all, from: index, run: &run, text })
            {
                found.push(Span::new(first.span.start(), last.span.end()));
            }
            index += run.len().max(1);
        }
        found
    }

    /// Capitalised words from here on that can be one name: side by side, with initials and particles between.
    fn run<'w>(&self, all: &'w [Word], from: usize, text: &str) -> Vec<&'w Word> {
        let mut run: Vec<&Word> = Vec::new();
        let mut named = 0;
        for word in all.iter().skip(from) {
            let shown = word.span.of(text);
            let between = run.last().map(|last| Span::new(last.span.end(), word.span.start()).of(text));
            let initial = run.last().is_some_and(|last| is_initials(last.span.of(text)));
            let adjacent = between.is_none_or(|between| between == " " || (initial && between == ". "));
            let particle = !run.is_empty() && self.particles.contains(shown);
            let called = run.is_empty()
                && from.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|before| {
                    Span::new(before.span.end(), word.span.start()).of(text) == " " && self.introduces(before, text)
                });
            if !adjacent || !(particle || self.can_be_name(shown) || (called && self.is_called(shown))) {
                break;
            }
            run.push(word);
            if !particle {
                named = run.len();
            }
        }
        run.truncate(named);
        run
    }

    /// "overassistent", "fru": what stands behind is a name, whatever it ends in.
    fn introduces(&self, word: &Word, text: &str) -> bool {
        let lower = word.span.of(text).trim_end_matches('.').to_lowercase();
        self.titles.contains(&lower) || self.unnamed.is_occupation(&lower)
    }

    fn is_called(&self, shown: &str) -> bool {
        let lower = shown.to_lowercase();
        let letters = shown.chars().all(|c| c.is_alphabetic() || c == '-');
        let body = self.named_things.contains(&lower) || self.not_names.contains(&lower);
        starts_upper(shown) && !is_shouted(shown) && letters && !body && !lower.ends_with("udvalget")
    }

    fn can_be_name(&self, shown: &str) -> bool {
        if is_initials(shown) {
            return true;
        }
        let letters = shown.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '\u{301}'));
        // "Anne-Sofie" is a name, "Laura-modellen" something that has one.
        let parts = shown.split('-').all(|part| starts_upper(part) || self.particles.contains(part));
        let known = self.is_first_name(shown) || self.is_surname(shown) || self.is_participant(shown);
        starts_upper(shown) && letters && parts && (known || self.is_free(shown))
    }

    /// Whether a word is known neither as a common word nor as part of an organisation.
    fn is_free(&self, shown: &str) -> bool {
        let lower = shown.to_lowercase();
        let thing = self.named_things.contains(&lower) || self.unnamed.is_occupation(&lower);
        !is_shouted(shown) && !thing && !self.not_names.contains(&lower) && !self.is_organisation(&lower)
    }

    fn is_organisation(&self, lower: &str) -> bool {
        let bare = lower.trim_end_matches('s');
        self.organisation_endings.iter().any(|ending| lower.ends_with(ending.as_str()) || bare.ends_with(ending))
    }

    fn is_person(&self, candidate: &Candidate<'_>) -> bool {
        let Candidate { all, from, run, text } = *candidate;
        let shown: Vec<&str> = run.iter().map(|word| word.span.of(text)).collect();
        let Some(first) = shown.first() else { return false };
        let full: Vec<&str> =
            shown.iter().copied().filter(|word| word.chars().count() > 1 && !is_initials(word)).collect();
        let before = candidate.before();
        if full.is_empty() || self.belongs_to_thing(candidate) {
            return false;
        }
        if before.is_some_and(|word| self.titles.contains(&word.trim_end_matches('.').to_lowercase())) {
            return true;
        }
        let listed = |word: &str| self.is_first_name(word) || self.is_participant(word);
        if shown.iter().all(|word| is_shouted(word)) {
            return shown.len() > 1 && listed(first);
        }
        let surname = full.last().is_some_and(|last| self.is_surname(last));
        if listed(first) || (is_initials(first) && surname) {
            return true;
        }
        // "Sygeplejerske Kvistgaard": an occupation with a name behind it.
        if before.is_some_and(|word| self.unnamed.is_occupation(&word.to_lowercase())) {
            return full.iter().any(|word| !self.not_names.contains(&word.to_lowercase()));
        }
        let opens_sentence = from == 0;
        if opens_sentence && !listed(first) && self.is_named_noun(first) {
            return false;
        }
        match full.len() {
            0 | 1 => false,
            // The first word of a sentence is capitalised anyway: a name must show in the other one, or in its form.
            2 if opens_sentence => {
                surname
                    || full.last().is_some_and(|last| listed(last))
                    || !(looks_common(first) || all.get(from + 2).is_none())
            }
            _ => true,
        }
    }

    /// "Systemet Else", "Hotel Frederik", "Ellen Hørup Skolen", "Karen Blixens Plads": something bears the name.
    fn belongs_to_thing(&self, candidate: &Candidate<'_>) -> bool {
        let before = candidate.before().map(str::to_lowercase);
        if before.is_some_and(|word| self.named_things.iter().any(|thing| word.ends_with(thing.as_str()))) {
            return true;
        }
        if candidate.before().is_some_and(|word| self.is_named_noun(word))
            || candidate.is_inside_title(&self.named_things)
        {
            return true;
        }
        // "Thorvald Hansens Gade", though people bear "Gade" too.
        let shown: Vec<String> = candidate.run.iter().map(|word| word.span.of(candidate.text).to_lowercase()).collect();
        if let [.., whose, last] = shown.as_slice()
            && whose.ends_with('s')
            && (self.named_things.contains(last) || self.is_genitive_of_place(whose, last))
        {
            return true;
        }
        // "Alma's Have", "Christian IV's Laug": people write "Almas".
        let genitive = |word: &&Word| word.span.of(candidate.text).ends_with("'s");
        let after = candidate.after();
        let (most, last) = candidate.run.split_at(candidate.run.len().saturating_sub(1));
        if most.iter().any(&genitive) || last.iter().any(&genitive) && after.is_some_and(|(next, _)| starts_upper(next))
        {
            return true;
        }
        let Some((next, gap)) = after else { return false };
        // "Kurt & Ko", "Anne Frank-lunden"
        let compound = next.split_once('-').is_some_and(|(_, rest)| rest.starts_with(char::is_lowercase));
        if gap == " & " || (gap == " " && starts_upper(next) && compound) {
            return true;
        }
        let lower = next.to_lowercase();
        let thing =
            || self.named_things.iter().any(|thing| lower.ends_with(thing.as_str())) || self.is_organisation(&lower);
        gap == " " && starts_upper(next) && !self.is_first_name(next) && thing()
    }

    /// "Værkstedet Thorsgård", "Sneploven Svend": a noun in the definite form that opens a name is what bears it, unless it
    /// is an occupation.
    fn is_named_noun(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let definite = lower.chars().count() > 6 && (lower.ends_with("et") || lower.ends_with("en"));
        let participle = ["illet", "iget", "eret", "medlemmet", "barnet"].iter().any(|ending| lower.ends_with(ending));
        let person = self.unnamed.is_person(&lower) || self.is_first_name(word) || self.is_surname(word);
        starts_upper(word) && definite && !participle && !person
    }

    /// "Elisabeths Minde": a name in the genitive before a word that is no name.
    fn is_genitive_of_place(&self, whose: &str, last: &str) -> bool {
        let name = |word: &str| self.first_names.contains(word) || self.surnames.contains(word);
        whose.strip_suffix('s').is_some_and(name) && !name(whose) && !name(last) && !self.is_surname(last)
    }

    fn is_first_name(&self, shown: &str) -> bool {
        listed_with_genitive(&self.first_names, shown)
            || (shown.contains('-')
                && shown.split('-').next().is_some_and(|part| self.first_names.contains(&part.to_lowercase())))
    }

    fn is_surname(&self, shown: &str) -> bool {
        let lower = shown.to_lowercase();
        let bare = lower.trim_end_matches('s');
        let ends = |ending: &String| {
            let long =
                |word: &str| word.ends_with(ending.as_str()) && word.chars().count() > ending.chars().count() + 1;
            long(&lower) || long(bare)
        };
        listed_with_genitive(&self.surnames, shown)
            || (starts_upper(shown)
                && !self.not_names.contains(&lower)
                && !self.named_things.contains(&lower)
                && !self.is_organisation(&lower)
                && self.surname_endings.iter().any(ends))
    }

    fn is_participant(&self, shown: &str) -> bool {
        listed_with_genitive(&self.participants, shown)
    }

    /// Whether all words of a name are those of participants.
    fn took_part(&self, name: &str) -> bool {
        let known = |word: &Word| {
            let shown = word.span.of(name);
            is_initials(shown) || self.particles.contains(shown) || self.is_participant(shown)
        };
        words(name).iter().all(known)
    }
}

/// A run of words that may be a name, where it stands.
struct Candidate<'c> {
    all: &'c [Word],
    from: usize,
    run: &'c [&'c Word],
    text: &'c str,
}

impl Candidate<'_> {
    /// The word before, where nothing but a blank or the point of an abbreviation stands between.
    fn before(&self) -> Option<&str> {
        let word = self.all.get(self.from.checked_sub(1)?)?;
        let gap = Span::new(word.span.end(), self.run.first()?.span.start()).of(self.text);
        matches!(gap, " " | ". " | " »" | " \"").then(|| word.span.of(self.text))
    }

    /// "Kampagnen Ring til Ruth", "Indsatsen Bedre Dage med Bent": a thing, its name of several words, and this in it.
    fn is_inside_title(&self, things: &[String]) -> bool {
        let mut capitals = 0;
        for word in self.all.get(..self.from).unwrap_or_default().iter().rev().take(5) {
            let shown = word.span.of(self.text);
            if things.iter().any(|thing| word.folded == thing.as_str()) {
                return capitals > 0;
            }
            if starts_upper(shown) {
                capitals += 1;
            } else if !TITLE_WORDS.contains(&shown) {
                return false;
            }
        }
        false
    }

    /// The word behind, with what stands between.
    fn after(&self) -> Option<(&str, &str)> {
        let word = self.all.get(self.from + self.run.len())?;
        let gap = Span::new(self.run.last()?.span.end(), word.span.start()).of(self.text);
        Some((word.span.of(self.text), gap))
    }
}

/// Whether a person's name follows directly.
fn leads_to_name(span: Span, named: &[Span], text: &str) -> bool {
    let follows = |name: &Span| text.get(span.end()..name.start()).is_some_and(|gap| matches!(gap, " " | ", "));
    named.iter().any(follows)
}

pub(super) fn starts_upper(shown: &str) -> bool {
    shown.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests;
