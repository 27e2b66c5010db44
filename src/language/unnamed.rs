//! Where a sentence speaks of one person, or of two to four, without a name.
//!
//! "En dagplejer", "vores kollega i receptionen", "souschefen", "to medarbejdere": colleagues know at once who is meant.
//! Danish says "one" with a pointer before the word or an ending behind it, so forms are made from a list of occupations
//! instead of a list of forms. Whether something private is said of them is for the rules.

use std::collections::BTreeSet;

use crate::text::Span;
use crate::text::words::{Word, lacks_end};

/// The words for people.
#[derive(Clone, Debug, Default)]
pub(super) struct Unnamed {
    /// Singular, indefinite; also as the last part of a compound.
    pub occupations: Vec<String>,
    /// Definite forms that are not made with -en or -n.
    pub forms: Vec<String>,
    /// Beginnings of words that end like occupations and mean machines: "AI-assistent".
    pub machines: Vec<String>,
    /// Words beside a bare "assistent" that tell that it is a machine: "den assistent, som kommunen har købt".
    pub machine_signs: BTreeSet<String>,
    /// Abbreviations, which need neither pointer nor ending.
    pub roles: BTreeSet<String>,
    /// Words before one person.
    pub pointers: BTreeSet<String>,
    /// Numbers from two to four.
    pub few: BTreeSet<String>,
    /// Plural words beside the occupations.
    pub groups: BTreeSet<String>,
}

/// Words that may stand between pointer and person: "en ny og meget erfaren leder".
const ADJECTIVES: usize = 3;

impl Unnamed {
    /// One person each, and few of them, as spans of the word for the person or persons.
    pub(super) fn find(&self, all: &[Word], text: &str) -> (Vec<Span>, Vec<Span>) {
        let (mut one, mut few) = (Vec::new(), Vec::new());
        for (index, word) in all.iter().enumerate() {
            let shown = word.span.of(text);
            let lower = word.folded.as_str();
            if self.is_machine(all, lower) {
                continue;
            }
            if self.is_definite(lower) || (self.is_role(shown) && !self.is_choice(all, index)) {
                one.push(word.span);
            } else if self.is_one(lower) {
                let pointed = self.pointed_at(all, index, text) && !self.is_outside(all, index, text);
                if (pointed && !is_measure(all, index)) || bare_subject(all, index, text) {
                    one.push(word.span);
                }
            } else if self.is_several(lower) && !names_what_follows(all, index) {
                match self.counted(all, index, text) {
                    Some(Count::One) => one.push(word.span),
                    Some(Count::Few) => few.push(word.span),
                    None => {}
                }
            }
        }
        (one, few)
    }

    fn is_machine(&self, all: &[Word], lower: &str) -> bool {
        let named = self.machines.iter().any(|beginning| lower.starts_with(beginning.as_str()));
        let bare = matches!(lower, "assistent" | "assistenten" | "assistentens");
        named || bare && all.iter().any(|word| self.machine_signs.contains(word.folded.as_str()))
    }

    /// Whether a word, in small letters, is an occupation in the singular.
    pub(super) fn is_occupation(&self, lower: &str) -> bool {
        self.is_one(lower)
    }

    /// Whether a word, in small letters, is an occupation in either form.
    pub(super) fn is_person(&self, lower: &str) -> bool {
        self.is_one(lower) || self.is_definite(lower)
    }

    fn is_one(&self, lower: &str) -> bool {
        let known = |form: &str| self.occupations.iter().any(|known| is_or_ends_with(form, known));
        known(lower) || lower.strip_suffix('s').is_some_and(known)
    }

    /// "lederen", "sygeplejersken", "pedellens".
    fn is_definite(&self, lower: &str) -> bool {
        let definite = |form: &str| {
            let made = form.strip_suffix("en").into_iter().chain(form.strip_suffix('n'));
            self.forms.iter().any(|known| is_or_ends_with(form, known))
                || made.into_iter().any(|base| self.is_one(base))
        };
        definite(lower) || lower.strip_suffix('s').is_some_and(definite)
    }

    /// "TR", "AMR'en", "TR's".
    fn is_role(&self, shown: &str) -> bool {
        let bare = shown.split(['\'', '’']).next().unwrap_or_default();
        let plural = shown.to_lowercase().ends_with("er") && bare.len() < shown.len();
        bare.chars().all(char::is_uppercase) && self.roles.contains(&bare.to_lowercase()) && !plural
    }

