//! `digest explain`: a sentence or an item as a readable table: what hit, what almost did, the sum and the verdict.

mod find;
pub(super) mod inside;
mod loose;
pub(super) mod marks;
mod table;

use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use self::find::Found;
use super::Exit;
use super::workspace::Workspace;
use crate::diagnostic::Language;
use crate::digest::{Audience, ScoredMeeting};
use crate::minutes::{EntryId, Item, Minutes};
use crate::quality::explain::{Explanation, Scene, explain};
use crate::rules::{Almost, ItemContext, Trace, sentence_contexts};

/// Arguments of `digest explain`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Minutes.
    #[arg(required_unless_present = "text")]
    file: Option<PathBuf>,
    /// A sentence by its id (2/36), an item by its number (2), or words of a sentence.
    #[arg(required_unless_present = "text")]
    what: Vec<String>,
    /// Explain this text instead, without any minutes.
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["file", "what"])]
    text: Option<String>,
    /// With --text: the title of its item.
    #[arg(long, value_name = "TITLE", requires = "text")]
    item: Option<String>,
    /// With --text: the sub-heading above it.
    #[arg(long, value_name = "HEADING", requires = "text")]
    subheading: Option<String>,
    /// With --text: the committee.
    #[arg(long, value_name = "NAME", requires = "text")]
    committee: Option<String>,
    /// With --text: what its first sentence leans on.
    #[arg(long, value_name = "TEXT", requires = "text")]
    before: Option<String>,
    /// Only for this audience.
    #[arg(long, value_name = "NAME")]
    audience: Option<String>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Terminal,
    /// A list: one object per sentence and audience.
    Json,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let workspace = Workspace::open(arguments)?;
    let audiences = workspace.audiences(command.audience.as_deref())?;
    let language = workspace.config.language;
    let explanations = match (&command.text, &command.file) {
        (Some(text), _) => loose::explain(&workspace, text, command, &audiences),
        (None, Some(file)) => {
            let minutes = match workspace.reading.minutes(file) {
                Ok(minutes) => minutes,
                Err(error) => {
                    eprintln!("digest: {error}");
                    return Ok(Exit::Argument);
                }
            };
            let scored = workspace.score(&minutes);
            match find::find(&minutes, &scored, &command.what.join(" ")) {
                Found::Sentences(ids) => Meeting::new(&workspace, &minutes, &scored).explain(&ids, &audiences),
                Found::Several(ids) => {
                    let rows = ids.iter().filter_map(|id| Some((*id, scored.trace(*id)?.text.as_str())));
                    return list(command.format, rows, language, out);
                }
                Found::Nothing { nearest } => {
                    find::tell(&command.what.join(" "), &nearest, &scored, language);
                    return Ok(Exit::Argument);
                }
                Found::NotScored(reason) => {
                    eprintln!("digest: {}", reason.text(language));
                    return Ok(Exit::Argument);
                }
            }
        }
        (None, None) => Vec::new(),
    };
    match command.format {
        Format::Json => {
            serde_json::to_writer(&mut *out, &explanations)?;
            writeln!(out)?;
        }
        Format::Terminal => {
            let style = marks::Style::of(std::io::stdout().is_terminal(), std::env::var_os("NO_COLOR").is_some());
            for explanation in &explanations {
                write!(out, "{}", table::table(explanation, language, style))?;
            }
        }
    }
    Ok(Exit::Fine)
}

/// Several sentences have the words: each with its id, so that one can be named.
fn list<'t>(
    format: Format,
    rows: impl Iterator<Item = (EntryId, &'t str)>,
    language: Language,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    if format == Format::Json {
        let rows: Vec<serde_json::Value> =
            rows.map(|(id, text)| serde_json::json!({ "id": id.to_string(), "text": text })).collect();
        serde_json::to_writer(&mut *out, &serde_json::json!({ "matches": rows }))?;
        writeln!(out)?;
        return Ok(Exit::Fine);
    }
    writeln!(
        out,
        "{}",
        match language {
            Language::Danish => "Flere sætninger passer. Skriv den enes nummer i stedet for ordene:\n",
            Language::English => "Several sentences fit. Write the number of one instead of the words:\n",
        }
    )?;
    for (id, text) in rows {
        write!(out, "{}", marks::hanging(&format!("{:<8}", id.to_string()), text))?;
    }
    Ok(Exit::Fine)
}

/// A meeting with what explanations of its sentences take.
pub(super) struct Meeting<'m> {
    workspace: &'m Workspace,
    minutes: &'m Minutes,
    scored: &'m ScoredMeeting,
    almost: Almost<'m>,
}

impl<'m> Meeting<'m> {
    pub(super) fn new(workspace: &'m Workspace, minutes: &'m Minutes, scored: &'m ScoredMeeting) -> Self {
        let almost = Almost::new(&workspace.rules, workspace.inflection());
        Self { workspace, minutes, scored, almost }
    }

    /// Explains sentences, for each audience in turn.
    pub(super) fn explain(&mut self, ids: &[EntryId], audiences: &[Audience]) -> Vec<Explanation> {
        let mut found = Vec::new();
        let traces: &BTreeMap<EntryId, Trace> = &self.scored.sentences.traces;
        let built: Vec<_> =
            audiences.iter().map(|audience| self.workspace.digest(self.minutes, self.scored, audience)).collect();
        for id in ids {
            let Some(item) = self.minutes.item(id.item) else { continue };
            let (context, own) = (ItemContext::of(self.minutes, item), self.sentences(item));
            let own_traces: Vec<Trace> = own.iter().filter_map(|own| traces.get(&own.id).cloned()).collect();
            let scene = Scene { item: &context, sentences: &own, traces: &own_traces };
            let Some(at) = own.iter().position(|own| own.id == *id) else { continue };
            for (audience, built) in audiences.iter().zip(&built) {
                let letter = Some((built, traces));
                found.extend(explain(&self.workspace.rules, &mut self.almost, &scene, at, audience, letter));
            }
        }
        found
    }

    fn sentences(&self, item: &Item) -> Vec<crate::rules::SentenceContext> {
        sentence_contexts(item, &self.workspace.hints(self.minutes, &self.scored.topics))
    }
}
