//! Notices beside the letters: to those who approve, to those who are asked to delete a letter, and the page about a leak.
//!
//! Each is one template that people may edit; where a folder has none, the shipped one is used. What a notice may say is
//! given by the types here: no text of minutes is among it, so no template can put any in.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use handlebars::{Handlebars, no_escape};
use serde_json::{Value, json};

use super::dates::{long_date, long_period};
use super::error::RenderError;
use super::letter::Letter;
use super::messages;
use super::wrap::wrap;
use crate::diagnostic::Problem;
use crate::tables::text_file;

const WAITING: &str = "godkend";
const DELETION: &str = "slet";
const REPORT: &str = "rapport";
/// By name, as shipped.
const SHIPPED: [(&str, &str); 3] = [
    (WAITING, include_str!("../../templates/meddelelser/godkend.hbs")),
    (DELETION, include_str!("../../templates/meddelelser/slet.hbs")),
    (REPORT, include_str!("../../templates/meddelelser/rapport.hbs")),
];
/// What the first line of a mail begins with.
const SUBJECT: &str = "Emne:";

/// The folder of these templates below the folder of templates, and the names of its files.
pub(super) const FOLDER: &str = "meddelelser";

/// The names of the files.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    SHIPPED.iter().map(|(name, _)| *name)
}

/// Why a letter waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingReason {
    /// The item; none for the whole letter.
    pub item: Option<String>,
    /// The name of the rule, or the reason.
    pub text: String,
}

/// That a letter waits for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingNotice {
    /// The number of the edition.
    pub edition: String,
    /// Its committee.
    pub committee: String,
    /// Its audience.
    pub audience: String,
    /// The day of the meeting.
    pub meeting: NaiveDate,
    /// The file of the minutes; empty where it is not known.
    pub file: String,
    /// How many would get it; 0 where it cannot be made.
    pub recipients: usize,
    /// How many items it quotes.
    pub items: usize,
    /// How many sentences.
    pub sentences: usize,
    /// How many words.
    pub words: usize,
    /// Why it waits.
    pub reasons: Vec<WaitingReason>,
}

/// A request to delete a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeletionNotice {
    /// The committee.
    pub committee: String,
    /// The day of the meeting.
    pub meeting: NaiveDate,
    /// The first day the letter was sent.
    pub first_sent: Option<NaiveDate>,
    /// The last day.
    pub last_sent: Option<NaiveDate>,
    /// Who asks.
    pub sender: String,
}

/// A letter in the report about a leak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedLetter {
    /// The number of the edition.
    pub edition: String,
    /// Its committee.
    pub committee: String,
    /// Its audience.
    pub audience: String,
    /// The day of the meeting.
    pub meeting: NaiveDate,
    /// The items with the sentence.
    pub items: Vec<String>,
    /// How many letters the relay took.
    pub sent: usize,
    /// How many it may have taken.
    pub unknown: usize,
    /// How many were not sent.
    pub unsent: usize,
    /// When the first and the last was taken.
    pub times: Option<(String, String)>,
    /// The state of the request to delete it, and how many got that.
    pub deletion: Option<(String, usize)>,
}

/// The page about a leak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// When it was made.
    pub made: String,
    /// What names the sentence.
    pub key: String,
    /// The whole sentence was found; else some of its words.
    pub whole: bool,
    /// The letters.
    pub letters: Vec<ReportedLetter>,
}

/// The templates of all notices.
#[derive(Debug)]
pub struct Notices {
    text: Handlebars<'static>,
    html: Handlebars<'static>,
}

impl Notices {
    /// Reads them from the folder of templates; what is wrong is added to `problems`.
    pub fn load(dir: &Path, problems: &mut Vec<Problem>) -> Option<Self> {
        let mut sources = BTreeMap::new();
        for (name, shipped) in SHIPPED {
            let path = dir.join(FOLDER).join(format!("{name}.hbs"));
            let text = match path.exists() {
                true => text_file(&path, problems)?.text().replace("\r\n", "\n"),
                false => shipped.to_owned(),
            };
            sources.insert(name, (path, text));
        }
        let engine = || {
            let mut engine = Handlebars::new();
            engine.set_strict_mode(true);
            engine.set_prevent_indent(true);
            engine
        };
        let mut notices = Self { text: engine(), html: engine() };
        notices.text.register_escape_fn(no_escape);
        let before = problems.len();
        for (name, (path, text)) in &sources {
            let engine = if *name == REPORT { &mut notices.html } else { &mut notices.text };
            if engine.register_template_string(name, text).is_err() {
                problems.push(Problem::new(&messages::SYNTAX).in_file(path));
                continue;
            }
            for sample in samples(name) {
                if let Err(error) = notices.try_out(name, &sample) {
                    problems.push(Problem::new(&messages::SAMPLE_FAILED).with("error", error).in_file(path));
                    break;
                }
            }
        }
        (problems.len() == before).then_some(notices)
    }

