//! Where somebody is shown to speak: by a verb of saying of their own, or by the clause that tells what they said.
//!
//! "Bo Lund gnublede, at taget er tæt": no list holds every verb that people speak with, but a clause with "at", "om" or
//! "hvordan" behind one person's verb is what they said, asked or thought, and what it tells is not told of them, unless it
//! speaks of "han", "hun" or "sin". What is said is then no more private than a rule or a figure.

use super::sentence::Sentence;
use super::{Acting, Sought};
use crate::text::Span;

/// Words from a person to the clause of what they said.
const CLAUSE_REACH: usize = 16;
/// Words from a person's name to what is theirs, and from a verb or preposition over a title to the name.
const OWN_REACH: usize = 3;
const TITLE_REACH: usize = 3;

/// Words that open what somebody said, asked or thought.
fn opens_matter(form: &str) -> bool {
    matches!(form, "at" | "om" | "hvordan" | "hvornår" | "hvad" | "hvilke" | "hvilken" | "hvem" | "hvorvidt")
}

/// Words of quantity behind "hvor": "hvor mange", but "hvor hun bor".
fn is_quantity(form: &str) -> bool {
    matches!(form, "mange" | "meget" | "få" | "lidt" | "langt" | "længe" | "ofte" | "tit" | "stor" | "store" | "stort")
}

/// Words that speak of the same person again.
fn is_same_person(form: &str) -> bool {
    matches!(
        form,
        "han" | "hun" | "ham" | "hende" | "hans" | "hendes" | "sin" | "sit" | "sine" | "vedkommende" | "sig" | "selv"
    )
}

/// Verbs of being and getting: what stands behind them is so, or was done.
fn is_state(form: &str) -> bool {
    matches!(form, "er" | "var" | "været" | "blev" | "bliver" | "blevet" | "fik" | "får" | "fået")
}

/// Words between which and a name there is more than a title: "til orientering er Bo Lund", "referatet fra mødet med Bo Lund".
fn is_no_title(form: &str) -> bool {
    is_state(form)
        || is_strong(form)
        || governs_clause(form)
        || matches!(form, "har" | "havde" | "efter" | "under" | "hos" | "omkring")
}

/// Words that make a clause with "at" a consequence: "gnublede så meget, at".
fn leads_to_consequence(form: &str) -> bool {
    matches!(form, "så" | "sådan" | "således" | "nok" | "grund" | "trods" | "udover" | "uden")
}

/// Prepositions that a clause can be the matter of: "er opsat på, at".
fn governs_clause(form: &str) -> bool {
    matches!(form, "på" | "over" | "ved" | "om" | "mod" | "imod" | "til" | "i" | "med")
}

/// Verbs in the present or the past, by their endings where they have one.
fn is_finite(form: &str) -> bool {
    is_state(form)
        || is_strong(form)
        || form.ends_with("er")
        || form.ends_with("ede")
        || form.ends_with("te")
        || form.ends_with("de")
}

fn is_strong(form: &str) -> bool {
    matches!(
        form,
        "sagde"
            | "bad"
            | "fandt"
            | "så"
            | "skrev"
            | "gav"
            | "lod"
            | "tog"
            | "drog"
            | "stod"
            | "gik"
            | "kom"
            | "holdt"
            | "vidste"
            | "forstod"
            | "spurgte"
            | "bød"
            | "gjorde"
            | "trak"
            | "slog"
            | "greb"
            | "bandt"
            | "ved"
            | "vil"
            | "kan"
            | "skal"
            | "gør"
            | "ser"
            | "står"
            | "går"
            | "slår"
            | "anså"
            | "antog"
            | "bestred"
            | "foregreb"
            | "fremkom"
            | "indskød"
            | "vedgik"
    )
}

/// "Dorthe: Vi er for få." A name, a colon, and a sentence as one begins that somebody says.
fn says_behind_colon(sentence: &Sentence<'_>, person: Span) -> bool {
    let behind = sentence.at(person.end());
    let said = sentence.all.get(behind).is_some_and(|word| sentence.between(person.end(), word) == ": ");
    let opens = matches!(
        sentence.form(behind),
        "vi" | "jeg"
            | "det"
            | "der"
            | "de"
            | "man"
            | "vores"
            | "hvad"
            | "hvordan"
            | "hvornår"
            | "hvorfor"
            | "hvem"
            | "kan"
            | "skal"
    );
    said && opens && person.start() == 0 && !sentence.all.iter().skip(behind).any(|word| is_same_person(&word.folded))
}

