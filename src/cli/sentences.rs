//! `digest sentences`: the sentences of any plain text.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Exit;
use super::workspace::Reading;
use crate::text::Span;
use crate::text::blocks::text_sentences;

/// Arguments of `digest sentences`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A plain text in UTF-8.
    file: PathBuf,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Lines)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// One sentence a line.
    Lines,
    /// A list with spans in the file's bytes.
    Json,
}

#[derive(Serialize)]
struct SentenceJson {
    text: String,
    span: Span,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let reading = Reading::open(arguments)?;
    let read = std::fs::metadata(&command.file).map(|metadata| metadata.len()).and_then(|bytes| {
        if bytes > reading.max_bytes() {
            return Err(std::io::Error::other(format!("{bytes} bytes is more than intake.max_bytes")));
        }
        std::fs::read_to_string(&command.file)
    });
    let text = match read {
        Ok(text) => text,
        Err(error) => {
            eprintln!("digest: {}: cannot be read: {error}", command.file.display());
            return Ok(Exit::Argument);
        }
    };
    let folded = |span: Span| span.of(&text).split_whitespace().collect::<Vec<_>>().join(" ");
    let spans = text_sentences(&text, reading.classes());
    match command.format {
        Format::Lines => {
            for span in spans {
                writeln!(out, "{}", folded(span))?;
            }
        }
        Format::Json => {
            let rows: Vec<SentenceJson> =
                spans.into_iter().map(|span| SentenceJson { text: folded(span), span }).collect();
            serde_json::to_writer(&mut *out, &rows)?;
            writeln!(out)?;
        }
    }
    Ok(Exit::Fine)
}
