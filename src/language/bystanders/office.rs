//! Those who are named by the post they lead in, and do something: "Ældrechef Bo Lund ser ingen grund til at vente",
//! "Lederen af Løn, Bo Lund, har rettet fejlen".
//!
//! No list holds all that leaders do. But what happens to a human being is told with few verbs: being, becoming, getting,
//! having, wanting, coming and going. Any other verb of somebody named by their post tells what they do at work, unless it
//! speaks of themselves.

use super::sentence::Sentence;
use super::{Acting, Sought, is_listed};
use crate::text::Span;

/// Words from the post to the name: "Lederen af Løn og Personale, Bo Lund".
const POST_REACH: usize = 6;
/// Words from the name to its verb, and to the end of what is told.
const CLAUSE_REACH: usize = 16;
/// Words that tell of work at least, the verb among them where it stands behind the name.
const WORK: usize = 3;

/// Verbs of being, becoming, getting, having, wanting, coming and going, and of what befalls a body.
pub(super) fn tells_of_a_life(form: &str) -> bool {
    let starts = [
        "stopp", "slutt", "ophør", "fratr", "tiltr", "begynd", "start", "flytt", "rejs", "skift", "vend", "mist",
        "savn", "vent", "lid", "død", "fyld", "fød", "forla", "forlo", "overg", "drik", "drak", "sov", "tab", "fald",
        "brækk", "sygem", "ligg", "sidd", "føl", "klar", "magt", "trap", "træk", "trak", "bo", "lev", "ønsk", "søg",
        "arbejd", "kør", "komm", "råb", "slog", "slår",
    ];
    matches!(
        form,
        "er" | "var"
            | "bliver"
            | "blev"
            | "får"
            | "fik"
            | "vil"
            | "ville"
            | "skal"
            | "skulle"
            | "kan"
            | "kunne"
            | "må"
            | "måtte"
            | "går"
            | "gik"
            | "kom"
            | "står"
            | "stod"
            | "lå"
            | "sad"
            | "led"
            | "dør"
            | "holder"
            | "holdt"
            | "bør"
            | "tør"
            | "gider"
            | "burde"
            | "og"
            | "hedder"
            | "i"
            | "på"
            | "fra"
            | "ved"
            | "til"
    ) || starts.iter().any(|start| form.starts_with(start))
}

/// Words that speak of the same person again, or take back what is told.
fn is_own_or_not(form: &str) -> bool {
    matches!(
        form,
        "han"
            | "hun"
            | "ham"
            | "hende"
            | "hans"
            | "hendes"
            | "sin"
            | "sit"
            | "sine"
            | "sig"
            | "selv"
            | "ikke"
            | "aldrig"
            | "længere"
            | "mere"
            | "op"
            | "alkohol"
            | "vedkommende"
    )
}

/// Verbs in the present or the past by their looks.
fn is_finite(form: &str) -> bool {
    let strong = matches!(
        form,
        "ser"
            | "så"
            | "skrev"
            | "underskrev"
            | "gav"
            | "tog"
            | "lod"
            | "bad"
            | "bød"
            | "gør"
            | "gjorde"
            | "drog"
            | "slog"
            | "lagde"
            | "sagde"
            | "satte"
            | "traf"
            | "fremsatte"
            | "stak"
    );
    strong || ["er", "ede", "te", "de"].iter().any(|ending| form.ends_with(ending)) && form.chars().count() > 3
}

impl Acting {
    /// Whether somebody is named by the post they lead in and does something there.
    pub(super) fn does_office(&self, sentence: &Sentence<'_>, person: Span) -> bool {
        if sentence.is_genitive(person) {
            return false;
        }
        let first = sentence.at(person.start());
        let behind = sentence.at(person.end());
        let Some(title) = first.checked_sub(1).and_then(|at| self.post(sentence, at)) else { return false };
        // "Derfor underskrev direktør Bo Lund aftalen": the verb stands in front of the title.
        let before = title.checked_sub(1).filter(|at| sentence.between_words(*at) == " ");
        let inverted = before.filter(|at| *at > 0 && is_finite(sentence.form(*at)));
        // "Ungdomsskolens leder", "Vores nye chef"
        let opens = (0..title).all(|at| sentence.between_words(at) == " " && sentence.form(at).ends_with(['s', 'e']));
        let verb = inverted.or_else(|| opens.then_some(behind));
        verb.is_some_and(|verb| self.is_work(sentence, verb, behind))
    }