    fn try_out(&self, name: &str, sample: &Value) -> Result<(), RenderError> {
        match name {
            REPORT => write(&self.html, name, sample).map(drop),
            _ => self.mail(name, sample).map(drop),
        }
    }

    /// The mail to those who approve.
    ///
    /// # Errors
    /// What an edited template does wrong.
    pub fn waiting(&self, notice: &WaitingNotice) -> Result<Letter, RenderError> {
        self.mail(WAITING, &waiting_data(notice))
    }

    /// The letter that asks for a deletion.
    ///
    /// # Errors
    /// What an edited template does wrong.
    pub fn deletion(&self, notice: &DeletionNotice) -> Result<Letter, RenderError> {
        self.mail(DELETION, &deletion_data(notice))
    }

    /// The page about a leak.
    ///
    /// # Errors
    /// What an edited template does wrong.
    pub fn report(&self, report: &Report) -> Result<String, RenderError> {
        write(&self.html, REPORT, &report_data(report))
    }

    fn mail(&self, name: &str, data: &Value) -> Result<Letter, RenderError> {
        let written = write(&self.text, name, data)?;
        let (first, rest) = written.trim_start().split_once('\n').unwrap_or((&written, ""));
        let subject = first.strip_prefix(SUBJECT).map(str::trim).filter(|subject| !subject.is_empty());
        let subject = subject.ok_or(RenderError::EmptySubject)?.to_owned();
        let text = wrap(rest.trim());
        Ok(Letter { html: html(&subject, rest), text, subject })
    }
}

fn write(engine: &Handlebars<'static>, name: &str, data: &Value) -> Result<String, RenderError> {
    engine.render(name, data).map_err(|error| RenderError::Template {
        template: format!("{FOLDER}/{name}"),
        line: error.line_no.unwrap_or_default(),
        column: error.column_no.unwrap_or_default(),
        reason: error.reason().to_string(),
    })
}

/// The same text as a page: paragraphs between empty lines, lists of lines that begin with "- ".
fn html(subject: &str, text: &str) -> String {
    let escape = handlebars::html_escape;
    let mut body = String::new();
    for block in text.trim().split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
        let lines: Vec<&str> = block.lines().filter(|line| !line.trim().is_empty()).collect();
        if lines.iter().all(|line| line.starts_with("- ")) {
            let items = lines.iter().map(|line| format!("<li>{}</li>\n", escape(line.trim_start_matches("- "))));
            body.push_str(&format!("<ul>\n{}</ul>\n", items.collect::<String>()));
        } else {
            let lines: Vec<String> = lines.iter().map(|line| escape(line)).collect();
            body.push_str(&format!("<p>{}</p>\n", lines.join("<br>\n")));
        }
    }
    let subject = escape(subject);
    format!(
        "<!DOCTYPE html>\n<html lang=\"da\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n<title>{subject}</title>\n\
         </head>\n<body style=\"max-width:600px;font-family:'Segoe UI',Helvetica,Arial,sans-serif;font-size:16px;\
         line-height:1.5;color:#1b2629;background-color:#ffffff\">\n{body}</body>\n</html>\n"
    )
}

/// "1 sætning", "4 sætninger".
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn waiting_data(notice: &WaitingNotice) -> Value {
    let known = notice.recipients > 0;
    let some = |text: String| known.then_some(text);
    let reasons: Vec<Value> =
        notice.reasons.iter().map(|reason| json!({ "punkt": reason.item, "tekst": reason.text })).collect();
    json!({
        "udgave": notice.edition, "udvalg": notice.committee, "maalgruppe": notice.audience,
        "moede": long_date(notice.meeting), "fil": notice.file,
        "modtagere": some(counted(notice.recipients, "modtager", "modtagere")),
        "punkter": some(counted(notice.items, "punkt", "punkter")),
        "saetninger": some(counted(notice.sentences, "sætning", "sætninger")),
        "ord": some(counted(notice.words, "ord", "ord")), "aarsager": reasons,
    })
}

fn deletion_data(notice: &DeletionNotice) -> Value {
    let (first, last) = (notice.first_sent, notice.last_sent);
    json!({
        "udvalg": notice.committee, "moede": long_date(notice.meeting), "afsender": notice.sender,
        "dag": first.filter(|_| first == last).map(long_date),
        "periode": first.filter(|_| first != last).map(|first| long_period(first, last)),
    })
}

