//! A sentence and whom it names: what stands where, which is all that can be asked without knowing what words mean.

use crate::language::unnamed::Unnamed;
use crate::text::Span;
use crate::text::words::Word;

/// Words between a person and the name of a place.
fn leads_to_place(form: &str) -> bool {
    matches!(form, "i" | "på" | "af" | "for" | "fra" | "ved" | "hos")
}

const PLACE_REACH: usize = 3;
/// Letters from which on a word for a person is mostly a compound that names the post: "køkkenlederen".
const COMPOUND: usize = 11;
/// Words at the head of a sentence among which it says what goes to somebody.
const ADDRESS_REACH: usize = 3;
/// Letters of a participle at least, and words from it to its auxiliary.
const PARTICIPLE: usize = 5;
const AUXILIARY_REACH: usize = 3;
/// What people gather for, and what is shown to them.
const EVENTS: &[&str] = &[
    "kurs",
    "temadag",
    "workshop",
    "foredrag",
    "video",
    "film",
    "webinar",
    "podcast",
    "konference",
    "seminar",
    "debat",
];
/// What is done to a question: whoever "fik bekræftet, at …" has asked.
fn is_answered(form: &str) -> bool {
    matches!(form, "bekræftet" | "afkræftet" | "besvaret" | "uddybet" | "belyst" | "afklaret")
}

/// Words from a verb to its particle.
const PARTICLE_REACH: usize = 12;

/// A sentence and whom it names.
pub(in crate::language) struct Sentence<'s> {
    pub all: &'s [Word],
    pub persons: &'s [Span],
    /// What words for people there are, to know a title by.
    pub unnamed: &'s Unnamed,
    pub text: &'s str,
}

