//! Reads what can be read of a file that is not TOML everywhere.
//!
//! A parser that goes on after a missing bracket tells ten things that are not so, and loses the rules behind it. So a
//! broken file is cut where its headings stand, a broken part where its lines begin, and each piece is parsed by itself:
//! one mistake is told once, and everything around it is read and checked like any other. What was not read is known
//! ([`Table::broken`]), so that nobody is told that something is missing which is merely misspelt.

use std::collections::BTreeSet;

use toml::de::DeTable;

use super::tokens::{Kind, Token, is_heading, lines, tokens};
use super::{Located, Node, Source, Table, messages, syntax};
use crate::diagnostic::Problem;

/// Reads a text whose parse failed; every mistake is added to `problems`.
pub(super) fn recover(source: &Source<'_>, problems: &mut Vec<Problem>) -> Table {
    let text = source.text();
    let all = tokens(text);
    let mut root = Table { entries: Vec::new(), place: source.place(0, 0), broken: false };
    let mut headings: BTreeSet<String> = BTreeSet::new();
    let mut blocks: Vec<Vec<&[Token]>> = vec![Vec::new()];
    for line in lines(text, &all) {
        if is_heading(text, line) {
            blocks.push(Vec::new());
        }
        blocks.extend_last(line);
    }
    for block in blocks {
        let Some((start, end)) = bounds(text, &block) else { continue };
        let part = match parsed(source, start, end) {
            Some(table) => table,
            None => pieces(source, &block, problems),
        };
        let heading = block.first().filter(|line| is_heading(text, line));
        if let Some(line) = heading.filter(|line| brackets(line) == 1)
            && let Some(name) = name_of(text, line)
            && !headings.insert(name.clone())
        {
            let problem = Problem::new(&messages::TABLE_TWICE).with("name", name);
            problems.push(problem.at(&source.place(start, line.last().map_or(end, |token| token.end))));
        }
        merge(&mut root, part);
    }
    root
}

/// The last block of a list grows.
trait ExtendLast<'t> {
    fn extend_last(&mut self, line: &'t [Token]);
}

impl<'t> ExtendLast<'t> for Vec<Vec<&'t [Token]>> {
    fn extend_last(&mut self, line: &'t [Token]) {
        if let Some(last) = self.last_mut() {
            last.push(line);
        }
    }
}

/// From the first token to the end of the last line, its newline included.
fn bounds(text: &str, lines: &[&[Token]]) -> Option<(usize, usize)> {
    let start = lines.first()?.first()?.start;
    let end = lines.last()?.last()?.end;
    let rest = text.get(end..).unwrap_or_default();
    Some((start, end + rest.find('\n').map_or(rest.len(), |newline| newline + 1)))
}

/// The table of a piece that is sound.
fn parsed(source: &Source<'_>, start: usize, end: usize) -> Option<Table> {
    let (table, errors) = DeTable::parse_recoverable(source.text().get(start..end)?);
    errors.is_empty().then(|| source.shifted(start).table(&table))
}

/// The statements of a broken block, each by itself.
fn pieces(source: &Source<'_>, block: &[&[Token]], problems: &mut Vec<Problem>) -> Table {
    let text = source.text();
    let (heading, rest) = match block.split_first() {
        Some((line, rest)) if is_heading(text, line) => (Some(*line), rest),
        _ => (None, block),
    };
    let mut inner = Table { entries: Vec::new(), place: source.place(0, 0), broken: true };
    for statement in statements(text, rest) {
        let Some((start, end)) = bounds(text, &statement) else { continue };
        let piece = text.get(start..end).unwrap_or_default();
        let (table, errors) = DeTable::parse_recoverable(piece);
        let told: Vec<(String, usize, usize)> = errors
            .iter()
            .map(|error| {
                let span = error.span().unwrap_or_default();
                (error.message().to_owned(), span.start, span.end)
            })
            .collect();
        // After a comma too few or too many the parser goes on as if it were right.
        let only_commas = !told.is_empty()
            && told.iter().all(|(message, ..)| syntax::is_comma_in_array(message))
            && syntax::is_quoted_well(piece);
        if told.is_empty() || only_commas {
            for entry in source.shifted(start).table(&table).entries {
                add(&mut inner, entry, problems);
            }
        }
        let told = if only_commas { told.as_slice() } else { told.get(..1).unwrap_or_default() };
        for (message, from, to) in told {
            problems.push(syntax::diagnose(&source.shifted(start), piece, message, (*from, *to)));
        }
    }
    match heading {
        None => inner,
        Some(line) => under(source, line, inner, problems),
    }
}

