//! The folder of templates: read, checked and turned into letters.
//!
//! `brev/` has the three templates of a letter, `rettelse/` those of a correction, `kommende/` those of a letter about a
//! coming meeting, `dele/` the parts they share. Two engines hold the same files, since
//! HTML must escape and plain text must not ("Børn &amp; Unge" is no Danish). A value of [`Templates`] has been checked:
//! whatever cannot be loaded without a problem is not loaded at all, and the daemon goes on with what it had.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use handlebars::{Handlebars, no_escape};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::agenda::AgendaContext;
use super::context::LetterContext;
use super::correction::CorrectionContext;
use super::error::{Part, RenderError};
use super::letter::Letter;
use super::names::{Readable, Walker, offset, shape};
use super::sample::{minimal_digest, sample_agenda, sample_correction, sample_digest};
use super::verify::{folded, verify, verify_agenda};
use super::wrap::wrap;
use super::{messages, notices, scan};
use crate::diagnostic::{Place, Problem, SourceFile, any_error, sort};
use crate::digest::{Agenda, Correction, Digest};
use crate::tables::{is_left_behind, text_file, unreadable};
use crate::text::Span;

/// A kind of letter. Each has a folder with a template for the subject and one for each body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sheet {
    Digest,
    Correction,
    Agenda,
}

impl Sheet {
    const ALL: [Self; 3] = [Self::Digest, Self::Correction, Self::Agenda];

    fn folder(self) -> &'static str {
        match self {
            Self::Digest => "brev",
            Self::Correction => "rettelse",
            Self::Agenda => "kommende",
        }
    }

    fn template(self, part: Part) -> String {
        let file = match part {
            Part::Subject => "emne",
            Part::Html => "html",
            Part::Text => "tekst",
        };
        format!("{}/{file}", self.folder())
    }

    /// What its templates see, filled with samples.
    fn sample(self) -> Option<Value> {
        let value = match self {
            Self::Digest => serde_json::to_value(LetterContext::new(&sample_digest(), "", "").ok()?),
            Self::Correction => serde_json::to_value(CorrectionContext::new(&sample_correction(), "", "").ok()?),
            Self::Agenda => serde_json::to_value(AgendaContext::new(&sample_agenda(), "").ok()?),
        };
        value.ok()
    }
}

/// The templates of each kind of letter, in the order they are written.
const PARTS: [Part; 3] = [Part::Subject, Part::Html, Part::Text];
/// The folder of what they share.
const PARTS_FOLDER: &str = "dele";

/// All templates of a folder, checked.
#[derive(Debug)]
pub struct Templates {
    html: Handlebars<'static>,
    text: Handlebars<'static>,
    files: BTreeMap<String, Arc<SourceFile>>,
    version: String,
}

impl Templates {
    /// Reads and compiles the folder. Everything that is wrong in any of its files is added to `problems`; with an error
    /// among them there is no result.
    pub fn load(dir: &Path, problems: &mut Vec<Problem>) -> Option<Self> {
        let mut found = Vec::new();
        let templates = read_folder(dir, &mut found).and_then(|files| Self::compile(dir, files, &mut found));
        sort(&mut found);
        let sound = !any_error(&found);
        problems.extend(found);
        templates.filter(|_| sound)
    }

    /// Writes the sample letters and adds whatever goes wrong to `problems`.
    pub fn check(&self, problems: &mut Vec<Problem>) {
        let (greeting, version) = ("Til medarbejdere", "0123456789ab");
        let written = [
            (Sheet::Digest, self.render(&sample_digest(), greeting, version)),
            (Sheet::Digest, self.render(&minimal_digest(), greeting, version)),
            (Sheet::Correction, self.correction(&sample_correction(), greeting, version)),
            (Sheet::Agenda, self.agenda(&sample_agenda(), greeting)),
        ];
        problems
            .extend(written.iter().filter_map(|(sheet, letter)| Some(self.problem(*sheet, letter.as_ref().err()?))));
        sort(problems);
    }

    /// A short hash of all templates: the same letters come from the same version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The letter of a digest. `greeting` names its audience; `rules_version` is the short hash of the rules.
    ///
    /// # Errors
    /// Where the digest quotes nothing, a template fails, or the letter lacks a quote, the mark of a gap or the line
    /// about the extract.
    pub fn render(&self, digest: &Digest, greeting: &str, rules_version: &str) -> Result<Letter, RenderError> {
        let context = LetterContext::new(digest, greeting, rules_version)?;
        let letter = self.write(Sheet::Digest, serde_json::to_value(&context).unwrap_or_default())?;
        verify(&letter, digest, context.lines())?;
        Ok(letter)
    }

    /// The letter of a correction.
    ///
    /// # Errors
    /// As [`Self::render`]; and where the letter lacks a sentence that counts no more.
    pub fn correction(
        &self,
        correction: &Correction,
        greeting: &str,
        rules_version: &str,
    ) -> Result<Letter, RenderError> {
        let context = CorrectionContext::new(correction, greeting, rules_version)?;
        let letter = self.write(Sheet::Correction, serde_json::to_value(&context).unwrap_or_default())?;
        verify(&letter, &correction.digest, context.lines())?;
        Ok(letter)
    }

