//! The walk over the text of a DOCX.
//!
//! What is not shown is no text: deleted and hidden runs, instructions of fields, the fallback of a drawing, the words that
//! ask for words. Notes and comments are parts of their own and are not opened.

use super::numbering::Numbering;
use super::styles::{Marks, Meaning, Styles};
use super::xml::{Attributes, Node, walk};
use crate::intake::Warning;
use crate::intake::builder::RawLine;
use crate::intake::flow::{Flow, Shape, Words};

/// Elements whose text the reader of the document does not see.
const UNSEEN: &[&str] = &["del", "moveFrom", "instrText", "delText", "rt", "rPrChange", "pPrChange"];

/// A paragraph that is open; text boxes put paragraphs into paragraphs.
#[derive(Debug, Default)]
struct Paragraph {
    number: u32,
    words: Words,
    style: Option<String>,
    outline: Option<u8>,
    list: Option<String>,
    list_level: Option<usize>,
    leaders: bool,
    /// It stands in the field of a table of contents.
    in_contents: bool,
    /// Its end was deleted: the next paragraph goes on with it.
    goes_on: bool,
    meaning: Meaning,
    in_properties: bool,
    run: Option<Run>,
}

#[derive(Debug, Default)]
struct Run {
    in_properties: bool,
    marks: Marks,
}

/// What was left out, for the warnings.
#[derive(Debug, Default)]
struct Seen {
    notes: u32,
    first_note: u32,
    changes: bool,
    struck: bool,
}

struct Body<'p> {
    styles: &'p Styles,
    numbering: Numbering,
    flow: Flow,
    open: Vec<Paragraph>,
    /// Words of paragraphs whose end was deleted.
    carried: Option<Words>,
    count: u32,
    unseen: usize,
    in_text: bool,
    /// Fields that are open, the innermost last.
    fields: Vec<Field>,
    /// The content control that is open still shows the words that ask for words.
    placeholder: bool,
    seen: Seen,
}

/// A field: its instruction comes in pieces, then its result.
#[derive(Debug, Default)]
struct Field {
    instruction: String,
    in_result: bool,
}

impl Field {
    fn is(&self, names: &[&str]) -> bool {
        let name = self.instruction.split_whitespace().next().unwrap_or_default();
        names.iter().any(|known| name.eq_ignore_ascii_case(known))
    }
}

/// Fields whose result is about the file and not of its text.
const FILE_FIELDS: &[&str] = &["PAGE", "NUMPAGES", "SECTIONPAGES", "FILENAME", "PRINTDATE", "SAVEDATE", "FILESIZE"];

/// All lines of the document part, and what a person should know of them.
pub(super) fn read(xml: &str, styles: &Styles, numbering: Numbering) -> Result<(Vec<RawLine>, Vec<Warning>), String> {
    let mut body = Body {
        styles,
        numbering,
        flow: Flow::default(),
        open: Vec::new(),
        carried: None,
        count: 0,
        unseen: 0,
        in_text: false,
        fields: Vec::new(),
        placeholder: false,
        seen: Seen::default(),
    };
    walk(xml, |node| body.node(&node))?;
    if let Some(words) = body.carried.take() {
        body.flow.paragraph(&words, &Shape::Plain, body.count);
    }
    let warnings = warnings(&body.seen);
    Ok((body.flow.finish(), warnings))
}