    /// "medarbejdere", "lærerne", "pedeller", "ansatte", "AMR'er".
    pub(super) fn is_several(&self, lower: &str) -> bool {
        let bare = lower.strip_suffix('s').unwrap_or(lower);
        [lower, bare].into_iter().any(|form| {
            let bases = ["erne", "ene", "ne", "er", "e", "r", "'er", "’er", "’erne", "'erne"];
            self.is_group(form)
                || bases.iter().filter_map(|ending| form.strip_suffix(ending)).any(|base| {
                    self.is_one(base)
                        || self.is_group(base)
                        || self.roles.contains(base)
                        || self
                            .forms
                            .iter()
                            .any(|known| known.strip_suffix("en").is_some_and(|known| is_or_ends_with(base, known)))
                })
        })
    }

    fn is_group(&self, form: &str) -> bool {
        self.groups.iter().any(|known| is_or_ends_with(form, known))
    }

    /// A pointer before, with a few adjectives at most between.
    fn pointed_at(&self, all: &[Word], index: usize, text: &str) -> bool {
        self.before(all, index, text).any(|word| self.pointers.contains(word) || is_genitive(word))
    }

    /// "Leder, TR eller AMR", "ledere og TR": any of them, and so nobody.
    fn is_choice(&self, all: &[Word], index: usize) -> bool {
        let form = |at: Option<usize>| at.and_then(|at| all.get(at)).map_or("", |word| word.folded.as_str());
        let beside = [(index.checked_sub(1), index.checked_sub(2)), (Some(index + 1), Some(index + 2))];
        beside.into_iter().any(|(next, far)| match form(next) {
            "eller" => true,
            "og" => self.is_several(form(far)),
            _ => false,
        })
    }

    /// "En ekstern rådgiver": nobody who is employed here.
    fn is_outside(&self, all: &[Word], index: usize, text: &str) -> bool {
        self.before(all, index, text)
            .any(|word| OUTSIDE.iter().any(|outside| word.strip_suffix('e').unwrap_or(word) == *outside))
    }

    /// Words directly before, from the nearest, as long as they stand in the same phrase.
    fn before<'w>(&self, all: &'w [Word], index: usize, text: &'w str) -> impl Iterator<Item = &'w str> {
        let nearest = (index.saturating_sub(ADJECTIVES + 1)..index).rev();
        let plain = move |at: &usize| {
            let gap =
                all.get(*at).zip(all.get(at + 1)).map(|(word, next)| Span::new(word.span.end(), next.span.start()));
            !gap.is_some_and(|gap| gap.of(text).contains([',', ':', ';', '(', ')', '–']))
        };
        // A finite verb or a preposition ends the phrase, but not the "og" of "social- og sundhedsassistent".
        let hangs =
            move |at: usize| at.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|word| lacks_end(&word.folded));
        let inside = move |at: &usize| {
            all.get(*at).is_some_and(|word| !PHRASE_ENDS.contains(&word.folded.as_str()) || hangs(*at))
        };
        nearest.take_while(plain).take_while(inside).filter_map(|at| all.get(at)).map(|word| word.folded.as_str())
    }

    /// How many a plural word speaks of, where that is few.
    fn counted(&self, all: &[Word], index: usize, text: &str) -> Option<Count> {
        let before: Vec<&str> = self.before(all, index, text).collect();
        // "en af de tre visitatorer", "den ene af bogholderne"
        let of = before.iter().position(|word| *word == "af");
        if let Some(of) = of
            && before.get(of + 1).is_some_and(|word| matches!(*word, "en" | "én" | "ene" | "1" | "et"))
        {
            return Some(Count::One);
        }
        // "den ansatte" is one, "de ansatte" are many.
        if before.iter().any(|word| matches!(*word, "den" | "denne")) {
            return Some(Count::One);
        }
        if before.iter().any(|word| matches!(*word, "procent" | "%"))
            || !before.iter().any(|word| self.few.contains(*word))
        {
            return None;
        }
        // "to ud af tre medarbejdere" is a share, and of anybody.
        let share = before.contains(&"ud");
        let anybody = all
            .get(index)
            .is_some_and(|word| matches!(word.folded.as_str(), "medarbejdere" | "ansatte" | "kolleger" | "ledere"));
        (!(share && anybody)).then_some(Count::Few)
    }
}

