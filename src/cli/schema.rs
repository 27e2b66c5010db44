//! `digest schema`: the JSON Schema of a file that people edit, for editors.

use std::io::Write;

use clap::{Args, ValueEnum};
use serde_json::Value;

use super::Exit;
use crate::config;
use crate::language::{lexicon, persons};
use crate::minutes;
use crate::rules;
use crate::tables::form::Form;
use crate::tables::schema::schema;
use crate::text::sentences;

/// Arguments of `digest schema`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Which file.
    #[arg(value_enum)]
    file: File,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum File {
    /// Rule files: rules/*.toml.
    Rules,
    /// config.toml.
    Config,
    /// rules/sprog/ordlister.toml.
    Lists,
    /// rules/sprog/boejning.toml.
    Inflection,
    /// rules/sprog/navne.toml.
    Names,
    /// rules/sprog/saetninger.toml.
    Sentences,
    /// rules/dialekt/referater.toml.
    Dialect,
    /// rules/dialekt/tidligere-referater.toml.
    Earlier,
}

impl File {
    /// Its title and its form.
    fn form(self) -> (&'static str, &'static Form) {
        match self {
            Self::Rules => ("Regler til digest", &rules::FORM),
            Self::Config => ("Indstillinger til digest", &config::form::FILE),
            Self::Lists => ("Ordlister til digest", &lexicon::LISTS_FILE),
            Self::Inflection => ("Bøjning til digest", &lexicon::FORMS_FILE),
            Self::Names => ("Navne til digest", &persons::NAMES_FILE),
            Self::Sentences => ("Sætningsdeling til digest", &sentences::CLASSES_FILE),
            Self::Dialect => ("Referaters udseende til digest", &minutes::DIALECT_FILE),
            Self::Earlier => ("Tidligere referater til digest", &minutes::EARLIER_FILE),
        }
    }

    fn schema(self) -> Value {
        let (title, form) = self.form();
        schema(title, form)
    }
}

pub(super) fn run(command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    serde_json::to_writer_pretty(&mut *out, &command.file.schema())?;
    writeln!(out)?;
    Ok(Exit::Fine)
}
