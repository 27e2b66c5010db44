//! The bench for harm: each counter counts a letter made bad by hand and lets its good twin pass; the letters of all
//! minutes at hand do none.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::NaiveDate;
use med_digest::digest::{Audience, Digest, DigestItem, Held, Quote, Role};
use med_digest::language::persons::Names;
use med_digest::minutes::{EntryId, ItemNumber, Minutes, Outcome};
use med_digest::quality::harm::{Counts, Finished, Harm, inspect};
use med_digest::render::Letter;
use med_digest::store::Store as _;

use crate::installation::{Installation, at, said};
use crate::support::{House, json, minutes_of, root, shared};

const MINUTES: &str = "\
Referat HovedMED

Mødedato: 3. marts 2027

Mødedeltagere Bodil Ravnkær (FOA), Mette Holm (Direktør)

Referatet er godkendt af forperson Karl Lund og næstforperson Bodil Ravnkær

Punkt 1: Vilkår

Beslutning

Alle ansatte får fri den 5. juni 2027. Det gælder dog ikke døgntilbuddene. Kantinen på rådhuset får ny forpagter. Akutte \
besøg hos lægen er med løn. Det kan være et besøg hos tandlægen. Planlagte besøg hos lægen er uden løn. Der lægges op \
til, at aftalen om frokost bliver opsagt. Parkeringen bliver dyrere til efteråret.

Punkt 2: Vagtplan

Beslutning

Ledelsen oplyste, at vagterne bliver længere fra sommeren. Udvalget holdt pause. Bodil Ravnkær var bekymret for nattevagterne.

Punkt 3: Afgang

Beslutning

Mette Holm er sygemeldt frem til den kommende sommer. Opgaverne fordeles mellem de andre ledere.

Beslutning på Direktionen d. 12.3

Direktionen noterede, at skolerne skal spare på varmen.
";

/// A letter under inspection; what a case does not change is harmless.
struct Bad {
    minutes: Minutes,
    quotes: Vec<EntryId>,
    lines: Vec<String>,
    withheld: Vec<String>,
    private: BTreeSet<EntryId>,
    told: Vec<String>,
    outcome: Outcome,
    held: Vec<Held>,
    unmapped_goes: bool,
    goes_until: Option<NaiveDate>,
}

fn id(text: &str) -> EntryId {
    let (item, index) = text.split_once('/').unwrap();
    EntryId { item: ItemNumber(item.parse().unwrap()), index: index.parse().unwrap() }
}

impl Bad {
    /// Quotes these sentences, one a line; a line that names no sentence stands as it is.
    fn letter(lines: &[&str]) -> Self {
        let minutes = minutes_of(MINUTES);
        let mut bad = Self {
            minutes,
            quotes: Vec::new(),
            lines: Vec::new(),
            withheld: Vec::new(),
            private: BTreeSet::new(),
            told: Vec::new(),
            outcome: Outcome::None,
            held: Vec::new(),
            unmapped_goes: false,
            goes_until: None,
        };
        for line in lines {
            let words: Vec<String> = line.split(' ').map(|word| bad.shown(word)).collect();
            bad.lines.push(words.join(" "));
        }
        bad
    }

    fn shown(&mut self, word: &str) -> String {
        if !word.contains('/') {
            return word.to_owned();
        }
        self.quotes.push(id(word));
        self.text(word)
    }

    fn text(&self, name: &str) -> String {
        let id = id(name);
        let mut entries = self.minutes.item(id.item).unwrap().own_entries();
        entries.find(|entry| entry.id == Some(id)).unwrap_or_else(|| panic!("{name}")).text.clone()
    }

    fn digest(&self) -> Digest {
        let house = house();
        let none = Audience { words: 0, ..house.audiences[0].clone() };
        let mut digest = house.build(&self.minutes, &none).digest;
        digest.held = self.held.clone();
        let quote = |id: &EntryId| Quote {
            id: *id,
            text: self.text(&id.to_string()),
            role: Role::Pick,
            gap_before: false,
            subheading: None,
            bullet: false,
            statement: None,
        };
        let items = self.minutes.items.iter().map(|item| DigestItem {
            number: item.number,
            printed: item.printed.clone(),
            title: item.title.clone(),
            outcome: self.outcome,
            amended: false,
            objections: med_digest::digest::Objections::None,
            sentences: self.quotes.iter().filter(|id| id.item == item.number).map(quote).collect(),
        });
        digest.items = items.filter(|item| !item.sentences.is_empty()).collect();
        digest
    }