    /// The letter about a coming meeting.
    ///
    /// # Errors
    /// Where no item may be named, a template fails, or the letter lacks a title or the line that the agenda may change.
    pub fn agenda(&self, agenda: &Agenda, greeting: &str) -> Result<Letter, RenderError> {
        let context = AgendaContext::new(agenda, greeting)?;
        let letter = self.write(Sheet::Agenda, serde_json::to_value(&context).unwrap_or_default())?;
        verify_agenda(&letter, agenda)?;
        Ok(letter)
    }

    fn write(&self, sheet: Sheet, mut data: Value) -> Result<Letter, RenderError> {
        let subject = folded(&write(&self.text, &sheet.template(Part::Subject), &data)?);
        if subject.is_empty() {
            return Err(RenderError::EmptySubject);
        }
        add_subject(&mut data, &subject);
        let html = write(&self.html, &sheet.template(Part::Html), &data)?;
        let text = wrap(&write(&self.text, &sheet.template(Part::Text), &data)?);
        Ok(Letter { subject, html, text })
    }

    fn compile(dir: &Path, files: BTreeMap<String, Arc<SourceFile>>, problems: &mut Vec<Problem>) -> Option<Self> {
        let mut html = Handlebars::new();
        html.set_strict_mode(true);
        // Else a call of a part that is indented would indent the quotes in it.
        html.set_prevent_indent(true);
        let mut text = Handlebars::new();
        text.set_strict_mode(true);
        text.set_prevent_indent(true);
        text.register_escape_fn(no_escape);
        for (name, file) in &files {
            let before = problems.len();
            scan::structure(file, problems);
            if problems.len() > before {
                continue;
            }
            if let Err(error) = html.register_template_string(&registered(name), file.text()) {
                let (line, column) = error.pos().unwrap_or((1, 1));
                problems.push(Problem::new(&messages::SYNTAX).at(&tag_at(file, offset(file, line, column))));
            }
            // Reading a template is most of what it costs, so both take the same.
            if let Some(template) = html.get_template(&registered(name)).cloned() {
                text.register_template(&registered(name), template);
            }
        }
        let needed = Sheet::ALL.iter().flat_map(|sheet| PARTS.map(|part| sheet.template(part)));
        for name in needed.filter(|name| !files.contains_key(name)) {
            problems.push(Problem::new(&messages::MISSING_TEMPLATE).in_file(dir.join(format!("{name}.hbs"))));
        }
        if any_error(problems) {
            // Names are looked up only where everything could be read; else every call of a broken part would be told.
            return None;
        }
        let readable =
            |name: &str| Some(Readable { file: files.get(name)?, template: html.get_template(&registered(name))? });
        let parts: BTreeMap<String, Readable<'_>> =
            files.keys().filter_map(|name| Some((name.strip_prefix("dele/")?.to_owned(), readable(name)?))).collect();
        let mut walker = Walker::new(&parts);
        for sheet in Sheet::ALL {
            let full = shape(&sheet.sample()?);
            let mut with_subject = full.clone();
            add_subject(&mut with_subject, "");
            for (part, data) in PARTS.into_iter().zip([&full, &with_subject, &with_subject]) {
                if let Some(root) = readable(&sheet.template(part)) {
                    walker.walk(root, data);
                }
            }
        }
        let (found, used) = walker.finish();
        problems.extend(found);
        for (name, part) in parts.iter().filter(|(name, _)| !used.contains(*name)) {
            problems.push(Problem::new(&messages::UNUSED_PART).with("name", name).in_file(part.file.path()));
        }
        let version = version_of(&files);
        Some(Self { html, text, files, version })
    }

    fn problem(&self, sheet: Sheet, error: &RenderError) -> Problem {
        let at = |part: &Part, problem: Problem| match self.files.get(&sheet.template(*part)) {
            Some(file) => problem.in_file(file.path()),
            None => problem,
        };
        match error {
            RenderError::Template { template, line, column, reason } => {
                let problem = Problem::new(&messages::SAMPLE_FAILED).with("error", reason);
                match self.files.get(template) {
                    Some(file) => problem.at(&tag_at(file, offset(file, *line, *column))),
                    None => problem,
                }
            }
            RenderError::EmptySubject => at(&Part::Subject, Problem::new(&messages::EMPTY_SUBJECT)),
            RenderError::QuoteLost { part, .. } => at(part, Problem::new(&messages::LOST_QUOTE)),
            RenderError::GapLost { part, .. } => at(part, Problem::new(&messages::LOST_GAP)),
            RenderError::TitleLost { part, .. } => at(part, Problem::new(&messages::LOST_TITLE)),
            RenderError::RemarkLost { part, .. } => at(part, Problem::new(&messages::LOST_REMARK)),
            RenderError::ExtractLineLost { part } => at(part, Problem::new(&messages::LOST_EXTRACT)),
            RenderError::TooLarge { bytes, limit } => {
                at(&Part::Html, Problem::new(&messages::TOO_LARGE).with("bytes", bytes).with("limit", limit))
            }
            RenderError::Empty => Problem::new(&messages::SAMPLE_FAILED).with("error", error),
        }
    }
}