impl Sentence<'_> {
    /// The place of the first word from a byte on.
    pub(super) fn at(&self, from: usize) -> usize {
        self.all.iter().position(|word| word.span.start() >= from).unwrap_or(self.all.len())
    }

    pub(super) fn between(&self, from: usize, word: &Word) -> &str {
        Span::new(from.min(word.span.start()), word.span.start()).of(self.text)
    }

    pub(super) fn person_at(&self, at: usize) -> Option<Span> {
        let word = self.all.get(at)?;
        self.persons
            .iter()
            .copied()
            .find(|person| person.start() <= word.span.start() && word.span.end() <= person.end())
    }

    /// Whether a particle ends the clause of a verb: "takker Bo Lund af efter 30 år", but not "takker for en del af dem".
    pub(super) fn ends_on(&self, particle: &str, verb: usize) -> bool {
        for at in verb + 1..(verb + PARTICLE_REACH).min(self.all.len()) {
            let Some(word) = self.all.get(at) else { return false };
            let next = self.all.get(at + 1);
            let gap = next.map_or(".", |next| Span::new(word.span.end(), next.span.start()).of(self.text));
            let stops = gap.contains(['.', ',', ';', ':', '–'])
                || next.is_some_and(|next| {
                    matches!(next.folded.as_str(), "efter" | "til" | "pr" | "med" | "i" | "den" | "og")
                });
            if word.folded == particle && stops {
                return true;
            }
            if gap.contains([',', ';', ':']) {
                return false;
            }
        }
        false
    }

    pub(super) fn is_role(&self, word: &Word) -> bool {
        word.span.of(self.text).chars().all(char::is_uppercase)
    }

    pub(super) fn is_form(&self, at: usize, form: &str) -> bool {
        self.all.get(at).is_some_and(|word| word.folded == form)
    }

    /// The word at a place, in small letters; none is like an empty one.
    pub(super) fn form(&self, at: usize) -> &str {
        self.all.get(at).map_or("", |word| word.folded.as_str())
    }

    /// "Fra Dansk Socialrådgiverforening mødte Bo Lund": whom somebody comes for opens the sentence.
    pub(super) fn is_sent_by(&self, verb: usize) -> bool {
        let meets =
            matches!(self.form(verb), "mødte" | "møder" | "deltog" | "deltager" | "sad" | "sidder" | "stillede");
        let capital = self.all.get(1).is_some_and(|word| word.span.of(self.text).starts_with(char::is_uppercase));
        let side = self.form(1).ends_with("ledelsen") || self.form(1).ends_with("siden");
        meets && (capital || side) && matches!(self.form(0), "fra" | "for") && !self.in_person(1)
    }

    /// Whether "have" stands here with what is to be done: "vil have ændret reglen", but not "vil have været her ti år".
    pub(super) fn is_wished(&self, at: usize) -> bool {
        let done = self.form(at + 1);
        let own = self.all.iter().any(|word| matches!(&*word.folded, "sin" | "sit" | "sine" | "hans" | "hendes"));
        let past = ["været", "fået", "haft", "holdt", "mødt"].contains(&done);
        // "vil have nedsat tid" is wished for oneself.
        let goes_on = matches!(
            self.form(at + 2),
            "ned"
                | "op"
                | "ind"
                | "ud"
                | "om"
                | "frem"
                | "på"
                | "den"
                | "det"
                | "de"
                | "en"
                | "et"
                | "alle"
                | "flere"
                | "at"
                | "hvor"
                | "hvordan"
                | "hvad"
                | "til"
                | "med"
                | "punktet"
                | "sagen"
                | "reglen"
                | "reglerne"
        );
        goes_on
            && self.is_form(at, "have")
            && done.ends_with('t')
            && done.chars().count() >= PARTICIPLE
            && !past
            && !own
    }

    /// Whether the word is one for a person, as a title is: "afdelingsformand", "stadsdirektøren".
    pub(super) fn is_title(&self, at: usize) -> bool {
        self.unnamed.is_person(self.form(at))
    }

    /// Whether "der" or "som" stands behind a person: what follows is still said of them. So it is in "det er Bo Lund, man
    /// skal spørge".
    pub(super) fn opens_relative(&self, person: Span) -> bool {
        let next = self.all.get(self.at(person.end()));
        next.is_some_and(|word| matches!(word.folded.as_str(), "der" | "som" | "man"))
    }

    /// Whether what people write or ask goes to a person: "Henvendelser om ferie går til Bo Lund i Løn". Whose matter it is
    /// ("til Bo Lunds sygdom") has the matter behind it. So it is where one may write or ring to them.
    pub(super) fn is_addressed(&self, person: Span) -> bool {
        let before = self.at(person.start()).checked_sub(2).map_or("", |at| self.form(at));
        let reached = matches!(
            before,
            "skrive"
                | "skriver"
                | "ringe"
                | "ringer"
                | "maile"
                | "mailer"
                | "henvende"
                | "henvendes"
                | "sig"
                | "rettes"
                | "rette"
        );
        let first = self.all.iter().take(ADDRESS_REACH).any(|word| {
            ["henvend", "tilmeld", "spørgsmål", "ansøgning", "indberet", "næste"]
                .iter()
                .any(|start| word.folded.starts_with(start))
        });
        let behind = self.at(person.end());
        let ends = self.all.get(behind).is_none_or(|word| self.between(person.end(), word) != " ");
        // "skrive til Bo Lund i HR", but "på hospice" is no office.
        let place =
            self.all.get(behind + 1).is_some_and(|word| word.span.of(self.text).starts_with(char::is_uppercase));
        let next = self.form(behind);
        let named = matches!(next, "i" | "på" | "fra") && place;
        let until = matches!(next, "senest" | "inden" | "eller" | "og");
        ((first || reached) && (ends || named || until)) || (first && matches!(next, "i" | "på" | "fra" | "hos"))
    }

    /// Whether somebody is told by the place ("lederen af Solhøj") or by whose colleague they are ("vores logopæd").
    pub(super) fn is_placed(&self, person: Span) -> bool {
        let at = self.at(person.end());
        let place = |at: usize| {
            let preposition = self.all.get(at).is_some_and(|word| leads_to_place(&word.folded));
            let capital = |word: &Word| word.span.of(self.text).starts_with(char::is_uppercase);
            preposition && self.all.iter().skip(at + 1).take(PLACE_REACH).any(capital)
        };
        let first = self.at(person.start());
        // "vores nye og meget roste logopæd" stands further off, "vores nye logopæd" does not.
        let mut whose = self.all.get(first.saturating_sub(2)..first).unwrap_or_default().iter();
        place(at)
            || self.is_only_one(person)
            || whose.any(|word| matches!(word.folded.as_str(), "vores" | "deres" | "tidligere" | "eneste"))
    }

    /// Whether the word says which post it is, and so who has it: "økonomichefen", but "chefen" may be anybody's.
    fn is_only_one(&self, person: Span) -> bool {
        let form = person.of(self.text).to_lowercase();
        let definite = form.trim_end_matches('s').ends_with("en");
        let anybody =
            ["medarbejderen", "lederen", "chefen", "repræsentanten", "formanden", "personen", "vikaren", "eleven"];
        let bare = anybody.contains(&form.trim_end_matches('s'));
        definite && !bare && form.chars().count() >= COMPOUND
    }

    pub(super) fn in_person(&self, at: usize) -> bool {
        self.person_at(at).is_some()
    }

    /// Whether a person stands here, or behind a title.
    pub(super) fn starts_person(&self, at: usize) -> bool {
        (at..at + 3).any(|at| self.in_person(at))
    }

    /// Whether a participle is done to its subject: "har fået konstateret" and, strictly, "er indkaldt" too, though whoever
    /// is asked or chosen acts in office as well.
    pub(super) fn is_undergone(&self, at: usize, strictly: bool) -> bool {
        let form = self.all.get(at).map_or("", |word| word.folded.as_str());
        // "den aftalte tid" is what others agreed on.
        let article = |at| ["den", "det", "de", "en", "et"].iter().any(|form| self.is_form(at, form));
        if (form.ends_with("te") || form.ends_with("ede")) && at.checked_sub(1).is_some_and(article) {
            return true;
        }
        if !form.ends_with('t') || form.chars().count() < PARTICIPLE {
            return false;
        }
        let before = (1..=AUXILIARY_REACH).filter_map(|back| self.all.get(at.checked_sub(back)?));
        let auxiliary = before.map(|word| word.folded.as_str()).find(|form| {
            matches!(
                *form,
                "har" | "havde" | "have" | "fået" | "fik" | "får" | "få" | "blevet" | "blev" | "bliver" | "er" | "var"
            )
        });
        match auxiliary {
            Some("fået" | "fik" | "får" | "få") => {
                let clause =
                    matches!(self.form(at + 1), "at" | "om" | "hvor" | "hvordan" | "hvornår" | "hvem" | "hvad");
                !(clause && is_answered(form))
            }
            Some("blevet" | "blev" | "bliver" | "er" | "var") => strictly,
            _ => false,
        }
    }

    /// Whether somebody takes the seat of another one, or speaks for them: "suppleant for".
    pub(super) fn takes_seat(&self, at: usize) -> bool {
        let seats = [
            "fordel",
            "forperson",
            "formand",
            "valg",
            "suppleant",
            "stedfortræder",
            "indtræd",
            "indtråd",
            "valgt",
            "repræsent",
            "plads",
            "sæde",
            "stede",
        ];
        self.all.get(at).is_some_and(|word| seats.iter().any(|seat| word.folded.starts_with(seat)))
    }

    /// Whether something people gather for or look at is told of before: "temadagen med", "videoen med".
    pub(super) fn is_event(&self, until: usize) -> bool {
        let gathering = |form: &str| EVENTS.iter().any(|known| form.contains(known));
        self.all.iter().take(until).any(|word| gathering(&word.folded))
    }

    /// What stands between a word and the next one.
    pub(super) fn between_words(&self, at: usize) -> &str {
        let pair = self.all.get(at).zip(self.all.get(at + 1));
        pair.map_or("", |(word, next)| Span::new(word.span.end(), next.span.start()).of(self.text))
    }

    /// Whether a name stands in the genitive: "Bo Lunds", and not "Jens", "Hans" or "Lars" alone.
    pub(super) fn is_genitive(&self, person: Span) -> bool {
        let name = person.of(self.text).to_lowercase();
        let bare = name.trim_end_matches(['\'', '’']);
        let next = self.all.get(self.at(person.end()));
        let noun = next.is_some_and(|next| {
            self.between(person.end(), next) == " " && next.span.of(self.text).starts_with(char::is_lowercase)
        });
        noun && (bare.len() < name.len() || bare.ends_with('s'))
    }

    /// Whether the word ends the name of somebody whose something is: the "Lunds" of "Bo Lunds overblik".
    pub(super) fn is_whose(&self, at: usize) -> bool {
        self.person_at(at).is_some_and(|person| self.at(person.end()) == at + 1 && self.is_genitive(person))
    }

    /// Whether a noun stands here that is mentioned for the first time: "en melding fra", "flere hilsner fra".
    pub(super) fn is_new_noun(&self, at: usize) -> bool {
        let article = |back: usize| {
            at.checked_sub(back)
                .and_then(|at| self.all.get(at))
                .is_some_and(|word| matches!(word.folded.as_str(), "en" | "et" | "flere" | "nogle" | "mange"))
        };
        article(1) || article(2)
    }
}