fn report_data(report: &Report) -> Value {
    let letters: Vec<Value> = report
        .letters
        .iter()
        .map(|letter| {
            let (first, last) = letter.times.clone().unzip();
            let last = last.filter(|last| Some(last) != first.as_ref());
            json!({
                "udgave": letter.edition, "udvalg": letter.committee, "maalgruppe": letter.audience,
                "moede": long_date(letter.meeting), "punkter": letter.items.join(", "), "sendt": letter.sent,
                "uvist": letter.unknown, "ikke_sendt": letter.unsent, "foerste": first, "sidste": last,
                "slet": letter.deletion.as_ref().map(|(state, sent)| json!({ "tilstand": state, "sendt": sent })),
            })
        })
        .collect();
    json!({ "lavet": report.made, "kendetegn": report.key, "helt": report.whole, "breve": letters })
}

/// Data of each kind with everything and with as little as there can be: whatever a template names must be in both.
fn samples(name: &str) -> Vec<Value> {
    let day = NaiveDate::from_ymd_opt(2026, 9, 16).unwrap_or_default();
    let full = WaitingNotice {
        edition: "3".to_owned(),
        committee: "HovedMED".to_owned(),
        audience: "medarbejdere".to_owned(),
        meeting: day,
        file: "referat.pdf".to_owned(),
        recipients: 12,
        items: 4,
        sentences: 9,
        words: 180,
        reasons: vec![WaitingReason { item: Some("4".to_owned()), text: "Tilbageholdt: Helbred.".to_owned() }],
    };
    let bare = WaitingNotice { recipients: 0, file: String::new(), reasons: Vec::new(), ..full.clone() };
    let deletion = DeletionNotice {
        committee: "HovedMED".to_owned(),
        meeting: day,
        first_sent: Some(day),
        last_sent: Some(day),
        sender: "MED-sekretariatet".to_owned(),
    };
    let letter = ReportedLetter {
        edition: "3".to_owned(),
        committee: "HovedMED".to_owned(),
        audience: "medarbejdere".to_owned(),
        meeting: day,
        items: vec!["4".to_owned()],
        sent: 12,
        unknown: 1,
        unsent: 2,
        times: Some(("2026-09-17 08:00".to_owned(), "2026-09-17 08:01".to_owned())),
        deletion: Some(("Sendt".to_owned(), 12)),
    };
    let unsent = ReportedLetter { times: None, deletion: None, ..letter.clone() };
    let report = Report {
        made: "2026-09-18 10:00".to_owned(),
        key: "0123456789abcdef".to_owned(),
        whole: true,
        letters: vec![letter, unsent],
    };
    match name {
        WAITING => vec![waiting_data(&full), waiting_data(&bare)],
        DELETION => vec![
            deletion_data(&deletion),
            deletion_data(&DeletionNotice { first_sent: None, last_sent: None, ..deletion.clone() }),
        ],
        _ => vec![report_data(&report), report_data(&Report { letters: Vec::new(), whole: false, ..report.clone() })],
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn shipped() -> Notices {
        let mut problems = Vec::new();
        Notices::load(Path::new("no such folder"), &mut problems).unwrap()
    }

    #[test]
    fn the_mail_to_those_who_approve_has_counts_numbers_and_labels() {
        let letter = shipped().text_of(WAITING, 0);
        insta::assert_snapshot!(format!("{}\n\n{}", letter.subject, letter.text));
    }

    #[test]
    fn the_letter_that_asks_for_a_deletion_is_neutral() {
        let letter = shipped().text_of(DELETION, 0);
        insta::assert_snapshot!(format!("{}\n\n{}", letter.subject, letter.text));
        assert!(letter.html.contains("<p>Kære modtager</p>") && letter.html.contains("lang=\"da\""));
    }

    #[test]
    fn a_template_that_names_what_is_not_there_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("meddelelser/slet.hbs");
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        for (text, code) in [
            ("Emne: Slet\n\n{{saetning}}", "sample-failed"),
            ("Slet brevet", "sample-failed"),
            ("Emne: {{#if}", "template-syntax"),
        ] {
            std::fs::write(&file, text).unwrap();
            let mut problems = Vec::new();
            assert!(Notices::load(folder.path(), &mut problems).is_none(), "{text}");
            assert_eq!(problems.iter().map(Problem::code).collect::<Vec<_>>(), [code], "{text}");
        }
    }

    impl Notices {
        fn text_of(&self, name: &str, sample: usize) -> Letter {
            self.mail(name, samples(name).get(sample).unwrap()).unwrap()
        }
    }
}
