//! What the daemon tells people about editions it does not send: in Danish, because `digest status` shows it to the
//! secretary who decides.

use chrono::{DateTime, NaiveDate, Utc};

use crate::clock::{danish_day, danish_time};
use crate::digest::{AudienceId, CorrectedItem, DateKind, Digest, DigestDate, Held, Missing};
use crate::minutes::Departure;
use crate::store::EditionId;

/// Instead of a sentence that a privacy rule withholds.
pub const WITHHELD: &str = "(Teksten er privat og bliver ikke vist; se referatet.)";
/// An edition that was just made and not yet judged; only such a one is ever released without a person.
pub const NEW: &str = "Ny; endnu ikke vurderet.";
/// Minutes that came again after letters were made of them.
pub const EARLIER_LETTER: &str =
    "Der er allerede lavet breve om samme møde; et menneske skal afgøre, om der skal sendes endnu et.";
/// Minutes that came again before letters were made of them.
pub const SUPERSEDED: &str = "Afløst af et nyere referat fra samme møde.";
/// Minutes that lay there for some time before the program could use them.
pub const LATE: &str =
    "Filen lå i indbakken, før programmet kunne bruge den; et menneske skal afgøre, om den stadig er aktuel.";
/// The inbox no longer has the minutes.
pub const SOURCE_GONE: &str = "Referatet ligger ikke længere uændret i indbakken.";
/// The configuration changed under an edition.
pub const COMMITTEE_CHANGED: &str = "Referatet hører ikke længere til udvalget, som config.toml nu er.";
/// The configuration changed under an edition.
pub const NO_LIST: &str = "Udvalget har ikke længere en modtagerliste til målgruppen.";
/// Rules or configuration changed under an edition.
pub const NOTHING_TO_TELL: &str = "Med de nuværende regler er der intet at fortælle målgruppen.";
/// A committee without lists.
pub const NO_LISTS: &str = "Udvalget har ingen modtagerlister i config.toml.";
/// A schedule with a year that is over.
pub const NEVER_DUE: &str = "Udvalgets tidsplan har ikke flere tidspunkter.";

/// The subject in the state of a notice to those who approve; the mail has one of its own.
pub const WAITING_SUBJECT: &str = "Et brev venter på godkendelse";
/// The subject in the state of a request to delete a letter.
pub const DELETION_SUBJECT: &str = "Slet venligst et brev";
/// A request to delete a letter, before a person said yes.
pub const DELETION_WAITS: &str = "Beder dem, der har fået brevet, om at slette det; skal godkendes af et menneske.";
/// A letter that is being called back.
pub const BEING_RECALLED: &str = "Brevet er ved at blive kaldt tilbage; det, der ikke er sendt, venter.";
/// Nobody to ask.
pub const NOBODY_REACHED: &str = "Ingen har fået brevet, så der er ingen at bede om at slette det.";
/// The database is older than the ledger.
pub const RESTORED: &str = "Databasen passer ikke med hovedbogen over afleverede breve og er formentlig gendannet fra en kopi. Intet bliver sendt, før et menneske har set på det med »digest ledger«.";
/// Nothing waits any more.
pub const NOTHING_WAITS: &str = "Brevet venter ikke længere på godkendelse.";

/// Less final minutes that came after more final ones.
pub const LESS_FINAL: &str = "Et mere endeligt referat fra samme møde er læst før; dette afløser det ikke.";

/// How every reason about a layout begins and ends, so that it can be taken out again once the layout is confirmed.
const LAYOUT_BEGINS: &str = "Opsætningen er ";
const LAYOUT_ENDS: &str = "Se læsningen med »digest parse«, og bekræft den med »digest confirm«.";

/// The first minutes of a committee, or the first of their layout.
#[must_use]
pub fn new_layout() -> String {
    format!("{LAYOUT_BEGINS}ny for udvalget, og ingen har endnu set, om referatet er læst rigtigt. {LAYOUT_ENDS}")
}

/// Minutes laid out otherwise than those that were confirmed.
#[must_use]
pub fn departs(departure: &Departure) -> String {
    let list = |what: &str, forms: &[String]| match forms {
        [] => None,
        forms => {
            Some(format!("{what} {}", forms.iter().map(|form| form_in_danish(form)).collect::<Vec<_>>().join(", ")))
        }
    };
    let parts: Vec<String> =
        [list("nyt er", &departure.new), list("der mangler", &departure.missing)].into_iter().flatten().collect();
    format!("{LAYOUT_BEGINS}en anden, end der er bekræftet for udvalget: {}. {LAYOUT_ENDS}", parts.join("; "))
}

