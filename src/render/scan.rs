//! Finds what is open or closed wrongly in a template.
//!
//! The engine stops at the first mistake and tells it as a list of grammar rules ("expected escape, expression, …"). An
//! office needs all mistakes of a file at once, at the bracket where each began, so the brackets are counted here before
//! the engine sees the file. The limit on nesting is for the engine's sake too: its parser recurses.

use std::sync::Arc;

use super::messages;
use crate::diagnostic::{Place, Problem, SourceFile};
use crate::text::Span;

/// Blocks inside each other; a letter needs six.
const DEEPEST: usize = 24;
/// Bytes between the brackets of one tag; beyond it a closing bracket was forgotten.
const LONGEST: usize = 400;

struct Open<'t> {
    name: &'t str,
    span: Span,
}

/// Adds a problem for each tag that is left open, closed wrongly or nested too deep.
pub fn structure(file: &Arc<SourceFile>, problems: &mut Vec<Problem>) {
    let text = file.text();
    let place = |span: Span| Place { file: Arc::clone(file), span };
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut at = 0;
    while let Some(start) = find(text, "{{", at) {
        if text.get(..start).is_some_and(|before| before.ends_with('\\')) {
            at = start + 2;
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        let (closing, message) = if rest.starts_with("{{!--") {
            ("--}}", &messages::UNCLOSED_COMMENT)
        } else if rest.starts_with("{{!") {
            ("}}", &messages::UNCLOSED_COMMENT)
        } else {
            ("}}", &messages::UNCLOSED_TAG)
        };
        let comment = rest.starts_with("{{!");
        let body_start = start + rest.len() - rest.trim_start_matches('{').len();
        let end = find(text, closing, if comment { start + 3 } else { body_start });
        let next = find(text, "{{", body_start);
        let (body, end) = match end {
            Some(end) if comment => {
                at = end + closing.len();
                continue;
            }
            Some(end) if end - body_start <= LONGEST && next.is_none_or(|next| next > end) => {
                (text.get(body_start..end).unwrap_or_default(), end + 2)
            }
            _ => {
                problems.push(Problem::new(message).at(&place(Span::new(start, body_start))));
                at = body_start;
                continue;
            }
        };
        at = end;
        let span = Span::new(start, end);
        let body = body.trim_matches(|letter: char| letter == '~' || letter.is_whitespace());
        if let Some(name) = body.strip_prefix('#') {
            let name = first_word(name.trim_start_matches(['>', '*']));
            open.push(Open { name, span });
            if open.len() == DEEPEST + 1 {
                problems.push(Problem::new(&messages::TOO_DEEP).with("limit", DEEPEST).at(&place(span)));
            }
        } else if let Some(name) = body.strip_prefix('/') {
            let name = name.trim();
            match open.pop() {
                Some(last) if name.is_empty() || last.name == name => {}
                Some(last) => {
                    let (line, _) = file.line_and_column(last.span.start());
                    problems.push(
                        Problem::new(&messages::WRONG_CLOSE)
                            .with("name", name)
                            .with("open", last.name)
                            .with("line", line)
                            .at(&place(span)),
                    );
                    // A misspelt end still ends its block; an end that fits one further out ends those inside as well.
                    if let Some(fits) = open.iter().rposition(|block| block.name == name) {
                        open.truncate(fits);
                    }
                }
                None => problems.push(Problem::new(&messages::CLOSE_WITHOUT_OPEN).with("name", name).at(&place(span))),
            }
        } else if open.is_empty() && (body == "^" || first_word(body) == "else") {
            problems.push(Problem::new(&messages::ELSE_OUTSIDE).at(&place(span)));
        }
    }
    for block in open {
        problems.push(Problem::new(&messages::UNCLOSED_BLOCK).with("name", block.name).at(&place(block.span)));
    }
}

fn find(text: &str, pattern: &str, from: usize) -> Option<usize> {
    text.get(from..).and_then(|rest| rest.find(pattern)).map(|found| found + from)
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::diagnostic::{Language, sort};

    fn told(text: &str) -> Vec<String> {
        let mut problems = Vec::new();
        structure(&SourceFile::new("brev/html.hbs", text), &mut problems);
        sort(&mut problems);
        problems
            .iter()
            .map(|problem| {
                let shown = problem.to_terminal(Language::Danish);
                let place = shown.lines().nth(1).unwrap().trim_start_matches("  --> brev/html.hbs:").to_owned();
                format!("{} {place}", problem.code())
            })
            .collect()
    }

    #[test]
    fn a_sound_template_raises_nothing() {
        assert_eq!(
            told("{{!-- {{ikke}} --}}{{#if a}}{{> b}}{{else if c}}{{d}}{{else}}{{/if}}\\{{e {{~#each f~}} {{/each}}"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn all_open_ends_are_told_at_once_and_where_they_began() {
        assert_eq!(
            told("{{#if a}}\n{{/each}}\n{{dato\n{{#each b}}\n{{else}}\n{{/if}}"),
            ["wrong-close 2:1", "unclosed-tag 3:1", "wrong-close 6:1"]
        );
        assert_eq!(told("{{#if a}}\n{{#each b}}"), ["unclosed-block 1:1", "unclosed-block 2:1"]);
        assert_eq!(told("a {{else}} {{/if}}"), ["else-outside 1:3", "close-without-open 1:12"]);
        assert_eq!(told("{{!-- aldrig slut }}"), ["unclosed-comment 1:1"]);
    }

    #[test]
    fn nesting_without_end_is_refused_before_the_engine_recurses() {
        let text = format!("{}{}", "{{#if a}}".repeat(9000), "{{/if}}".repeat(9000));
        assert_eq!(told(&text).len(), 1);
    }
}
