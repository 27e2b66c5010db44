//! Where a sentence names a person, and who of them is unknown to the meeting.
//!
//! Without a dictionary of all names several signs are used: a first name that people bear here, a participant of the same
//! meeting, a title or an occupation before it, initials, and two capitalised words side by side that belong to no
//! organisation. In doubt a name is a person: a sentence held back is looked at by somebody, a private matter mailed is not
//! to be called back. What a name belongs to is asked first, though: "Ellen Hørup Skolen" is no person, and a letter that
//! is held for a street every time teaches people to approve unseen.

mod naming;
mod seats;
mod things;
mod words;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

pub use self::seats::{Pronoun, Referent};
use self::words::is_initials;
use super::befallen::befallen;
use super::bystanders::{Acting, Sentence};
use super::unnamed::Unnamed;
use crate::diagnostic::{Problem, SourceFile};
use crate::tables::form::{Form, Key, Value};
use crate::tables::{self, Reader, Table};
use crate::text::Span;
use crate::text::words::words;

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
        Key::new("machines", Value::Texts, "Begyndelser på ord, der ligner stillinger og er maskiner: AI-assistenten."),
        Key::new(
            "employee_roles",
            Value::Texts,
            "Ord i deltagerlistens parenteser, der viser, at nogen sidder for medarbejderne: »Bo Lund (HK)«.",
        ),
        Key::new(
            "machine_signs",
            Value::Texts,
            "Ord, der i samme sætning viser, at »assistenten« er en maskine: »den assistent, som kommunen har købt«.",
        ),
        Key::new("roles", Value::Texts, "Forkortelser for én person: TR, AMR."),
        Key::new("pointers", Value::Texts, "Ord foran én person: en, den, vores."),
        Key::new("few", Value::Texts, "Talord fra to til fire, og hvad der betyder det samme."),
        Key::new(
            "saying",
            Value::Texts,
            "Ord for at sige, mene og fremlægge: det, der følger, handler ikke om den, der siger det; * står for resten.",
        ),
        Key::new(
            "acting",
            Value::Texts,
            "Ord, der viser, at den nævnte gør noget i sit hverv eller har et; * står for resten af ordet.",
        ),
        Key::new(
            "acting_with",
            Value::Texts,
            "Ord, der kun viser det efter har, tager, giver, er og den slags: »har overblikket«, »er på kursus«.",
        ),
        Key::new("not_acting", Value::Texts, "Ord, der ligner dem på -ere, -erer og -erede og ikke er det."),
        Key::new(
            "offices",
            Value::Texts,
            "Titler på dem, der leder: *chef, *direktør; * står for begyndelsen af ordet.",
        ),
        Key::new("groups", Value::Texts, "Ord for flere personer, i flertal, ud over stillingsbetegnelserne."),
    ],
);

/// Who is spoken of in a sentence, as spans of its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// Persons by name.
    pub named: Vec<Span>,
    /// Those of them who sit in the meeting for the employees.
    pub employees: Vec<Span>,
    /// Those of them who are not among the participants.
    pub outsiders: Vec<Span>,
    /// Single capitalised words that nobody knows and that may well be names: "Kjartan".
    pub perhaps: Vec<Span>,
    /// Persons without a name, one each: "en dagplejer", "souschefen".
    pub one: Vec<Span>,
    /// Those of them who are nobody that sits in the meeting.
    pub others: Vec<Span>,
    /// "Han", "hendes", and whom they mean.
    pub pronouns: Vec<Pronoun>,
    /// Whether the last person spoken of sits in the meeting; none where nobody is spoken of.
    pub last: Option<Referent>,
    /// Two to four persons without names: "to medarbejdere".
    pub few: Vec<Span>,
    /// Those with a name of whom the sentence does not show that they act in office.
    pub bystanders: Vec<Span>,
    /// Those without a name of whom it does not.
    pub idle: Vec<Span>,
    /// Where one of them is shown to speak, so that what is told is what they said and not told of them.
    pub speech: Vec<Span>,
    /// Where something was done to one of them, or became of them: "Bo Lund er hjemsendt".
    pub befallen: Vec<Span>,
}