impl Body<'_> {
    fn node(&mut self, node: &Node<'_>) {
        match node {
            Node::Open(name, attributes) => self.open(name, attributes),
            Node::Close(name) => self.close(name),
            Node::Text(text) if self.in_text && self.unseen == 0 => self.push_result(text),
            // Instructions stand in elements whose text is not shown.
            Node::Text(text) => {
                if let Some(field) = self.fields.last_mut().filter(|field| !field.in_result) {
                    field.instruction.push_str(text);
                }
            }
        }
    }

    fn open(&mut self, name: &str, attributes: &Attributes) {
        let in_run_properties = self.run().is_some_and(|run| run.in_properties);
        let in_properties = self.open.last().is_some_and(|paragraph| paragraph.in_properties);
        if is_unseen(name) || (name == "sdtContent" && std::mem::take(&mut self.placeholder)) {
            self.seen.changes |= matches!(name, "del" | "moveFrom");
            // In the properties of a paragraph the same name means its end mark.
            if name == "del"
                && in_properties
                && let Some(paragraph) = self.open.last_mut()
            {
                paragraph.goes_on = true;
            }
            self.unseen += 1;
            return;
        }
        if self.unseen > 0 {
            self.unseen += usize::from(name == "sdtContent");
            return;
        }
        match name {
            "p" => {
                self.count = self.count.saturating_add(1);
                let words = self.carried.take().unwrap_or_default();
                let in_contents = self.in_contents();
                self.open.push(Paragraph { number: self.count, words, in_contents, ..Paragraph::default() });
            }
            "tbl" => self.flow.open_table(),
            "tc" => self.flow.open_cell(),
            "ins" | "moveTo" => self.seen.changes = true,
            _ if in_run_properties => self.run_property(name, attributes),
            _ if in_properties => self.property(name, attributes),
            "pPr" => self.open.last_mut().into_iter().for_each(|paragraph| paragraph.in_properties = true),
            "r" => self.open.last_mut().into_iter().for_each(|paragraph| paragraph.run = Some(Run::default())),
            "rPr" => self.run().into_iter().for_each(|run| run.in_properties = true),
            "t" => self.in_text = true,
            "fldSimple" => {
                let instruction = attributes.get("instr").unwrap_or_default().to_owned();
                self.fields.push(Field { instruction, in_result: true });
            }
            "fldChar" => self.field_mark(attributes.get("fldCharType").unwrap_or_default()),
            "showingPlcHdr" => self.placeholder = attributes.is_on(),
            "sym" => self.symbol(attributes.get("char").unwrap_or_default()),
            // WordArt: the word across the page that says it is a draft.
            _ if name.ends_with(":textpath") => {
                if let Some(text) = attributes.get("string") {
                    let mut words = Words::default();
                    words.push(text, false);
                    self.flow.paragraph(&words, &Shape::Plain, self.count.max(1));
                }
            }
            "tab" | "ptab" => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "footnoteReference" | "endnoteReference" => {
                self.seen.notes += 1;
                if self.seen.notes == 1 {
                    self.seen.first_note = self.count;
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if is_unseen(name) || (name == "sdtContent" && self.unseen > 0) {
            self.unseen = self.unseen.saturating_sub(1);
            return;
        }
        if self.unseen > 0 {
            return;
        }
        match name {
            "p" => self.close_paragraph(),
            "tr" => self.flow.close_row(),
            "tbl" => self.flow.close_table(),
            "pPr" => {
                let styles = self.styles;
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.in_properties = false;
                    paragraph.meaning = paragraph.style.as_ref().map(|id| styles.meaning(id)).unwrap_or_default();
                }
            }
            "rPr" => self.run().into_iter().for_each(|run| run.in_properties = false),
            "r" => self.open.last_mut().into_iter().for_each(|paragraph| paragraph.run = None),
            "t" => self.in_text = false,
            "fldSimple" => {
                self.fields.pop();
            }
            "sdt" => self.placeholder = false,
            _ => {}
        }
    }

    /// Begin, separator or end of a field.
    fn field_mark(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.push(Field::default()),
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.in_result = true;
                }
                // The first line of a table of contents has begun before its field.
                if self.in_contents()
                    && let Some(paragraph) = self.open.last_mut()
                {
                    paragraph.in_contents = true;
                }
            }
            "end" => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    fn in_contents(&self) -> bool {
        self.fields.iter().any(|field| field.in_result && field.is(&["TOC"]))
    }

    /// Text, unless it is the result of a field about the file.
    fn push_result(&mut self, text: &str) {
        if !self.fields.iter().any(|field| field.is(FILE_FIELDS)) {
            self.push(text);
        }
    }

    /// A letter of a symbol font: at the beginning of a paragraph the writer's own bullet, elsewhere an ornament.
    fn symbol(&mut self, code: &str) {
        let begins = self.open.last().is_some_and(|paragraph| paragraph.words.is_blank());
        // The boxes and ticks of Wingdings say yes or no; nothing else in it says anything.
        let shown = match code.to_ascii_uppercase().as_str() {
            "F0FE" | "F052" | "F078" | "F0FD" => "\u{2612}",
            "F0A8" | "F06F" | "F071" => "\u{2610}",
            _ if begins => "\u{2022}",
            _ => return,
        };
        self.push(shown);
    }

    fn run(&mut self) -> Option<&mut Run> {
        self.open.last_mut().and_then(|paragraph| paragraph.run.as_mut())
    }

    fn run_property(&mut self, name: &str, attributes: &Attributes) {
        let style = (name == "rStyle").then(|| attributes.value()).flatten();
        let under = style.map(|id| self.styles.meaning(id).marks).unwrap_or_default();
        if let Some(run) = self.run() {
            run.marks.read(name, attributes);
            run.marks = run.marks.over(under);
        }
    }

    fn property(&mut self, name: &str, attributes: &Attributes) {
        let Some(paragraph) = self.open.last_mut() else { return };
        let value = attributes.value();
        match name {
            "pStyle" => paragraph.style = value.map(str::to_owned),
            "outlineLvl" => {
                let level = value.and_then(|level| level.parse::<u8>().ok()).filter(|level| *level < 9);
                paragraph.outline = level.map(|level| level + 1);
            }
            "numId" => paragraph.list = value.map(str::to_owned),
            "ilvl" => paragraph.list_level = value.and_then(|level| level.parse().ok()),
            "tab" => paragraph.leaders |= matches!(attributes.get("leader"), Some(leader) if leader != "none"),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        let Some(paragraph) = self.open.last_mut() else { return };
        let direct = paragraph.run.as_ref().map(|run| run.marks).unwrap_or_default();
        let marks = direct.over(paragraph.meaning.marks);
        if marks.gone == Some(true) || marks.struck == Some(true) {
            self.seen.struck |= !text.trim().is_empty();
            return;
        }
        let emphasised = marks.bold == Some(true) || marks.italic == Some(true);
        // A newline in the XML is a blank; only `w:br` breaks a line.
        if text.contains('\n') && text != "\n" {
            paragraph.words.push(&text.replace('\n', " "), emphasised);
        } else {
            paragraph.words.push(text, emphasised);
        }
    }

    fn close_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        if paragraph.goes_on {
            self.carried = Some(paragraph.words);
            return;
        }
        // An empty paragraph is not numbered on the page either, where a reader would see a lone "3.": keep them in step.
        if paragraph.words.is_blank() {
            return;
        }
        let meaning = &paragraph.meaning;
        let (marker, level) = self.marker(&paragraph);
        let heading = meaning.heading.or(paragraph.outline).filter(|_| !meaning.contents);
        let shape = match (heading, marker) {
            _ if meaning.contents || paragraph.leaders || paragraph.in_contents => Shape::Contents,
            // A bullet before a heading is an ornament.
            (Some(level), marker) => {
                Shape::Heading { level, marker: marker.filter(|marker| marker != "-").unwrap_or_default() }
            }
            (None, Some(marker)) => Shape::Item { marker, level },
            (None, None) => Shape::Plain,
        };
        self.flow.paragraph(&paragraph.words, &shape, paragraph.number);
    }

    /// The counted marker of a paragraph and its nesting.
    fn marker(&mut self, paragraph: &Paragraph) -> (Option<String>, u8) {
        let meaning = &paragraph.meaning;
        let Some(list) = paragraph.list.as_ref().or(meaning.list.as_ref()) else { return (None, 0) };
        let by_style = || paragraph.style.as_ref().and_then(|style| self.numbering.level_of_style(list, style));
        let level = paragraph.list_level.or(meaning.list_level).or_else(by_style).unwrap_or_default();
        (self.numbering.next(list, level), u8::try_from(level).unwrap_or(u8::MAX))
    }
}

/// Elements whose text the reader of the document does not see; the drawing of a second-rate program is there twice.
fn is_unseen(name: &str) -> bool {
    UNSEEN.contains(&name) || name.ends_with(":Fallback")
}

fn warnings(seen: &Seen) -> Vec<Warning> {
    let mut found = Vec::new();
    if seen.notes > 0 {
        let message = format!("{} footnotes or endnotes are not read", seen.notes);
        found.push(Warning { code: "notes-skipped", message, line: Some(seen.first_note) });
    }
    if seen.changes {
        let message = "tracked changes: read as if all were accepted".to_owned();
        found.push(Warning { code: "tracked-changes", message, line: None });
    }
    if seen.struck {
        let message = "hidden or struck-out text is not read".to_owned();
        found.push(Warning { code: "hidden-text", message, line: None });
    }
    found
}
