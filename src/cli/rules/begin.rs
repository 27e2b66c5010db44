//! `digest rules new`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::cli::Exit;
use crate::cli::workspace;
use crate::diagnostic::Language;
use crate::rules::skeleton::{SkeletonKind, skeleton, taken_ids, usable_id};

/// Arguments of `digest rules new`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Its name: small letters, digits, hyphens.
    id: String,
    /// What it looks for.
    #[arg(long, value_enum, default_value_t = Kind::Phrases)]
    kind: Kind,
    /// Append it to this file of the rules folder instead of printing it.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Words and phrases.
    Phrases,
    /// Two words near each other.
    Near,
    /// A regular expression.
    Pattern,
    /// A built-in feature.
    Feature,
    /// Other rules, lists and features.
    Combination,
}

pub(super) fn run(arguments: &crate::cli::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    // The rules themselves are not loaded: whoever begins a rule may be in the middle of another one.
    let config = workspace::config(arguments)?;
    let danish = config.language == Language::Danish;
    if let Err(message) = usable(&command.id, &config.rules, danish) {
        eprintln!("digest: {message}");
        return Ok(Exit::Argument);
    }
    let kind = match command.kind {
        Kind::Phrases => SkeletonKind::Phrases,
        Kind::Near => SkeletonKind::Near,
        Kind::Pattern => SkeletonKind::Pattern,
        Kind::Feature => SkeletonKind::Feature,
        Kind::Combination => SkeletonKind::Combination,
    };
    let text = skeleton(&command.id, kind, &config.audience_names());
    let Some(file) = &command.file else {
        write!(out, "{text}")?;
        return Ok(Exit::Fine);
    };
    if let Err(message) = append(file, &text, &config.rules, danish) {
        eprintln!("digest: {}: {message}", file.display());
        return Ok(Exit::Argument);
    }
    if danish {
        eprintln!("Reglen »{}« er begyndt i {}. Fyld den ud, og kør »digest check«.", command.id, file.display());
    } else {
        eprintln!("The rule \"{}\" is begun in {}. Fill it in, then run \"digest check\".", command.id, file.display());
    }
    Ok(Exit::Fine)
}

/// Whether the id may be used; else why not and what to do.
fn usable(id: &str, rules: &Path, danish: bool) -> Result<(), String> {
    if let Err(mended) = usable_id(id) {
        let hint = match (mended.is_empty(), danish) {
            (true, _) => String::new(),
            (false, true) => format!(" Prøv »{mended}«."),
            (false, false) => format!(" Try \"{mended}\"."),
        };
        return Err(if danish {
            format!("»{id}« kan ikke være en regels id: små bogstaver, tal og bindestreger.{hint}")
        } else {
            format!("\"{id}\" cannot be the id of a rule: small letters, digits and hyphens.{hint}")
        });
    }
    let taken = taken_ids(rules);
    let Some((file, line)) = taken.get(id) else { return Ok(()) };
    let free = (2..).map(|number| format!("{id}-{number}")).find(|next| !taken.contains_key(next)).unwrap_or_default();
    Err(if danish {
        format!("Der er allerede en regel, der hedder »{id}«, i {}:{line}. Prøv »{free}«.", file.display())
    } else {
        format!("There is a rule \"{id}\" already, in {}:{line}. Try \"{free}\".", file.display())
    })
}

/// Adds the text at the end of the file. What stands there is never touched; the file is made where there is none.
fn append(file: &Path, text: &str, rules: &Path, danish: bool) -> Result<(), String> {
    let say = |danish_text: &str, english: &str| if danish { danish_text.to_owned() } else { english.to_owned() };
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let same = |one: &Path, other: &Path| match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    };
    if !same(parent, rules) || file.extension().is_none_or(|extension| extension != "toml") {
        let (folder, english) = (
            format!("Filen skal ligge i mappen {} og ende på .toml; ellers bliver den ikke læst.", rules.display()),
            format!("The file must lie in the folder {} and end in .toml; else it is not read.", rules.display()),
        );
        return Err(say(&folder, &english));
    }
    let present = match std::fs::read(file) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| {
            say(
                "Filen er ikke gemt som UTF-8. Gem den igen, og vælg UTF-8.",
                "The file is not UTF-8. Save it as UTF-8.",
            )
        })?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(say(&format!("kan ikke læses: {error}"), &format!("cannot be read: {error}"))),
    };
    let gap = match present.as_str() {
        "" => "",
        filled if filled.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let mut added = format!("{gap}{text}");
    // Windows' line ends, where the file has them.
    if present.contains("\r\n") {
        added = added.replace('\n', "\r\n");
    }
    let opened = std::fs::OpenOptions::new().append(true).create(true).open(file);
    opened
        .and_then(|mut opened| opened.write_all(added.as_bytes()))
        .map_err(|error| say(&format!("kan ikke skrives: {error}"), &format!("cannot be written: {error}")))
}
