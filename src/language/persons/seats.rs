//! Who of the persons in a sentence sits in the meeting, by name, by post or by a pronoun for either.
//!
//! Members speak and take on tasks in nearly every sentence that names them, in more words than any list has ("kaldte det et
//! skridt tilbage", "Susanne: Vi fik intet"). So for them the shape of a debate is enough, whatever the verb: what they
//! speak of is "det", what is to be handed in goes to them, and "hun" in the next sentence is still the speaker. Of everybody
//! else it must be shown that they act. To take members to act wherever nothing private is known to happen to them was tried:
//! 75 of 589 invented private sentences about a member were let through.

use super::words::listed_with_genitive;
use super::{Names, People};
use crate::language::bystanders::is_listed;
use crate::text::Span;
use crate::text::words::{Word, words};

/// Pronouns for one person.
const PRONOUNS: &[&str] = &["han", "hun", "ham", "hende", "hans", "hendes"];

/// Words that stand for what is debated.
const MATTERS: &[&str] = &[
    "det",
    "dette",
    "sagen",
    "spørgsmålet",
    "punktet",
    "forslaget",
    "emnet",
    "problemet",
    "ønsket",
    "kravet",
    "temaet",
];
/// Words from a speaker to what is debated.
const MATTER_REACH: usize = 4;
/// Words from a colon to the verb of what was said.
const CLAUSE_REACH: usize = 5;
/// Beginnings of words for what is handed in or asked for at somebody's: "ønsker til", "meld jer hos", "bestil hos".
const HANDED: &[&str] = &[
    "send",
    "aflever",
    "meld",
    "giv",
    "rett",
    "lever",
    "opgiv",
    "stil",
    "ønske",
    "forslag",
    "søg",
    "bestil",
    "mail",
    "sms",
    "ring",
    "regning",
    "skriv",
    "svar",
    "henvend",
    "spørg",
    "hent",
    "oplæring",
];
/// Words that a deadline or the end of the sentence stands behind, where something is handed in.
const ADDRESS_ENDS: &[&str] = &["senest", "inden", "før", "i", "på", "eller", "og", "pr", "den", "hurtigst", "hvis"];

/// Whom a pronoun means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Referent {
    /// Somebody who sits in the meeting.
    Seat,
    /// Anybody else.
    Other,
    /// Nobody in this sentence: somebody before it.
    Before,
}

/// A pronoun with whom it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pronoun {
    /// Where it stands.
    pub span: Span,
    /// Whom it means.
    pub referent: Referent,
}

impl Names {
    /// Whether the person sits in the meeting: a participant's name, or the post that one participant alone has
    /// ("overtandlægen").
    pub(super) fn has_seat(&self, person: &str) -> bool {
        self.took_part(person) || self.is_post(person)
    }

    /// Whether a participant's role says that they sit for the employees. Who leads and bears a union's name along with it
    /// ("Leder, HK") is taken for neither, but a deputy chair is always theirs.
    pub(super) fn is_employee_role(&self, role: &str) -> bool {
        let all = words(role);
        let is_any =
            |of: &[String]| all.iter().any(|word| is_listed(of, &word.folded) && !word.folded.starts_with("næst"));
        let deputy = all.iter().any(|word| matches!(word.folded.as_str(), "næstformand" | "næstforperson"));
        deputy || is_any(&self.employee_roles) && !is_any(&self.acting.offices)
    }

    /// Whether all of a name is that of somebody who sits for the employees, and of nobody else in the meeting: of two by the
    /// name of Bo a mere "Bo" may be either.
    pub(super) fn sits_for_employees(&self, person: &str) -> bool {
        let [employees, others] = &self.sides;
        let all = words(person);
        let shown = |word: &Word| word.span.of(person);
        all.iter().all(|word| listed_with_genitive(employees, shown(word)))
            && all.iter().any(|word| !listed_with_genitive(others, shown(word)))
    }

    fn is_post(&self, person: &str) -> bool {
        let lower = person.to_lowercase();
        let form = lower.strip_suffix('s').unwrap_or(&lower);
        let bases = ["en", "n"].into_iter().filter_map(|ending| form.strip_suffix(ending));
        bases.filter(|base| base.chars().count() > 3).any(|base| {
            let with = |fits: &dyn Fn(&str) -> bool| {
                self.posts.iter().filter(|posts| posts.iter().any(|post| fits(post))).count()
            };
            // "Forpersonen" is not the "næstforperson"; "direktøren" is the only "kommunaldirektør" there is.
            let exact = with(&|post| post == base);
            exact == 1 || (exact == 0 && with(&|post| post.ends_with(base)) == 1)
        })
    }