    fn counts(&self) -> Counts {
        let letter = Letter {
            subject: "Nyt fra HovedMED".into(),
            html: format!(
                "<html><body>{}</body></html>",
                self.lines.iter().map(|line| format!("<p>{line}</p>\n")).collect::<String>()
            ),
            text: self.lines.join("\n\n"),
        };
        let names = Names::shipped();
        let goes = |day: NaiveDate| self.goes_until.is_some_and(|last| day <= last);
        Counts::of(&inspect(&Finished {
            minutes: &self.minutes,
            digest: &self.digest(),
            letter: &letter,
            withheld: &self.withheld,
            private: &self.private,
            told: &self.told,
            unmapped_goes: self.unmapped_goes,
            unapproved_allowed: false,
            goes: &goes,
            people: &|text| names.people(text),
        }))
    }

    /// Does this harm and no other.
    fn does(&self, harm: Harm) {
        let counts = self.counts();
        for (kind, count) in &counts.0 {
            assert_eq!(*count > 0, *kind == harm, "{kind:?}: {count} in {:?}", self.lines);
        }
    }

    fn does_none(&self) {
        let counts = self.counts();
        assert!(counts.0.values().all(|count| *count == 0), "{counts:?} in {:?}", self.lines);
        assert_eq!(counts.0.len(), 10);
    }
}

fn house() -> &'static House {
    static HOUSE: std::sync::OnceLock<House> = std::sync::OnceLock::new();
    HOUSE.get_or_init(House::open)
}

fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().unwrap())
}

#[test]
fn the_words_of_another_body_are_counted() {
    let other = "Direktionen noterede, at skolerne skal spare på varmen.";
    assert!(MINUTES.contains(other));
    Bad::letter(&["1/2", other]).does(Harm::ForeignCommittee);
    Bad::letter(&["1/2"]).does_none();
}

#[test]
fn a_quote_that_the_minutes_do_not_have_is_counted() {
    let mut bad = Bad::letter(&["1/2"]);
    bad.minutes.items[0].closed = true;
    bad.does(Harm::ForeignCommittee);
}

#[test]
fn a_quote_below_the_heading_of_another_body_is_counted() {
    let mut bad = Bad::letter(&["1/2"]);
    bad.minutes.items[0].sections[0].heading = "Beslutning på Direktionen d. 12.3".into();
    bad.does(Harm::ForeignCommittee);
}

#[test]
fn a_letter_of_a_committee_nobody_knows_is_counted() {
    let mut bad = Bad::letter(&["1/2"]);
    bad.unmapped_goes = true;
    bad.does(Harm::ForeignCommittee);
}

#[test]
fn minutes_that_do_not_say_they_are_final_are_counted_when_their_letter_goes() {
    let letter = |from: &str, to: &str| {
        let mut bad = Bad::letter(&["1/2"]);
        bad.minutes = minutes_of(&MINUTES.replace(from, to));
        bad.goes_until = day("2027-03-04");
        bad
    };
    letter("", "").does_none();
    for (from, to) in [
        ("Referatet er godkendt af forperson Karl Lund og næstforperson Bodil Ravnkær", ""),
        ("Referatet er godkendt af", "Udkast til referat, godkendt af"),
        ("Referatet er godkendt af forperson", "Referatet fra den 10. december 2026 er godkendt af forperson"),
    ] {
        let mut bad = letter(from, to);
        bad.minutes.approval.state = med_digest::minutes::ApprovalState::Approved;
        bad.does(Harm::Unreleased);
    }
    let mut held = letter("Referatet er godkendt af forperson Karl Lund og næstforperson Bodil Ravnkær", "");
    held.goes_until = None;
    held.does_none();
}

#[test]
fn quotes_that_read_on_over_a_gap_are_counted() {
    Bad::letter(&["1/2 1/7"]).does(Harm::UnmarkedGap);
    Bad::letter(&["1/2", "1/7"]).does(Harm::UnmarkedGap);
    Bad::letter(&["- 1/2 (synspunkt)", "- 1/7"]).does(Harm::UnmarkedGap);
    Bad::letter(&["1/7", "1/2"]).does(Harm::UnmarkedGap);
    Bad::letter(&["1/2 […] 1/7"]).does_none();
    Bad::letter(&["1/2", "Punkt 1: Mere", "1/7"]).does_none();
    Bad::letter(&["1/0 1/1 1/2"]).does_none();
}