/// "Skolens pædagogiske leder": whose leader it is says which.
fn is_genitive(word: &str) -> bool {
    const NO_GENITIVES: &[&str] = &["fælles", "ellers", "alles", "således", "ligeledes", "dagens", "tilfreds", "mens"];
    word.chars().count() > 4 && word.ends_with('s') && !word.ends_with("es") && !NO_GENITIVES.contains(&word)
}

enum Count {
    One,
    Few,
}

/// Words that end the phrase a person stands in.
const PHRASE_ENDS: &[&str] = &[
    "er", "har", "var", "blev", "bliver", "får", "fik", "i", "på", "til", "fra", "med", "for", "om", "ved", "hos",
    "og", "eller", "at", "der", "som", "skal", "kan", "må", "vil", "hver", "hvert", "alle", "mellem", "blandt",
    "under", "over", "efter",
];

/// Adjectives of those who come from outside, without the ending.
const OUTSIDE: &[&str] = &["ekstern", "uvildig", "privatpraktiserend", "udefrakommend", "praktiserend"];

/// "En lektion mere for en lærer på fuld tid": how much that is, and nobody in it.
fn is_measure(all: &[Word], index: usize) -> bool {
    let form = |at: usize| all.get(at).map_or("", |word| word.folded.as_str());
    let rated = matches!((form(index + 1), form(index + 2)), ("på", "fuld" | "halv" | "nedsat" | "deltid" | "fuldtid"));
    rated && index.checked_sub(2).is_some_and(|at| form(at) == "for" && matches!(form(at + 1), "en" | "én"))
}

/// "De nye" are people, "den nye side" is a page.
fn names_what_follows(all: &[Word], index: usize) -> bool {
    let is_adjective =
        all.get(index).is_some_and(|word| matches!(word.folded.as_str(), "nye" | "sygemeldte" | "gravide"));
    let next = all.get(index + 1).map(|word| word.folded.as_str());
    // "De nye mødte" is a verb, "den nye rute" is not: the ending -te stands behind a consonant.
    let past = |next: &str| {
        next.strip_suffix("te").is_some_and(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u', 'y', 'æ', 'ø', 'å', 't']))
    };
    is_adjective && next.is_some_and(|next| !PHRASE_ENDS.contains(&next) && !past(next))
}

/// "Teknisk chef er bortvist", "daglig leder i Spiren": a bare occupation that opens the sentence.
fn bare_subject(all: &[Word], index: usize, text: &str) -> bool {
    const VERBS: &[&str] = &[
        "er",
        "har",
        "blev",
        "fratræder",
        "stopper",
        "går",
        "bliver",
        "fik",
        "forlader",
        "i",
        "på",
        "ved",
        "for",
        "af",
    ];
    // "Sneploven Svend" is no journeyman.
    let common = index == 0 || all.get(index).is_some_and(|word| word.span.of(text).starts_with(char::is_lowercase));
    // "Stillingsbetegnelsen sundhedsassistent" is a word, "Teknisk chef" a person.
    let noun =
        index == 1 && all.first().is_some_and(|first| first.folded.ends_with("en") || first.folded.ends_with("et"));
    let opens = common
        && !noun
        && index <= 1
        && all.first().is_some_and(|word| word.span.of(text).starts_with(char::is_uppercase));
    opens
        && all.get(index + 1).is_some_and(|next| {
            let place = || next.span.of(text).starts_with(char::is_uppercase) && is_aside(all, index, text);
            VERBS.contains(&next.folded.as_str()) || place()
        })
}

/// "Daglig leder, Familiehuset: …": the place stands behind a comma.
fn is_aside(all: &[Word], index: usize, text: &str) -> bool {
    let gap = all.get(index).zip(all.get(index + 1)).map(|(word, next)| Span::new(word.span.end(), next.span.start()));
    gap.is_some_and(|gap| gap.of(text) == ", ")
}

/// A word, or a compound that ends in it. Short words must stand alone: "kok" is not in "blok".
fn is_or_ends_with(word: &str, known: &str) -> bool {
    // Every word is asked for hundreds; most end in another letter, and that is told without a call.
    word.bytes().next_back() == known.bytes().next_back()
        && word.ends_with(known)
        && (word.len() == known.len() || known.chars().count() > 3)
}
