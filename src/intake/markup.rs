//! Takes Markdown off a line: emphasis, links, escapes. What remains is what a reader sees.
//!
//! A general Markdown parser was rejected: converters of PDF write Markdown with faults (an asterisk without its partner,
//! a bracket from the text itself), and a strict reader would change words where this one leaves them alone.

use std::sync::LazyLock;

use regex::Regex;

/// Whether a text carries Markdown at all. Plain text is left untouched: there an asterisk is an asterisk.
pub(super) fn is_markdown(text: &str) -> bool {
    static MARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?m)^\s{0,3}#{1,6}\s+\S|\]\([^)\n]*\)|\*\*\S|(?:^|\s)\*[^\s*][^*\n]*\*(?:\W|$)").ok()
    });
    MARK.as_ref().is_some_and(|mark| mark.is_match(text))
}

/// Heading level and the rest of the line.
pub(super) fn heading(line: &str) -> Option<(u8, &str)> {
    let hashes = line.len() - line.trim_start_matches('#').len();
    let rest = line.get(hashes..)?;
    let level = u8::try_from(hashes).ok().filter(|level| (1..=6).contains(level))?;
    rest.starts_with([' ', '\t']).then(|| (level, rest.trim().trim_end_matches('#').trim_end()))
}

/// The visible text of a line, and whether all of it was emphasised.
pub(super) fn strip(line: &str) -> (String, bool) {
    let (text, emphasised) = strip_emphasis(&strip_links(line));
    (text, emphasised)
}

/// `[words](target)` becomes its words, `![picture](target)` nothing, `<https://…>` the address.
fn strip_links(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(open) = rest.find(['[', '<']) {
        let (before, from) = rest.split_at(open);
        if let Some((inside, after)) = link(from).filter(|_| !before.ends_with('\\')) {
            if let Some(before) = before.strip_suffix('!') {
                out.push_str(before);
            } else {
                out.push_str(before);
                out.push_str(&strip_links(inside));
            }
            rest = after;
        } else {
            let mut characters = from.chars();
            out.push_str(before);
            out.extend(characters.next());
            rest = characters.as_str();
        }
    }
    out.push_str(rest);
    out
}

/// The words of a link that begins here, and what comes after it.
fn link(from: &str) -> Option<(&str, &str)> {
    if let Some(inside) = from.strip_prefix('<') {
        let (target, after) = inside.split_once('>')?;
        return (target.contains("://") || target.contains('@'))
            .then_some((target, after))
            .filter(|_| !target.contains(' '));
    }
    // The words may hold brackets of their own, the target escaped parentheses.
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, character) in from.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => depth += 1,
            ']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let words = from.get(1..at)?;
                    let target = from.get(at + 1..)?.strip_prefix('(')?;
                    let (_, after) = target.split_once(')')?;
                    return Some((words, after));
                }
            }
            _ => {}
        }
    }
    None
}

/// Removes paired `*`, `**`, `_`, `__` and backslash escapes; an asterisk without a partner stays.
fn strip_emphasis(line: &str) -> (String, bool) {
    let characters: Vec<char> = line.chars().collect();
    let at = |index: usize| characters.get(index).copied();
    let mut remove = vec![false; characters.len()];
    let mut open: Vec<(char, usize, usize)> = Vec::new();
    let mut covered = vec![false; characters.len()];
    let mut index = 0;
    while let Some(character) = at(index) {
        if character == '\\' && at(index + 1).is_some_and(|next| next.is_ascii_punctuation()) {
            if let Some(flag) = remove.get_mut(index) {
                *flag = true;
            }
            index += 2;
            continue;
        }
        if character == '*' || character == '_' {
            let mut length = 1;
            while at(index + length) == Some(character) {
                length += 1;
            }
            let before = index.checked_sub(1).and_then(at);
            let after = at(index + length);
            let can_close = before.is_some_and(|c| !c.is_whitespace());
            let can_open = after.is_some_and(|c| !c.is_whitespace());
            // Underscores inside a word belong to it, as in a file name.
            let inside_word = character == '_'
                && before.is_some_and(char::is_alphanumeric)
                && after.is_some_and(char::is_alphanumeric);
            let partner = open.iter().rposition(|(mark, _, count)| *mark == character && *count == length);
            match partner {
                Some(position) if can_close && !inside_word => {
                    let (_, start, count) = open.remove(position);
                    open.truncate(position);
                    remove.iter_mut().skip(start).take(count).for_each(|flag| *flag = true);
                    remove.iter_mut().skip(index).take(length).for_each(|flag| *flag = true);
                    covered.iter_mut().take(index + length).skip(start).for_each(|flag| *flag = true);
                }
                _ if can_open && !inside_word => open.push((character, index, length)),
                _ => {}
            }
            index += length;
            continue;
        }
        index += 1;
    }
    let text: String =
        characters.iter().zip(&remove).filter(|(_, gone)| !**gone).map(|(character, _)| *character).collect();
    let visible = characters
        .iter()
        .zip(&remove)
        .zip(&covered)
        .filter(|((character, gone), _)| !**gone && !character.is_whitespace());
    let mut any = false;
    let all = visible.fold(true, |all, (_, covered)| {
        any = true;
        all && *covered
    });
    (text, any && all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_links_and_escapes_go_and_the_words_stay() {
        assert_eq!(strip("Se **reglerne** i *notatet* \\(bilag\\)"), ("Se reglerne i notatet (bilag)".into(), false));
        assert_eq!(strip("Tilmeld dig ([link](#))."), ("Tilmeld dig (link).".into(), false));
        assert_eq!(strip("[Krav \\(side\\)](https://a.example/x)"), ("Krav (side)".into(), false));
        assert_eq!(strip("<https://a.example/b>"), ("https://a.example/b".into(), false));
    }

    #[test]
    fn a_line_that_is_emphasised_as_a_whole_is_told_from_one_that_is_not() {
        assert_eq!(strip("*Fridage*"), ("Fridage".into(), true));
        assert_eq!(strip("**Mødedato** Tirsdag"), ("Mødedato Tirsdag".into(), false));
        assert_eq!(strip("Fridage"), ("Fridage".into(), false));
    }

    #[test]
    fn marks_without_a_partner_and_underscores_in_file_names_stay() {
        assert_eq!(strip("fra *Hjælp, vi mangler kolleger!"), ("fra *Hjælp, vi mangler kolleger!".into(), false));
        assert_eq!(strip("Plan_03_25.pdf"), ("Plan_03_25.pdf".into(), false));
        assert_eq!(strip("[sic] og (noget)"), ("[sic] og (noget)".into(), false));
    }

    #[test]
    fn plain_text_is_not_taken_for_markdown() {
        assert!(!is_markdown("Punkt 1: Budget\n\n- et\n- to\n\n5 * 3 * 2"));
        assert!(is_markdown("## Punkt 1"));
        assert!(is_markdown("- *Fridage*"));
    }
}