    /// Whether somebody who sits in the meeting is shown in debate, whatever the verb.
    pub(super) fn debates(&self, all: &[Word], person: Span, text: &str) -> bool {
        let behind = text.get(person.end()..).unwrap_or_default();
        let first = all.iter().position(|word| word.span.start() >= person.start()).unwrap_or_default();
        let form = |at: usize| all.get(at).map_or("", |word| word.folded.as_str());
        // "Susanne: Vi fik intet."
        if first == 0 && behind.starts_with(": ") {
            return true;
        }
        // "Det vil Gitte Holm tage med", "Det syntes Bo ikke om."
        let opens =
            matches!(form(0), "det" | "dette" | "den") && (2..=3).contains(&first) && !matches!(form(1), "er" | "var");
        // "Gitte kaldte det et skridt tilbage", "Bo syntes godt om det"
        let next = all.iter().position(|word| word.span.start() >= person.end()).unwrap_or(all.len());
        let reach = all.iter().skip(next + 1).take(MATTER_REACH);
        let own = reach.take_while(|word| !text.get(person.end()..word.span.start()).unwrap_or(",").contains(','));
        let debated = first <= 1 && own.into_iter().any(|word| MATTERS.contains(&word.folded.as_str()));
        opens || debated || self.is_addressee(all, first, next, behind)
    }

    /// "Dorthe: Seks er for få." A whole sentence behind the name of somebody who sits in the meeting, and not of them.
    pub(super) fn opens_speech(&self, all: &[Word], person: Span, text: &str) -> bool {
        let next = all.iter().position(|word| word.span.start() >= person.end()).unwrap_or(all.len());
        let told = || all.iter().skip(next).map(|word| word.folded.as_str());
        let clause = told()
            .skip(1)
            .take(CLAUSE_REACH)
            .any(|form| matches!(form, "er" | "var" | "har" | "skal" | "kan" | "bliver" | "må" | "vil"));
        let begins = person.start() == 0 && text.get(person.end()..).is_some_and(|behind| behind.starts_with(": "));
        begins && clause && !told().any(|form| PRONOUNS.contains(&form) || matches!(form, "sin" | "sit" | "sine"))
    }

    /// "Ønsker sendes til Bo Lund senest 1. maj", "meld jer hos Bo inden jul", "navnene skal være Bo i hænde".
    fn is_addressee(&self, all: &[Word], first: usize, next: usize, behind: &str) -> bool {
        let form = |at: usize| all.get(at).map_or("", |word| word.folded.as_str());
        let ends = behind.trim_end_matches(['.', '!']).is_empty()
            || behind.starts_with(';')
            || behind.starts_with(',') && !matches!(form(next), "der" | "som" | "hvis" | "hvem" | "hvor")
            || form(next).starts_with(|first: char| first.is_ascii_digit())
            || ADDRESS_ENDS.contains(&form(next));
        let to = first.checked_sub(1).is_some_and(|at| matches!(form(at), "til" | "hos"));
        let handed = all.iter().take(first).any(|word| {
            let stem = ["ind", "til"].iter().find_map(|prefix| word.folded.strip_prefix(prefix));
            let told = |start: &&str| {
                word.folded.starts_with(*start) && !word.folded.starts_with("stilling")
                    || stem.is_some_and(|stem| stem.starts_with(*start))
            };
            HANDED.iter().any(told)
        });
        (to && ends && handed) || (form(next) == "i" && form(next + 1) == "hænde")
    }

    /// The posts that a participant's role names: "Overtandlæge/Forperson" has two.
    pub(super) fn posts_of(&self, role: &str) -> Vec<String> {
        let all = words(role);
        all.iter().map(|word| word.folded.to_string()).filter(|word| self.unnamed.is_occupation(word)).collect()
    }

    /// The pronouns of a text and whom they mean: the last person before them, who is known to speak or not.
    pub(super) fn pronouns(all: &[Word], persons: &[(Span, Referent)], text: &str) -> Vec<Pronoun> {
        let pronouns = all
            .iter()
            .enumerate()
            .filter(|(at, word)| PRONOUNS.contains(&word.folded.as_str()) && is_pronoun(all, *at, text));
        let inside =
            |word: &Word, person: &Span| person.start() <= word.span.start() && word.span.end() <= person.end();
        let free = pronouns.filter(|(_, word)| !persons.iter().any(|(person, _)| inside(word, person)));
        let referent = |span: Span| {
            let before = persons.iter().filter(|(person, _)| person.end() <= span.start());
            before.max_by_key(|(person, _)| person.end()).map_or(Referent::Before, |(_, referent)| *referent)
        };
        free.map(|(_, word)| Pronoun { span: word.span, referent: referent(word.span) }).collect()
    }
}

/// "Sankt Hans Gade", "Hans Ravns Plads": a capital within the sentence, or before another one, makes a name of it.
fn is_pronoun(all: &[Word], at: usize, text: &str) -> bool {
    let capital = |at: usize| all.get(at).is_some_and(|word| word.span.of(text).starts_with(char::is_uppercase));
    !capital(at) || (at == 0 && !capital(1))
}

