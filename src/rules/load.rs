//! From a folder to a rule set, or to all that is wrong with the folder.

use std::path::Path;

use super::broken::switch_off_broken;
use super::files::{rule_files, without_copies};
use super::read::{self, RawFile};
use super::set::RuleSet;
use super::{compile, lint, messages, version};
use crate::diagnostic::{Message, Problem, any_error};
use crate::language::lexicon::Lexicon;
use crate::tables;

/// Reads all rule files of a folder; sub-folders belong to other layers, save `sprog/` with the words of the language.
///
/// All problems of all files are added to `problems`; the set is there only when none of them is an error, so a
/// daemon can keep its old one. Examples are not run: see [`RuleSet::check_examples`].
pub fn load(folder: &Path, audiences: &[String], problems: &mut Vec<Problem>) -> Option<RuleSet> {
    let mut own = Vec::new();
    let lexicon = Lexicon::load(folder, &mut own);
    let files = read_folder(folder, audiences, &mut own);
    let set = built(folder, files, &lexicon, audiences, &mut own);
    let failed = any_error(&own);
    problems.append(&mut own);
    (!failed).then_some(set)
}

/// As much of a folder as can be used, errors or not, with all that looks wrong in it: for checking, never for mailing.
/// Rules with an error, and those built on them, are switched off, so that the examples of all others can be run.
pub fn inspect(folder: &Path, audiences: &[String], problems: &mut Vec<Problem>) -> Option<RuleSet> {
    let mut own = Vec::new();
    let lexicon = Lexicon::load(folder, &mut own);
    // Without its words nothing a rule does would be what it does.
    let words_fail = any_error(&own);
    let files = read_folder(folder, audiences, &mut own);
    lint::lint(&files, &lexicon, folder, audiences, &mut own);
    let mut set = built(folder, files, &lexicon, audiences, &mut own);
    switch_off_broken(&mut set, &own);
    problems.append(&mut own);
    (!words_fail && !set.rules.is_empty()).then_some(set)
}

fn read_folder(folder: &Path, audiences: &[String], problems: &mut Vec<Problem>) -> Vec<RawFile> {
    let mut files: Vec<RawFile> = Vec::new();
    for path in rule_files(folder, problems) {
        files.push(match tables::read_file(&path, problems) {
            Some(table) => read::read_file(&path, &table, audiences, problems),
            None => RawFile { path, broken: true, nameless: true, ..RawFile::default() },
        });
    }
    without_copies(&mut files, problems);
    files
}

fn built(
    folder: &Path,
    files: Vec<RawFile>,
    lexicon: &Lexicon,
    audiences: &[String],
    problems: &mut Vec<Problem>,
) -> RuleSet {
    let (broken, nameless) = (files.iter().any(|file| file.broken), files.iter().any(|file| file.nameless));
    let mut set = compile::compile(files, lexicon, audiences, problems);
    set.version = version::version(folder);
    // What seems to be missing or unused may stand in what could not be read.
    let unknown = [&messages::UNKNOWN_RULE, &messages::UNKNOWN_GROUP, &messages::UNKNOWN_REFERENCE];
    let unused = [&messages::GROUP_WITHOUT_RULES, &messages::UNUSED_LIST];
    problems.retain(|problem| {
        let is = |messages: &[&Message]| messages.iter().any(|known| known.code == problem.code());
        let typing_error = problem.has_suggestion();
        !(nameless && is(&unknown) && !typing_error || (broken || nameless) && is(&unused))
    });
    set
}