    /// Where the post begins that ends at a word: "ældrechef", "lederen af Løn,".
    fn post(&self, sentence: &Sentence<'_>, last: usize) -> Option<usize> {
        let leads = |at: usize| {
            let form = sentence.form(at);
            let bare = form.strip_suffix("en").into_iter().chain(form.strip_suffix('n'));
            bare.chain([form]).any(|form| is_listed(&self.offices, form))
        };
        if sentence.between_words(last) == " " {
            // "Formanden og Bo Lund finder en dato": they do it together.
            let title = if sentence.is_form(last, "og") { last.checked_sub(1)? } else { last };
            return leads(title).then_some(title);
        }
        let near = (last.saturating_sub(POST_REACH)..=last).rev();
        let same = |at: &usize| *at == last || !sentence.between_words(*at).contains([',', ';', ':', '.']);
        (sentence.between_words(last) == ", ").then(|| near.take_while(same).find(|at| leads(*at)))?
    }

    /// Whether a verb, with what stands behind it, tells of work.
    fn is_work(&self, sentence: &Sentence<'_>, verb: usize, behind: usize) -> bool {
        let form = sentence.form(verb);
        let from = behind.max(verb);
        let rest = || {
            let more =
                |at: &usize| *at <= verb + 1 || !sentence.between_words(at.saturating_sub(1)).contains([',', ';', ':']);
            (from..(from + CLAUSE_REACH).min(sentence.all.len())).take_while(more)
        };
        // "skulker", "græder tit": whoever does something does it to something, and that takes more words.
        let often = rest()
            .take(2)
            .any(|at| matches!(sentence.form(at), "tit" | "ofte" | "altid" | "hele" | "meget" | "dårligt"));
        if often || rest().count() < WORK {
            return false;
        }
        if rest().any(|at| is_own_or_not(sentence.form(at))) || is_listed(&self.not, form) {
            return false;
        }
        // "har rettet den fejl": what was done to something.
        if matches!(form, "har" | "havde") {
            let participle = rest().skip(1).take(2).find(|at| sentence.form(*at).ends_with('t'));
            return participle.is_some_and(|at| {
                let done = sentence.form(at);
                let life = [
                    "fået", "haft", "været", "blevet", "gået", "kommet", "født", "ladt", "bedt", "valgt", "sagt",
                    "svært", "godt", "skidt",
                ];
                !life.iter().any(|ending| done.ends_with(ending))
                    && !tells_of_a_life(done)
                    && !sentence.is_undergone(at, true)
            }) || self.has_at(sentence, verb, Sought::Acting);
        }
        is_finite(form) && !tells_of_a_life(form)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn whoever_leads_and_does_something_is_no_bystander() {
        for text in [
            "Ældrechef Bo Lund ser ingen grund til at vente.",
            "Lederen af Løn, Bo Lund, har rettet fejlen.",
            "Derfor gnublede direktør Bo Lund taget i huset.",
        ] {
            assert_eq!(found(text), [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn what_is_told_of_their_life_is_another_matter() {
        for text in [
            "Ældrechef Bo Lund er gnublet.",
            "Ældrechef Bo Lund flytter til Norge.",
            "Ældrechef Bo Lund gnubler med sig selv.",
            "Ældrechef Bo Lund gnubler ikke mere.",
            "Ældrechef Bo Lund har fået en gnubbe.",
            "Ældrechef Bo Lund gnubler tit på kontoret.",
            "Ældrechef Bo Lund gnubler.",
        ] {
            assert_eq!(found(text), ["Bo Lund"], "{text}");
        }
    }
}
