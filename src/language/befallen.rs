//! Where a sentence tells that something was done to, or became of, one person: "Mette er fritstillet", "er Bo hjemsendt".
//!
//! No list holds all that may happen to a human being. Grammar says it more surely: whoever acts for the committee stands
//! in front of an active verb ("lederen oplyste", "FTR har holdt møde"); whoever suffers something stands with "er", "var"
//! or "blev" and a participle. Which participles are an affair of the committee ("valgt", "inviteret") is for the rules.

use crate::text::Span;
use crate::text::words::Word;

/// Forms of "være" and "blive" that tell of something that is so, not of something that may be.
fn tells_what_is(form: &str) -> bool {
    matches!(form, "er" | "var" | "blev" | "bliver" | "blevet" | "været")
}

/// Words in front of a participle that look like one, and others that may stand there.
fn may_stand_between(form: &str) -> bool {
    matches!(
        form,
        "fortsat"
            | "snart"
            | "helt"
            | "lidt"
            | "først"
            | "sidst"
            | "mest"
            | "desværre"
            | "nu"
            | "ikke"
            | "netop"
            | "også"
            | "igen"
            | "så"
            | "dog"
            | "delvist"
            | "delvis"
            | "midlertidigt"
            | "pludselig"
            | "pludseligt"
            | "af"
            | "i"
            | "blevet"
            | "været"
            | "efter"
            | "siden"
            | "allerede"
            | "endelig"
            | "med"
            | "virkning"
            | "eget"
            | "ønske"
            | "alene"
            | "gensidig"
            | "aftale"
            | "straks"
            | "pr"
            | "længere"
            | "mere"
    )
}

/// Adjectives and particles with the ending of a participle.
fn looks_like_participle(form: &str) -> bool {
    matches!(
        form,
        "fast"
            | "parat"
            | "vært"
            | "tæt"
            | "kort"
            | "godt"
            | "stort"
            | "vidt"
            | "klart"
            | "let"
            | "ret"
            | "nyt"
            | "blot"
            | "slet"
            | "andet"
            | "meget"
            | "noget"
            | "intet"
            | "vigtigt"
            | "muligt"
            | "rart"
            | "klogt"
            | "trygt"
            | "sent"
            | "dyrt"
            | "kendt"
            | "hårdt"
            | "langt"
            | "rundt"
            | "fleste"
    )
}

/// Words after which another one is spoken of.
fn opens_clause(form: &str) -> bool {
    matches!(
        form,
        "at" | "hvis"
            | "når"
            | "mens"
            | "og"
            | "hvor"
            | "hvornår"
            | "hvilket"
            | "hvordan"
            | "hvorfor"
            | "hvorvidt"
            | "hvad"
            | "hvem"
            | "hvilke"
            | "hvilken"
    )
}

/// Words that do so unless their clause is an aside between two commas.
fn opens_aside(form: &str) -> bool {
    matches!(form, "der" | "som" | "om")
}

/// Words between the person and the verb: "lederen af det lille værested er".
const SUBJECT_REACH: usize = 7;
/// Words between the verb and the participle.
const PARTICIPLE_REACH: usize = 6;

/// For each of `persons` to whom something was done, the words from the first of the two to the last.
pub(super) fn befallen(all: &[Word], persons: &[Span], text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for (at, verb) in all.iter().enumerate().filter(|(_, word)| tells_what_is(&word.folded)) {
        let before = persons
            .iter()
            .filter(|person| person.end() <= verb.span.start())
            .max_by_key(|person| person.end())
            .filter(|person| leads_to(all, **person, at, text));
        let behind = || {
            let next = all.get(at + 1)?;
            persons.iter().find(|person| person.start() == next.span.start())
        };
        let Some(person) = before.or_else(behind) else { continue };
        let from = all.iter().skip(at + 1).position(|word| word.span.start() >= person.end()).unwrap_or_default();
        let behind = if before.is_some() { at + 1 + from } else { behind_place(all, at + 1 + from, text) };
        if let Some(participle) = participle(all, behind, text) {
            let ends = [person.start(), person.end(), verb.span.start(), participle.start(), participle.end()];
            let (start, end) = (ends.into_iter().min(), ends.into_iter().max());
            found.extend(start.zip(end).map(|(start, end)| Span::new(start, end)));
        }
    }
    found
}