/// "decision: Beslutning" is "beslutningens overskrift »Beslutning«".
fn form_in_danish(form: &str) -> String {
    const KINDS: &[(&str, &str)] = &[
        ("format", "filtypen"),
        ("item", "punktets overskrift"),
        ("decision", "beslutningens overskrift"),
        ("other-decision", "overskriften over andres beslutning"),
        ("order", "rækkefølgen"),
        ("section", "overskriften"),
        ("closed", "mærket for lukkede punkter"),
        ("approval", "godkendelsen"),
    ];
    let (kind, what) = form.split_once(": ").unwrap_or(("", form));
    let shown = what.replace("{number}", "1").replace("{title}", "…");
    match KINDS.iter().find(|(known, _)| *known == kind) {
        Some((_, danish)) => format!("{danish} »{shown}«"),
        None => format!("»{form}«"),
    }
}

/// A reason without what it says of the layout; none where it says nothing of it, which is so for every reason that a
/// person gave.
#[must_use]
pub fn without_layout(reason: &str) -> Option<String> {
    let (before, rest) = reason.split_once(LAYOUT_BEGINS)?;
    let (_, after) = rest.split_once(LAYOUT_ENDS)?;
    let parts = [before.trim(), after.trim()];
    Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
}

/// The same minutes as another file.
#[must_use]
pub fn same_as(name: &str) -> String {
    format!("Samme referat som {name}; der bliver ikke lavet breve af det.")
}

/// Items of the agenda that the minutes do not have.
#[must_use]
pub fn not_in_minutes(items: &[String]) -> String {
    format!(
        "Dagsordenen for mødet har punkter, som ikke blev fundet i referatet: {}. Se læsningen med »digest parse«.",
        items.join(", ")
    )
}

/// What later minutes say of those that a waiting letter is made of.
#[must_use]
pub fn says_approved(date: NaiveDate) -> String {
    format!("Siger, at referatet fra {date} er godkendt.")
}

/// A correction, whatever the release mode.
pub const CORRECTION_WAITS: &str = "Referatet er ændret, efter at brevet er sendt. Rettelsen bliver kun sendt, hvis et menneske godkender den; se den med »digest preview --edition«.";
/// A letter about a coming meeting.
pub const AGENDA_WAITS: &str = "Brevet om det kommende møde bliver kun sendt, hvis et menneske godkender det.";

/// Changed minutes that change nothing for an audience.
#[must_use]
pub fn nothing_to_correct(audience: &AudienceId) -> String {
    format!("Ændringen i referatet ændrer intet i brevet til {audience}.")
}

/// Which items a correction is about.
#[must_use]
pub fn corrects(items: &[CorrectedItem]) -> String {
    let numbers: Vec<&str> = items.iter().map(|item| item.printed.as_str()).collect();
    let items = if numbers.len() == 1 { "punktet" } else { "punkterne" };
    format!("{CORRECTION_WAITS} Den er om {items} {}.", numbers.join(", "))
}

/// A date in the letter that is over when it goes.
#[must_use]
pub fn date_passed(date: &DigestDate, day: NaiveDate) -> String {
    let what = match date.kind {
        DateKind::Deadline => "en frist, der er overskredet",
        DateKind::Meeting => "et møde, der er holdt",
        DateKind::Date => "en dato, der er passeret",
    };
    format!("Brevet nævner {what}, når det sendes {day}: »{}« i punkt {}.", date.text, date.item)
}

/// The content is not the approved one.
#[must_use]
pub fn changed_since(by: &str) -> String {
    format!(
        "Brev, modtagere eller referat er ændret, eller en dato er passeret, siden {by} godkendte; se det igen og godkend på ny."
    )
}

/// A yes that is too old.
#[must_use]
pub fn expired(by: &str, at: DateTime<Utc>) -> String {
    format!("Godkendelsen fra {by} den {} gælder ikke længere; se brevet igen, og godkend på ny.", danish_day(at))
}

/// A yes that would be too old by the time the letter goes.
#[must_use]
pub fn would_expire(due: DateTime<Utc>, days: i64) -> String {
    format!("Brevet skal først sendes {}, og en godkendelse gælder kun i {days} dage.", danish_time(due))
}