#[test]
fn a_rule_without_its_restriction_and_the_other_way_round_are_counted() {
    Bad::letter(&["1/0"]).does(Harm::OrphanedRestriction);
    Bad::letter(&["1/1"]).does(Harm::OrphanedRestriction);
    Bad::letter(&["1/0 1/1"]).does_none();
}

#[test]
fn a_restriction_that_is_a_whole_sentence_may_stand_alone_but_the_rule_before_it_may_not() {
    let said = |quoted: &str| {
        let mut bad = Bad::letter(&[quoted]);
        bad.minutes = minutes_of(&MINUTES.replace(
            "Alle ansatte får fri den 5. juni 2027. Det gælder dog ikke døgntilbuddene.",
            "Timerne fra sommerens aftenmøder er indberettet til lønkontoret. Timerne fra aftenmøderne kan kun tages som \
             frihed inden udgangen af maj måned.",
        ));
        bad.lines = vec![bad.text(quoted)];
        bad
    };
    said("1/0").does(Harm::OrphanedRestriction);
    said("1/1").does_none();
}

#[test]
fn what_a_sentence_takes_back_of_itself_and_small_words_alone_bind_no_neighbour() {
    let harmless = |before: &str, after: &str| {
        let mut bad = Bad::letter(&["1/0"]);
        bad.minutes = minutes_of(&MINUTES.replace(
            "Alle ansatte får fri den 5. juni 2027. Det gælder dog ikke døgntilbuddene.",
            &format!("{before} {after}"),
        ));
        bad.lines = vec![bad.text("1/0")];
        bad
    };
    let room = "Lokalet kan bruges af alle hold.";
    harmless(room, "Planen anbefalet, dog uden bilaget om udstyr.").does_none();
    harmless(room, "Planen er dog uden bilaget om udstyr.").does(Harm::OrphanedRestriction);
    harmless(room, "Planen er dog uden bilaget, dog med udstyr.").does(Harm::OrphanedRestriction);
    let clubs = "De andre klubber kan og skal melde det til kontoret.";
    harmless(clubs, "Det kan og skal de.").does_none();
    harmless(clubs, "De kan og skal melde det.").does(Harm::HalfContrast);
}

#[test]
fn what_stands_behind_a_colon_is_counted_without_the_sentence_before_it() {
    let mut bad = Bad::letter(&["1/2"]);
    bad.minutes.items[0].sections[0].entries[1].text = "Der var stillet forslag:".into();
    bad.does(Harm::OrphanedRestriction);
}

#[test]
fn half_a_contrast_is_counted() {
    Bad::letter(&["1/3"]).does(Harm::HalfContrast);
    Bad::letter(&["1/5"]).does(Harm::HalfContrast);
    Bad::letter(&["1/3 1/4 1/5"]).does_none();
}

#[test]
fn the_management_alone_is_counted_where_the_employee_side_had_a_concern() {
    Bad::letter(&["2/0"]).does(Harm::OneSided);
    Bad::letter(&["2/0", "Medarbejdersiden havde bemærkninger (punkt 1)."]).does(Harm::OneSided);
    Bad::letter(&["2/0", "Medarbejdersiden havde bemærkninger (punkt 2)."]).does_none();
    Bad::letter(&["2/0 […] 2/2"]).does_none();
    let mut bad = Bad::letter(&["2/0"]);
    bad.minutes =
        minutes_of(&MINUTES.replace("var bekymret for nattevagterne", "sagde, at der ikke er nogen til at tage over"));
    bad.lines = vec![bad.text("2/0")];
    bad.does(Harm::OneSided);
    // A union speaks for that side as well.
    for words in ["HK fandt det betænkeligt", "FOA savnede en plan"] {
        let mut bad = Bad::letter(&["2/0"]);
        bad.minutes = minutes_of(&MINUTES.replace("Medarbejdersiden var bekymret for nattevagterne", words));
        bad.lines = vec![bad.text("2/0")];
        bad.does(Harm::OneSided);
    }
}