impl Acting {
    /// The words that show a person speaking.
    pub(super) fn speaks(&self, sentence: &Sentence<'_>, person: Span) -> Vec<Span> {
        let heard = self.is_heard(sentence, person);
        if sentence.is_genitive(person) {
            return heard.into_iter().collect();
        }
        let own = self.verb_of(sentence, person, Sought::Saying).map(|verb| {
            // "og han oplyste": a pronoun stands for somebody, and is as near to what was said before as to what follows.
            let pronoun = matches!(person.of(sentence.text).to_lowercase().as_str(), "han" | "hun");
            if pronoun { Span::new(person.start(), verb.end()) } else { verb }
        });
        let mut found: Vec<Span> = own.into_iter().chain(heard).collect();
        if found.is_empty() {
            found.extend(self.tells(sentence, person));
        }
        if found.is_empty() && says_behind_colon(sentence, person) {
            found.push(person);
        }
        found
    }

    /// "Derpå spurgte formand Bo Lund til taget", "underskrevet af Bo Lund", "ifølge Bo Lund", "et brev fra Bo Lund", "Bo
    /// Lunds fremlæggelse". Whatever a relative clause tells of the person is another matter.
    fn is_heard(&self, sentence: &Sentence<'_>, person: Span) -> Option<Span> {
        let behind = sentence.at(person.end());
        if sentence.opens_relative(person) || sentence.all.iter().skip(behind).any(|word| is_same_person(&word.folded))
        {
            return None;
        }
        let whose = sentence.is_genitive(person);
        let says = |at: usize| self.has_at(sentence, at, Sought::Saying);
        if whose {
            let form = |at: &usize| sentence.all.get(*at).map_or("", |word| word.folded.as_str());
            let noun = (behind..behind + OWN_REACH).take_while(|at| !is_state(form(at))).find(|at| says(*at))?;
            return Some(Span::new(person.start(), sentence.all.get(noun)?.span.end()));
        }
        let first = sentence.at(person.start());
        for back in 1..=TITLE_REACH {
            let at = first.checked_sub(back)?;
            let word = sentence.all.get(at)?;
            if sentence.between_words(at).contains([',', ';', ':', '.', '(']) {
                return None;
            }
            let form = word.folded.as_str();
            // "ledes af Bo Lund og Mette Holm"
            if back == 1 && form == "og" {
                let other = sentence.person_at(at.checked_sub(1)?)?;
                return self.is_heard(sentence, other).map(|heard| Span::new(heard.start(), person.end()));
            }
            let speaker = match form {
                "ifølge" | "iflg" | "gennem" | "via" => true,
                "til" | "hos" if back == 1 && sentence.is_addressed(person) => true,
                // "Medarbejdersiden ved direktør Bo Lund": nothing but a title stands between.
                "ved" | "v" if at > 0 && (at + 1..first).all(|at| sentence.is_title(at)) => true,
                "af" | "fra" | "ved" | "v" => {
                    let source = at.checked_sub(1)?;
                    says(source)
                        || (form == "fra" && sentence.is_new_noun(source))
                        || (form == "af" && sentence.is_dealt_with_by(at))
                }
                _ => says(at),
            };
            if speaker {
                return Some(Span::new(word.span.start(), person.end()));
            }
            if super::leads_to_matter(form) || super::leads_to_agent(form) || is_no_title(form) {
                return None;
            }
        }
        None
    }