/// Names and words that look like names.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Thousands, and the same at every meeting.
    first_names: Arc<BTreeSet<String>>,
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
    /// The posts of each of them.
    posts: Vec<Vec<String>>,
    /// Words of the roles of those who sit for the employees.
    employee_roles: Vec<String>,
    /// The words of the names of those who sit for the employees, and of those who do not.
    sides: [BTreeSet<String>; 2],
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
            first_names: Arc::new(lower("first_names").into_iter().collect()),
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
                machines: lower("machines"),
                machine_signs: lower("machine_signs").into_iter().collect(),
                roles: lower("roles").into_iter().collect(),
                pointers: lower("pointers").into_iter().collect(),
                few: lower("few").into_iter().collect(),
                groups: lower("groups").into_iter().collect(),
            },
            acting: Acting {
                saying: lower("saying"),
                doing: lower("acting"),
                held: lower("acting_with"),
                not: lower("not_acting"),
                offices: lower("offices"),
            },
            participants: BTreeSet::new(),
            posts: Vec::new(),
            employee_roles: lower("employee_roles"),
            sides: Default::default(),
        };
        reader.finish();
        names
    }

    /// The same, knowing who took part in a meeting, by name and role.
    #[must_use]
    pub fn with_participants<'n>(&self, participants: impl IntoIterator<Item = (&'n str, Option<&'n str>)>) -> Self {
        let mut known = self.clone();
        for (name, role) in participants {
            known.posts.push(self.posts_of(role.unwrap_or_default()));
            let parts = words(name).into_iter().filter(|word| starts_upper(word.span.of(name)));
            let parts: Vec<String> = parts.map(|word| word.span.of(name).to_lowercase()).collect();
            let [employees, others] = &mut known.sides;
            let side = if self.is_employee_role(role.unwrap_or_default()) { employees } else { others };
            side.extend(parts.iter().cloned());
            known.participants.extend(parts);
        }
        known
    }

    /// Everybody a text speaks of.
    #[must_use]
    pub fn people(&self, text: &str) -> People {
        let all = words(text);
        let named = self.named(&all, text);
        let employees = named.iter().copied().filter(|span| self.sits_for_employees(span.of(text))).collect();
        let outsiders = named.iter().copied().filter(|span| !self.took_part(span.of(text))).collect();
        let (one, few) = self.unnamed.find(&all, text);
        // "Afdelingschef Bo Lund" is one person, and has a name.
        let one: Vec<Span> = one.into_iter().filter(|span| !leads_to_name(*span, &named, text)).collect();
        let perhaps = self.perhaps(&all, &named, text);
        let pronouns = all.iter().filter(|word| SINGLE_PRONOUNS.contains(&word.folded.as_str())).map(|word| word.span);
        let single: Vec<Span> = named.iter().chain(&one).copied().chain(pronouns).collect();
        let befallen = befallen(&all, &single, text);
        let persons: Vec<Span> = named.iter().chain(&one).copied().collect();
        let sentence = Sentence { all: &all, persons: &persons, unnamed: &self.unnamed, text };
        let mut speech = self.acting.speech(&sentence, &single);
        let strange = |span: &Span| !self.has_seat(span.of(text));
        speech.extend(named.iter().filter(|span| !strange(span) && self.opens_speech(&all, **span, text)));
        let mut bystanders = self.acting.bystanders(&sentence, &named);
        bystanders.retain(|span| strange(span) || !self.debates(&all, *span, text));
        let mut idle = self.acting.idle(&sentence, &one);
        idle.retain(strange);
        let others = one.iter().copied().filter(strange).collect();
        let referent = |person: &Span| {
            let speaks = !strange(person) && !bystanders.contains(person);
            (*person, if speaks { Referent::Seat } else { Referent::Other })
        };
        let persons: Vec<(Span, Referent)> = persons.iter().map(referent).collect();
        let pronouns = Self::pronouns(&all, &persons, text);
        let last = persons.iter().max_by_key(|(person, _)| person.end()).map(|(_, referent)| *referent);
        People {
            named,
            employees,
            outsiders,
            perhaps,
            one,
            others,
            pronouns,
            last,
            few,
            bystanders,
            idle,
            speech,
            befallen,
        }
    }

    /// The same for a title or a sub-heading. All that stands below one is kept back with it, so whoever is a person only by
    /// the look of the words ("Østre og Vestre Klinik lægges sammen") is none there, unless something private is told of them.
    #[must_use]
    pub fn people_of_heading(&self, text: &str) -> People {
        let mut people = self.people(text);
        let known = |person: &Span| {
            words(person.of(text)).iter().map(|word| word.span.of(person.of(text))).any(|shown| {
                is_initials(shown) || self.is_first_name(shown) || self.is_surname(shown) || self.is_participant(shown)
            })
        };
        people.bystanders.retain(known);
        people.outsiders.retain(known);
        people
    }
}

/// Whether a person's name follows directly.
fn leads_to_name(span: Span, named: &[Span], text: &str) -> bool {
    let follows = |name: &Span| {
        let gap = text.get(span.end()..name.start()).unwrap_or("-");
        // "Leder af Arbejdsmiljø, Inger Riis"
        let place = gap.strip_prefix(" af ").or(gap.strip_prefix(" for ")).and_then(|place| place.strip_suffix(", "));
        let named = |place: &str| place.split(' ').all(|word| starts_upper(word) || matches!(word, "og" | "&"));
        matches!(gap, " " | ", ") || place.is_some_and(named)
    };
    named.iter().any(follows)
}

pub(super) fn starts_upper(shown: &str) -> bool {
    shown.starts_with(char::is_uppercase)
}

/// What the shipped names find in a text, as it stands there.
#[cfg(test)]
pub(super) fn shown(text: &str, found: impl Fn(People) -> Vec<Span>) -> Vec<&str> {
    found(Names::shipped().people(text)).into_iter().map(|span| span.of(text)).collect()
}

#[cfg(test)]
mod tests;