/// A letter whose time passed too long ago.
#[must_use]
pub fn missed(ready: DateTime<Utc>) -> String {
    format!(
        "Brevet skulle være sendt {}, men det blev det ikke; et menneske skal afgøre, om det stadig skal sendes.",
        danish_time(ready)
    )
}

/// A meeting that is long ago.
#[must_use]
pub fn old_meeting(days: i64) -> String {
    format!("Mødet er {days} dage gammelt, når brevet sendes; et menneske skal afgøre, om det stadig skal sendes.")
}

/// The letter to those who come first was cancelled.
#[must_use]
pub fn turn_cancelled(audience: &str) -> String {
    format!(
        "Brevet til {audience}, som skulle sendes først, er annulleret; et menneske skal afgøre, om dette skal sendes."
    )
}

/// Items that later minutes closed, as a reason for calling back what was not sent.
#[must_use]
pub fn called_back(items: &[String]) -> String {
    format!("{} i et nyere referat; det, der ikke var sendt, er kaldt tilbage.", closed(items))
}

/// The same as a reason for holding a letter that later minutes do not replace.
#[must_use]
pub fn closed_elsewhere(items: &[String]) -> String {
    format!("{} i et andet referat fra samme møde; se dem begge, før brevet sendes.", closed(items))
}

/// The same for what was sent, as a task for a person.
#[must_use]
pub fn closed_after_sending(items: &[String], edition: EditionId, letters: u64) -> String {
    let letters = if letters == 1 { "1 brev var".to_owned() } else { format!("{letters} breve var") };
    format!(
        "{} i et nyere referat, men {letters} afleveret. »digest recall {edition}« beder modtagerne slette brevet.",
        closed(items)
    )
}

fn closed(items: &[String]) -> String {
    let numbers = match items {
        [first @ .., last] if !first.is_empty() => format!("{} og {last}", first.join(", ")),
        _ => items.concat(),
    };
    format!("Punkt {numbers} er lukket eller taget ud")
}

/// A list that cannot be used.
#[must_use]
pub fn bad_list(name: &str, first: &str) -> String {
    format!("Modtagerlisten {name} kan ikke bruges: {first} (»digest check« viser alle fejl)")
}

/// A letter that the templates cannot make.
#[must_use]
pub fn no_letter(error: &dyn std::fmt::Display) -> String {
    format!("Brevet kunne ikke laves: {error}")
}

/// What must not be missing is in no letter, so none goes by itself.
pub const MISSING: &str = "Der var ikke plads til noget, som ikke må mangle; se brevet igennem.";

/// What must not be missing and found no room; said without a word of it.
#[must_use]
pub fn missing(missing: &Missing) -> String {
    format!("Må ikke mangle, men der var ikke plads: {}.", missing.label)
}

/// All reasons that keep the letter of `digest` from going by itself, and what in it is held back, in one text.
#[must_use]
pub fn joined(reasons: &[Held], digest: &Digest) -> String {
    let mut parts: Vec<String> = reasons.iter().map(|held| held.reason.clone()).collect();
    for held in &digest.held {
        parts.push(match held.item {
            Some(item) => format!("Punkt {item}: {}", held.reason),
            None => held.reason.clone(),
        });
    }
    parts.dedup();
    parts.join(" ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reason_says_of_the_layout_can_be_taken_out_again() {
        let departure = Departure { new: vec!["decision: Vedtagelse".into()], missing: vec!["format: pdf".into()] };
        for layout in [new_layout(), departs(&departure)] {
            assert_eq!(without_layout(&layout).unwrap(), "");
            assert_eq!(without_layout(&format!("Først. {layout} {LATE}")).unwrap(), format!("Først. {LATE}"));
        }
        assert_eq!(without_layout(EARLIER_LETTER), None);
        assert_eq!(without_layout("vent på direktøren"), None);
    }

    #[test]
    fn a_departure_is_told_in_plain_danish() {
        let departure = Departure {
            new: vec!["decision: Vedtagelse".into(), "item: Punkt {number}: {title}".into()],
            missing: vec!["decision: Beslutning".into()],
        };
        let told = departs(&departure);
        assert!(
            told.contains("nyt er beslutningens overskrift »Vedtagelse«, punktets overskrift »Punkt 1: …«;"),
            "{told}"
        );
        assert!(told.contains("der mangler beslutningens overskrift »Beslutning«."), "{told}");
    }
}