impl People {
    /// Takes pronouns without a person in the same sentence for whoever was spoken of last; says who is now.
    pub fn resolve(&mut self, before: Referent) -> Referent {
        for pronoun in self.pronouns.iter_mut().filter(|pronoun| pronoun.referent == Referent::Before) {
            pronoun.referent = before;
        }
        let last = self.last.unwrap_or(Referent::Before);
        if last == Referent::Before { before } else { last }
    }

    /// The pronouns that mean nobody known to sit in the meeting.
    pub fn strange_pronouns(&self) -> impl Iterator<Item = Span> {
        self.pronouns.iter().filter(|pronoun| pronoun.referent != Referent::Seat).map(|pronoun| pronoun.span)
    }

    /// The pronouns that mean somebody who sits in the meeting.
    pub fn seated_pronouns(&self) -> impl Iterator<Item = Span> {
        self.pronouns.iter().filter(|pronoun| pronoun.referent == Referent::Seat).map(|pronoun| pronoun.span)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::super::{Names, People, Referent};

    fn people(text: &str) -> People {
        let participants = [
            ("Bo Lund", Some("Overtandlæge/Forperson")),
            ("Gitte Holm", Some("tandplejer/TR/Næstforperson")),
            ("Tina Rytter", Some("klinikassistent")),
            ("Lis Vang", Some("klinikassistent")),
        ];
        Names::shipped().with_participants(participants).people(text)
    }

    #[test]
    fn whoever_sits_in_the_meeting_debates_in_any_words() {
        for text in [
            "Gitte Holm kaldte det et skridt tilbage.",
            "Det vil Gitte Holm gnuble med.",
            "Ønsker sendes til Gitte Holm senest 1. marts.",
            "Navnene skal være Gitte Holm i hænde i maj.",
            "Meld jer hos Gitte Holm inden jul.",
            "Ønsker til Gitte Holm senest 27/3.",
            "Navneskilte bestilles hos Gitte Holm, også uden navn.",
        ] {
            assert_eq!(people(text).bystanders, [], "{text}");
            let strange = text.replace("Gitte Holm", "Mette Ravn");
            assert_eq!(people(&strange).bystanders.len(), 1, "{strange}");
        }
        assert_eq!(people("Gitte: Vi gnubler.").bystanders, []);
        assert_eq!(people("Gitte: Seks er for få.").speech.len(), 1);
        assert_eq!(people("Gitte: Gnublet til maj.").speech, []);
        assert_eq!(people("Mette: Seks er for få.").speech, []);
        assert_eq!(people("Gitte Holm kører ikke bil mere.").bystanders.len(), 1);
        assert_eq!(people("Det er Gitte Holm, der gnubler.").bystanders.len(), 1);
        assert_eq!(people("Barnet er hos Gitte Holm.").bystanders.len(), 1);
        assert_eq!(people("Stillingen er gået til Gitte Holm, der gnublede.").bystanders.len(), 1);
        assert_eq!(people("Sms'en gik til Gitte Holm, der gnublede.").bystanders.len(), 1);
    }

    #[test]
    fn who_sits_for_the_employees_is_told_by_the_list_of_participants() {
        let list = [
            ("Gitte Holm", Some("HK")),
            ("Bo Lund", Some("gartner, TR/Næstformand")),
            ("Bo Krogh", Some("Driftschef/Formand")),
            ("Ida Falk", Some("Leder, FOA")),
            ("Leo Skov", None),
        ];
        let names = Names::shipped().with_participants(list);
        let seats = |text: &str| names.people(text).employees.len();
        assert_eq!(seats("Gitte Holm, Gitte og Bo Lund sagde nej."), 3);
        for text in
            ["Bo sagde nej.", "Bo Krogh sagde nej.", "Ida Falk sagde nej.", "Leo Skov sagde nej.", "Mette sagde nej."]
        {
            assert_eq!(seats(text), 0, "{text}");
        }
    }

    #[test]
    fn a_post_that_one_participant_has_is_a_seat() {
        assert_eq!(people("Overtandlægen fastholdt.").others, []);
        assert_eq!(people("Forpersonen fastholdt.").others, []);
        assert_eq!(people("Klinikassistenten fastholdt.").others.len(), 1, "two have it");
        assert_eq!(people("Pedellen fastholdt.").others.len(), 1, "nobody has it");
    }

    #[test]
    fn a_pronoun_is_the_last_person_before_it_also_across_sentences() {
        let strange = |people: &People| people.strange_pronouns().count();
        assert_eq!(strange(&people("Gitte Holm spurgte, om hun måtte gå.")), 0);
        assert_eq!(strange(&people("Gitte Holm spurgte til Mette Ravn, om hun måtte gå.")), 1);
        let mut next = people("Hun savner en udgang.");
        assert_eq!(strange(&next), 1);
        next.resolve(people("Gitte Holm spurgte til taget.").resolve(Referent::Before));
        assert_eq!(strange(&next), 0);
        let mut next = people("Hun savner en udgang.");
        next.resolve(people("Gitte Holm gnubler.").resolve(Referent::Before));
        assert_eq!(strange(&next), 1, "who is told of is nobody who speaks");
    }
}