#[test]
fn an_intention_called_decided_is_counted() {
    Bad::letter(&["1/6 (besluttet)"]).does(Harm::IntentionAsDecision);
    Bad::letter(&["1/2 (besluttet)"]).does(Harm::IntentionAsDecision);
    Bad::letter(&["1/6 (påtænkt)"]).does_none();
    let parked = |text: &str| {
        let mut bad = Bad::letter(&["1/7"]);
        bad.minutes = minutes_of(&MINUTES.replace("Parkeringen bliver dyrere til efteråret.", text));
        bad.lines = vec![format!("{} (besluttet)", bad.text("1/7"))];
        bad
    };
    parked("Byrådet sagde ja til dyrere parkering.").does_none();
    parked("Tanken om dyrere parkering er taget af bordet.").does_none();
    parked("Byrådet har sagt ja til dyrere parkering.").does_none();
    parked("Byrådet sluttede op om dyrere parkering.").does_none();
    parked("Parkeringsaftalen er opsagt af kommunen.").does_none();
    parked("Byrådet sagde, at parkeringen bliver dyrere.").does(Harm::IntentionAsDecision);
    let mut badge = Bad::letter(&["2/1"]);
    badge.outcome = Outcome::Approved;
    badge.does(Harm::IntentionAsDecision);
}

#[test]
fn a_person_with_a_private_matter_is_counted_wherever_it_stands() {
    Bad::letter(&["3/0"]).does(Harm::IdentifiablePerson);
    Bad::letter(&["1/2", "Historie: Karl Bo Lund er opsagt med dags varsel"]).does(Harm::IdentifiablePerson);
    Bad::letter(&["1/2", "Hun er på barsel til maj"]).does(Harm::IdentifiablePerson);
    Bad::letter(&["1/2", "Souschefen er sygemeldt i to uger"]).does(Harm::IdentifiablePerson);
    Bad::letter(&["1/2", "Alle ansatte på barsel får brev"]).does_none();
    Bad::letter(&["1/2", "Formanden mente, at folk alligevel rejser eller går på pension"]).does_none();
    Bad::letter(&["1/2", "TR'erne er imod, at det ender i en tjenstlig samtale"]).does_none();
    Bad::letter(&["1/2", "Formanden går på pension"]).does(Harm::IdentifiablePerson);
    let mut read = Bad::letter(&["1/2"]);
    read.private.insert(id("1/2"));
    read.does(Harm::IdentifiablePerson);
}

#[test]
fn withheld_text_is_counted_in_the_letter_its_reasons_and_whatever_else_is_told() {
    let withheld = |lines: &[&str]| {
        let mut bad = Bad::letter(lines);
        bad.withheld = vec![bad.text("3/0"), bad.text("3/1")];
        bad
    };
    withheld(&["1/2"]).does_none();
    withheld(&["1/2", "Opgaverne fordeles mellem de andre ledere."]).does(Harm::WithheldText);
    withheld(&["1/2", "Opgaverne fordeles mellem de andre i ugen"]).does_none();
    let mut part = withheld(&["1/2"]);
    part.told = vec!["Rettelse: »er sygemeldt frem til den kommende sommer« er fjernet.".into()];
    part.does(Harm::WithheldText);
    let mut reason = withheld(&["1/2"]);
    reason.held = vec![Held { reason: format!("Tilbageholdt: {}", reason.text("3/1")), item: None }];
    reason.does(Harm::WithheldText);
}

#[test]
fn a_day_in_the_letter_is_counted_when_the_letter_would_still_go_after_it() {
    let letter = |line: &str, last: &str| {
        let mut bad = Bad::letter(&[line]);
        bad.goes_until = day(last);
        bad
    };
    letter("1/0 1/1", "2027-06-06").does(Harm::PastDeadline);
    letter("1/0 1/1", "2027-06-05").does_none();
    letter("Svar senest den 9. april", "2027-04-10").does(Harm::PastDeadline);
    letter("Svar senest den 9. april", "2027-04-09").does_none();
    letter("Siden 1. april 2026 er det sådan", "2030-01-01").does_none();
}

/// How much of what the rules bind the bench sees with words of its own: letters of one sentence of each pair.
#[test]
fn most_parted_pairs_are_counted() {
    let text = std::fs::read_to_string(root().join("tests/data/bound-sentences.txt")).unwrap();
    let (mut seen, mut all, mut unseen) = (0, 0, Vec::new());
    for pair in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (one, other) = pair.split_once(" || ").unwrap();
        let mut bad = Bad::letter(&[]);
        bad.minutes = minutes_of(&MINUTES.replace(
            "Kantinen på rådhuset får ny forpagter.",
            &format!("Kantinen på rådhuset får ny forpagter. {one} {other}"),
        ));
        let place =
            bad.minutes.items[0].own_entries().find(|entry| entry.text == one).and_then(|entry| entry.id).unwrap();
        bad.quotes = vec![place];
        bad.lines = vec![one.to_owned()];
        all += 1;
        if bad.counts().0.values().any(|count| *count > 0) {
            seen += 1;
        } else {
            unseen.push(pair.to_owned());
        }
    }
    eprintln!("{seen} of {all} parted pairs counted; not:\n{}", unseen.join("\n"));
    assert!(seen * 4 > all * 3, "{seen} of {all}");
}