fn write(engine: &Handlebars<'static>, name: &str, data: &Value) -> Result<String, RenderError> {
    engine.render(name, data).map_err(|error| {
        let named = error.template_name.as_deref().unwrap_or(name);
        RenderError::Template {
            template: if named.contains('/') { named.to_owned() } else { format!("dele/{named}") },
            line: error.line_no.unwrap_or_default(),
            column: error.column_no.unwrap_or_default(),
            reason: error.reason().to_string(),
        }
    })
}

fn add_subject(data: &mut Value, subject: &str) {
    if let Some(fields) = data.as_object_mut() {
        fields.insert("emne".to_owned(), json!(subject));
    }
}

/// The name the engine knows a file by: parts are called by their bare name.
fn registered(name: &str) -> String {
    name.strip_prefix("dele/").unwrap_or(name).to_owned()
}

/// The place of the tag around or before a byte, since the engine points somewhere into it.
fn tag_at(file: &Arc<SourceFile>, byte: usize) -> Place {
    let text = file.text();
    let start = text
        .get(..byte)
        .and_then(|before| before.rfind("{{"))
        .filter(|start| text.get(*start..byte).is_some_and(|between| !between.contains("}}")));
    let start = start.unwrap_or_else(|| byte.min(text.len()));
    let end = text.get(start..).and_then(|rest| rest.find("}}")).map_or(start, |length| start + length + 2);
    Place { file: Arc::clone(file), span: Span::new(start, end) }
}

/// Everything in the folder that a letter uses, by path without ending; none where the folder itself cannot be read.
fn read_folder(dir: &Path, problems: &mut Vec<Problem>) -> Option<BTreeMap<String, Arc<SourceFile>>> {
    let mut files = BTreeMap::new();
    for path in listed(dir, problems)? {
        match file_name(&path) {
            folder if path.is_dir() && (folder == PARTS_FOLDER || is_sheet(folder)) => {
                for inner in listed(&path, problems).unwrap_or_default() {
                    let known = file_name(&inner).strip_suffix(".hbs").map(|stem| format!("{folder}/{stem}"));
                    match known.filter(|name| folder == PARTS_FOLDER || is_template(name)) {
                        Some(name) if !inner.is_dir() => {
                            files.extend(read_file(&inner, problems).map(|file| (name, file)));
                        }
                        _ => problems.push(unknown(&inner)),
                    }
                }
            }
            // Read elsewhere; what is in it is looked at here alone, so that a misspelt name is told.
            notices::FOLDER if path.is_dir() => {
                for inner in listed(&path, problems).unwrap_or_default() {
                    let known = file_name(&inner)
                        .strip_suffix(".hbs")
                        .is_some_and(|stem| notices::names().any(|name| name == stem));
                    if !known || inner.is_dir() {
                        problems.push(unknown(&inner));
                    }
                }
            }
            _ => problems.push(unknown(&path)),
        }
    }
    Some(files)
}

/// The entries of a folder in order, without those that editors and systems leave.
fn listed(dir: &Path, problems: &mut Vec<Problem>) -> Option<Vec<PathBuf>> {
    let entries = std::fs::read_dir(dir)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>());
    match entries {
        Ok(mut paths) => {
            paths.retain(|path| !is_left_behind(file_name(path)));
            paths.sort();
            Some(paths)
        }
        Err(error) => {
            problems.push(unreadable(dir, &error));
            None
        }
    }
}

fn read_file(path: &Path, problems: &mut Vec<Problem>) -> Option<Arc<SourceFile>> {
    let file = text_file(path, problems)?;
    // Line ends as Windows or an old Mac writes them would make other letters of the same words.
    Some(SourceFile::new(path, file.text().replace("\r\n", "\n").replace('\r', "\n")))
}

fn is_sheet(folder: &str) -> bool {
    Sheet::ALL.iter().any(|sheet| sheet.folder() == folder)
}

fn is_template(name: &str) -> bool {
    Sheet::ALL.iter().any(|sheet| PARTS.iter().any(|part| sheet.template(*part) == name))
}

fn unknown(path: &Path) -> Problem {
    let templates = ["emne.hbs", "html.hbs", "tekst.hbs", "godkend.hbs", "slet.hbs", "rapport.hbs"];
    let folders = Sheet::ALL.map(Sheet::folder).into_iter().chain([PARTS_FOLDER, "meddelelser"]);
    Problem::new(&messages::UNKNOWN_FILE).in_file(path).did_you_mean(file_name(path), folders.chain(templates))
}

fn file_name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

fn version_of(files: &BTreeMap<String, Arc<SourceFile>>) -> String {
    let mut hash = Sha256::new();
    for (name, file) in files {
        // Lengths keep "ab" + "c" and "a" + "bc" apart.
        hash.update(name.len().to_le_bytes());
        hash.update(name);
        hash.update(file.text().len().to_le_bytes());
        hash.update(file.text());
    }
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