/// The lines of a block as statements: a line begins one outside brackets, and inside them when it looks like `key =`,
/// for then a bracket was not closed. Between braces, `key =` may stand on a line of its own, further in.
fn statements<'t>(text: &str, block: &[&'t [Token]]) -> Vec<Vec<&'t [Token]>> {
    let mut found: Vec<Vec<&[Token]>> = Vec::new();
    let mut open: Vec<char> = Vec::new();
    let mut margin = 0;
    for line in block {
        let is_pair = matches!(
            (line.first().map(|token| token.kind), line.get(1).map(|token| token.kind)),
            (Some(Kind::Word | Kind::Text { .. }), Some(Kind::Equals))
        );
        let start = line.first().map_or(0, |token| token.start);
        let before = text.get(..start).unwrap_or_default();
        let indent = start - before.rfind('\n').map_or(0, |newline| newline + 1);
        if open.is_empty() || (is_pair && (open.last() == Some(&'[') || indent <= margin)) {
            found.push(Vec::new());
            open.clear();
            margin = indent;
        }
        for token in *line {
            match token.kind {
                Kind::Open(bracket) => open.push(bracket),
                Kind::Close(_) => {
                    open.pop();
                }
                _ => {}
            }
        }
        found.extend_last(line);
    }
    found
}

/// Adds an entry of a broken block; a key that is there already is told.
fn add(table: &mut Table, entry: (Located<String>, Node), problems: &mut Vec<Problem>) {
    match table.entries.iter().find(|(name, _)| name.value == entry.0.value) {
        Some((first, _)) => problems.push(syntax::key_twice(&entry.0, Some(&first.place))),
        None => table.entries.push(entry),
    }
}

fn brackets(line: &[Token]) -> usize {
    let count = |kind| line.iter().filter(|token| token.kind == kind).count();
    count(Kind::Open('[')).max(count(Kind::Close(']'))).min(2)
}

/// The name in a heading, as far as it can be made out.
fn name_of(text: &str, line: &[Token]) -> Option<String> {
    let words = line.iter().filter(|token| matches!(token.kind, Kind::Word | Kind::Text { .. }));
    let words: Vec<&str> = words.filter_map(|token| text.get(token.start..token.end)).collect();
    Some(words.join("")).filter(|name| !name.is_empty())
}

/// A table under its heading, which may be misspelt.
fn under(source: &Source<'_>, line: &[Token], inner: Table, problems: &mut Vec<Problem>) -> Table {
    let text = source.text();
    let (start, end) = (line.first().map_or(0, |token| token.start), line.last().map_or(0, |token| token.end));
    let root = |entries| Table { entries, place: source.place(0, 0), broken: false };
    let (count, name) = (brackets(line), name_of(text, line).unwrap_or_default());
    let place = source.place(start, end);
    let sound = parsed(source, start, end).is_some();
    if !sound {
        let (open, close) = ("[".repeat(count), "]".repeat(count));
        let meant = format!("{open}{name}{close}");
        problems.push(Problem::new(&messages::HEADING).with("meant", meant).at(&place));
    }
    let mut table = Some(Table { place: place.clone(), ..inner });
    let mut keys: Vec<&str> = name.split('.').map(str::trim).collect();
    let mut is_last = true;
    // From the innermost key outwards.
    while let Some(key) = keys.pop() {
        let Some(inside) = table.take() else { break };
        let node = match is_last && count == 2 {
            true => Node::Array(Located { value: vec![Node::Table(inside)], place: place.clone() }),
            false => Node::Table(inside),
        };
        is_last = false;
        let key = Located { value: key.trim_matches(['"', '\'']).to_owned(), place: place.clone() };
        table = Some(root(vec![(key, node)]));
    }
    table.unwrap_or_else(|| root(Vec::new()))
}

/// Puts the tables of a block where they belong: `[[rule]]` behind the rules so far, `[mail.smtp]` into `[mail]`.
fn merge(into: &mut Table, part: Table) {
    into.broken |= part.broken;
    for (key, node) in part.entries {
        let known = into.entries.iter_mut().find(|(name, _)| name.value == key.value).map(|(_, node)| node);
        match (known, node) {
            (None, node) => into.entries.push((key, node)),
            (Some(Node::Array(known)), Node::Array(more)) => known.value.extend(more.value),
            (Some(Node::Table(known)), Node::Table(more)) => merge(known, more),
            (Some(Node::Array(known)), Node::Table(more)) => {
                if let Some(Node::Table(last)) = known.value.last_mut() {
                    merge(last, more);
                }
            }
            // Two values of one name in different blocks: told as a key that is there twice, or of no meaning.
            (Some(_), _) => {}
        }
    }
}