    /// "Bo Lund gnublede, at …", "Derpå gnublede Bo Lund, hvor mange …".
    fn tells(&self, sentence: &Sentence<'_>, person: Span) -> Option<Span> {
        let behind = sentence.at(person.end());
        let inverted = sentence.at(person.start()).checked_sub(1).filter(|at| {
            let form = sentence.all.get(*at).map_or("", |word| word.folded.as_str());
            sentence.between_words(*at) == " " && is_finite(form)
        });
        let mut verb = inverted;
        let mut aside = false;
        let mut from = person.end();
        for at in behind..behind + CLAUSE_REACH {
            let word = sentence.all.get(at)?;
            let form = word.folded.as_str();
            let gap = sentence.between(from, word);
            from = word.span.end();
            if gap.contains([';', ':', '.']) {
                return None;
            }
            if gap.contains(',') && !aside && verb.is_some() {
                return verb.filter(|verb| self.is_matter(sentence, *verb, at)).and_then(|verb| {
                    let verb = sentence.all.get(verb)?.span;
                    Some(Span::new(verb.start(), verb.end().max(if inverted.is_some() { person.end() } else { 0 })))
                });
            }
            if gap.contains([',', '(', ')']) {
                aside = !aside;
            }
            if aside {
                continue;
            }
            if verb.is_none() && is_finite(form) {
                verb = Some(at);
            }
            if matches!(form, "der" | "som" | "fordi" | "da" | "når" | "hvis" | "mens") {
                return None;
            }
        }
        None
    }

    /// Whether a clause behind a comma is what somebody said: not what came of it, nor what happened to them.
    fn is_matter(&self, sentence: &Sentence<'_>, verb: usize, clause: usize) -> bool {
        let form = |at: usize| sentence.all.get(at).map_or("", |word| word.folded.as_str());
        let last = form(clause.saturating_sub(1));
        let quantity = form(clause) == "hvor" && is_quantity(form(clause + 1));
        let between = || (verb..clause).map(form);
        // "bryder sig ikke om, at": what goes with the verb tells nothing of the person.
        let own = (verb..clause).any(|at| is_same_person(form(at)) && !(at == verb + 1 && form(at) == "sig"));
        let state = between().any(is_state);
        let listed = |form: &str| super::is_listed(&self.not, form);
        let end = (clause..sentence.all.len())
            .find(|at| matches!(form(*at), "og" | "men") && sentence.between_words(at.saturating_sub(1)).contains(','))
            .unwrap_or(sentence.all.len());
        !own && (opens_matter(form(clause)) || quantity)
            && !leads_to_consequence(last)
            && !between().any(|form| leads_to_consequence(form) || listed(form))
            && (!state || (matches!(form(verb), "er" | "var") && governs_clause(last)))
            && !(clause..end).map(form).any(is_same_person)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use crate::language::persons::shown;

    fn found(text: &str) -> Vec<&str> {
        shown(text, |people| people.speech)
    }

    #[test]
    fn a_clause_behind_somebodys_verb_is_what_they_said_whatever_the_verb() {
        assert_eq!(found("Bo Lund gnublede, at taget er tæt."), ["gnublede"]);
        assert_eq!(found("Bo Lund gnublede, hvor mange der kom."), ["gnublede"]);
        assert_eq!(found("Derpå gnublede Bo Lund, at taget er tæt."), ["gnublede Bo Lund"]);
        assert_eq!(found("Bo Lund er opsat på, at taget er tæt."), ["er"]);
    }

    #[test]
    fn a_speaker_is_heard_before_the_name_too() {
        assert_eq!(found("Ifølge direktør Bo Lund er taget tæt."), ["Ifølge direktør Bo Lund"]);
        assert_eq!(found("Bo Lunds fremlæggelse var kort."), ["Bo Lunds fremlæggelse"]);
        assert_eq!(found("En melding fra Bo Lund var kort."), ["fra Bo Lund"]);
        assert_eq!(found("FOA, her ved formand Bo Lund, får taget."), ["ved formand Bo Lund"]);
        assert_eq!(found("Taget gnubles i maj af Bo Lund og Mette Holm."), ["af Bo Lund", "af Bo Lund og Mette Holm"]);
        assert_eq!(found("Bo Lund: Vi har taget."), ["Bo Lund"]);
    }

    #[test]
    fn what_is_told_of_the_same_person_is_not_speech() {
        for text in [
            "Bo Lund gnublede, at han er træt.",
            "Bo Lund gnublede så meget, at taget faldt ned.",
            "Bo Lund fik at vide, at taget er tæt.",
            "Bo Lund har fået konstateret gnubber.",
            "Til orientering er Bo Lund gnublet.",
            "Bo Lund blev indkaldt til et møde.",
            "Bo Lund: Han har taget.",
            "Bo Lund: Gnublet til maj.",
        ] {
            assert_eq!(found(text), [] as [&str; 0], "{text}");
        }
    }
}