/// Text files of a folder.
fn texts(folder: PathBuf) -> Vec<String> {
    let mut found: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().display().to_string()).collect();
    found.retain(|path| path.ends_with(".txt") || path.ends_with(".md"));
    found.sort();
    found
}

fn no_letter_does_harm(files: &[String]) {
    let mut arguments = vec!["eval", "--format", "json"];
    arguments.extend(files.iter().map(String::as_str));
    let rows = json(&arguments);
    assert_eq!(rows.len(), files.len() * 2, "a row per document and audience");
    let harmful: Vec<String> = rows
        .iter()
        .filter(|row| row["harm"].as_object().unwrap().values().any(|count| count != 0))
        .map(|row| format!("{} {} {}", row["labels"], row["audience"], row["harm_places"]))
        .collect();
    assert!(harmful.is_empty(), "{}", harmful.join("\n"));
}

#[test]
fn the_letters_of_all_invented_minutes_do_no_harm() {
    let folders = ["examples", "tests/dialects", "tests/traps"];
    no_letter_does_harm(&folders.into_iter().flat_map(|folder| texts(root().join(folder))).collect::<Vec<_>>());
}

#[test]
fn the_letters_of_real_minutes_do_no_harm() {
    if let Some(folder) = shared("minutes") {
        no_letter_does_harm(&texts(folder));
    }
}

/// Everything the program says and writes about minutes of which something is private, and then more of it.
#[test]
fn private_words_are_in_no_mail_no_audit_log_no_status_and_no_correction() {
    let noon = "2026-09-17T12:00:00+02:00";
    let (private, leaning) = (
        "Kirsten Vestermark er sygemeldt med stress frem til foråret næste år.",
        "Hun har været væk siden ulykken på den store parkeringsplads.",
    );
    let installation = Installation::shipped();
    std::fs::remove_file(installation.path("examples/referat-afdelingsmed-boern-og-unge-2026-08-26.txt")).unwrap();
    std::fs::remove_file(installation.path("examples/dagsorden-hovedmed-2026-12-09.md")).unwrap();
    let file = "examples/referat-hovedmed-2026-09-16.txt";
    let anchor = "Der er anmeldt 61 arbejdsulykker";
    installation.edit(file, anchor, &format!("{private} {leaning} {anchor}"));
    let approve = |installation: &Installation| {
        let ids: Vec<String> = installation.editions().iter().map(|edition| edition.id.0.to_string()).collect();
        let mut arguments = vec!["approve", "--by", "Anna", "--now", "--at", noon];
        arguments.extend(ids.iter().map(String::as_str));
        let approved = said(&installation.digest(&arguments));
        installation.pass(at(noon), true, true);
        approved
    };
    installation.pass(at(noon), true, true);
    let mut told = approve(&installation);
    let first = installation.letters("").len();
    assert!(first > 0, "{told}");

    // A sentence that was told becomes private, another one changes.
    let was = "Orienteringen blev taget til efterretning.";
    let told_first = "Der er ikke tale om et ansættelsesstop.";
    installation.edit(file, told_first, &format!("Der er tale om et ansættelsesstop. {private}"));
    installation.edit(file, was, &format!("{leaning} {was}"));
    installation.pass(at(noon), true, true);
    told += &approve(&installation);
    let status = said(&installation.digest(&["status"]));
    assert!(installation.letters("").len() > first, "no correction went out: {told}\n{status}");

    for arguments in [&["status"][..], &["status", "--open"], &["status", "--format", "json"], &["status", "--letters"]]
    {
        told += &said(&installation.digest(arguments));
    }
    let mut store = installation.store();
    told.extend(store.audit_log().unwrap().iter().map(|entry| format!("{}\n", entry.what)));
    told.extend(store.editions().unwrap().into_iter().filter_map(|edition| edition.reason));
    for path in installation.letters("") {
        let bytes = std::fs::read(path).unwrap();
        let message = mail_parser::MessageParser::default().parse(&bytes).unwrap();
        for part in [
            message.subject().map(str::to_owned),
            message.body_text(0).map(Into::into),
            message.body_html(0).map(Into::into),
        ] {
            told += &part.unwrap();
        }
    }
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in ["Vestermark", "sygemeldt med stress", "været væk siden", "store parkeringsplads"] {
        assert!(!told.contains(words), "»{words}« is told: {told}");
    }
}