/// Whether a person is the subject of a verb behind: nothing between opens another clause, but a place or a bracket may
/// stand there ("lederen på Solhøj", "Mette (nattevagt)").
fn leads_to(all: &[Word], person: Span, verb: usize, text: &str) -> bool {
    let between: Vec<&Word> = all.iter().take(verb).filter(|word| word.span.start() >= person.end()).collect();
    let gap = all.get(verb).map(|word| Span::new(person.end(), word.span.start()).of(text)).unwrap_or_default();
    let aside = gap.matches([',', '–', '(', ')']).count();
    // "Henriks forslag blev taget godt imod": what is somebody's is the subject.
    let whose = person.of(text).ends_with('s')
        && gap.starts_with(' ')
        && !gap.trim_start().is_empty()
        && between.first().is_some_and(|word| !is_preposition(&word.folded) && !may_stand_between(&word.folded));
    between.len() <= SUBJECT_REACH
        && !whose
        && !is_governed(all, person)
        && !gap.contains([';', ':', '.'])
        && (aside == 0 || aside == 2)
        && !between.iter().any(|word| {
            let form = word.folded.as_str();
            opens_clause(form) || (aside == 0 && opens_aside(form))
        })
}

/// Where it goes on behind a place: "er lederen for Ny Bymidte gnublet".
fn behind_place(all: &[Word], from: usize, text: &str) -> usize {
    if !all.get(from).is_some_and(|word| is_preposition(&word.folded)) {
        return from;
    }
    let capitals = all.iter().skip(from + 1).take_while(|word| word.span.of(text).starts_with(char::is_uppercase));
    match capitals.count() {
        0 => from,
        many => from + 1 + many,
    }
}

/// Words between a person and where they work.
fn is_preposition(form: &str) -> bool {
    matches!(form, "i" | "på" | "af" | "for" | "fra" | "ved" | "hos")
}

/// Whether a person stands behind a preposition and so is no subject: "udgiften til afløseren er betalt". One of several is:
/// "en af pedellerne er opsagt".
fn is_governed(all: &[Word], person: Span) -> bool {
    let before = |back: usize| {
        let at = all.iter().position(|word| word.span.start() >= person.start())?;
        all.get(at.checked_sub(back)?).map(|word| word.folded.as_str())
    };
    let preposition = matches!(before(1), Some("af" | "til" | "for" | "fra" | "med" | "om" | "over" | "mod" | "hos"));
    preposition && !matches!(before(2), Some("en" | "én" | "ene" | "et" | "1"))
}

/// The first participle from a place on, before the phrase ends.
fn participle(all: &[Word], from: usize, text: &str) -> Option<Span> {
    let mut after_preposition = false;
    for index in from..(from + PARTICIPLE_REACH).min(all.len()) {
        let word = all.get(index)?;
        let noun = after_preposition;
        after_preposition = matches!(word.folded.as_str(), "efter" | "siden" | "ved");
        let gap = Span::new(all.get(index.checked_sub(1)?)?.span.end(), word.span.start());
        if gap.of(text).contains([',', ';', ':', '(', '–']) {
            return None;
        }
        // "er efter forhandling overflyttet"
        let between = noun || may_stand_between(&word.folded);
        let named =
            word.span.of(text).starts_with(char::is_uppercase) && !word.span.of(text).ends_with(char::is_uppercase);
        if !between && !named && is_participle(&word.folded) {
            return Some(word.span);
        }
        // A name that no list knows whole: "er Torkild Baunehøj fritstillet".
        if !between && !word.span.of(text).starts_with(char::is_uppercase) {
            return None;
        }
    }
    None
}

fn is_participle(word: &str) -> bool {
    if word == "væk" {
        return true;
    }
    let long = word.chars().count() >= 4;
    // "Suppleant" and "dirigent" are persons.
    let noun = word.ends_with("nt");
    long && !noun && (word.ends_with('t') || word.ends_with("ede")) && !looks_like_participle(word)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use crate::language::persons::shown;

    fn found(text: &str) -> Vec<&str> {
        shown(text, |people| people.befallen)
    }

    #[test]
    fn what_becomes_of_one_person_is_found_by_its_grammar() {
        assert_eq!(found("Mette Holm er nu gnublet."), ["Mette Holm er nu gnublet"]);
        assert_eq!(found("Derfor er Bo Lund gnublet."), ["er Bo Lund gnublet"]);
        assert_eq!(found("Lederen på det lille værested er gnublet."), ["Lederen på det lille værested er gnublet"]);
        assert_eq!(found("Derfor er lederen for Ny Skov gnublet."), ["er lederen for Ny Skov gnublet"]);
        assert_eq!(found("Derfor er lederen væk."), ["er lederen væk"]);
        assert_eq!(found("Lederen, der rejste bort, er gnublet."), ["Lederen, der rejste bort, er gnublet"]);
    }

    #[test]
    fn who_acts_is_not_befallen() {
        for text in [
            "Lederen har gnublet.",
            "Lederen oplyste, at taget er gnublet.",
            "Bo Lund er fortsat formand.",
            "Lederen og taget er gnublet.",
            "Henriks tag er gnublet.",
            "Bo Lund var i Folketinget.",
        ] {
            assert_eq!(found(text), [] as [&str; 0], "{text}");
        }
    }
}
