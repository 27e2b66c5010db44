//! Takes Markdown off a line: emphasis, links, escapes. What remains is what a reader sees.
//!
//! A general Markdown parser was rejected: converters of PDF write Markdown with faults (an asterisk without its partner,
//! a bracket from the text itself), and a strict reader would change words where this one leaves them alone.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// The partner of a mark is sought so far, and no further.
const FAR: usize = 1_000;

/// Whether a text carries Markdown at all: a heading, a link or emphasis. Plain text is left untouched: there an asterisk is
/// an asterisk.
pub(super) fn is_markdown(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3_iter(b'#', b']', b'*', bytes).any(|at| {
        let after = |offset: usize| bytes.get(at + offset).copied();
        let rest = bytes.get(at..).unwrap_or_default();
        let to_line_end = |wanted: u8| {
            memchr::memchr2(wanted, b'\n', rest.get(1..rest.len().min(FAR)).unwrap_or_default())
                .filter(|found| rest.get(found + 1) == Some(&wanted))
                .map(|found| at + 1 + found)
        };
        match bytes.get(at) {
            Some(b'#') => {
                let blanks = bytes.get(..at).unwrap_or_default().iter().rev().take_while(|byte| **byte == b' ').count();
                let begins = blanks <= 3
                    && matches!(at.checked_sub(blanks + 1).map(|end| bytes.get(end)), None | Some(Some(b'\n')));
                let hashes = rest.iter().take(7).take_while(|byte| **byte == b'#').count();
                begins && hashes <= 6 && after(hashes).is_some_and(|byte| matches!(byte, b' ' | b'\t'))
            }
            Some(b']') => after(1) == Some(b'(') && to_line_end(b')').is_some(),
            _ if after(1) == Some(b'*') => after(2).is_some_and(|byte| !byte.is_ascii_whitespace() && byte != b'*'),
            _ => {
                let opens = at.checked_sub(1).and_then(|before| bytes.get(before)).is_none_or(u8::is_ascii_whitespace)
                    && after(1).is_some_and(|byte| !byte.is_ascii_whitespace());
                let word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
                opens && to_line_end(b'*').is_some_and(|end| !bytes.get(end + 1).is_some_and(word))
            }
        }
    })
}

/// Heading level and the rest of the line.
pub(super) fn heading(line: &str) -> Option<(u8, &str)> {
    let hashes = line.len() - line.trim_start_matches('#').len();
    let rest = line.get(hashes..)?;
    let level = u8::try_from(hashes).ok().filter(|level| (1..=6).contains(level))?;
    rest.starts_with([' ', '\t']).then(|| (level, rest.trim().trim_end_matches('#').trim_end()))
}

/// The visible text of a line, and whether all of it was emphasised.
pub(super) fn strip(line: &str) -> (Cow<'_, str>, bool) {
    let bytes = line.as_bytes();
    if memchr::memchr3(b'*', b'[', b'_', bytes).is_none() && memchr::memchr2(b'<', b'\\', bytes).is_none() {
        return (Cow::Borrowed(line), false);
    }
    let (text, emphasised) = strip_emphasis(&strip_links(line));
    (Cow::Owned(text), emphasised)
}

/// `[words](target)` becomes its words, `![picture](target)` nothing, `<https://…>` the address.
fn strip_links(line: &str) -> String {
    let ends = link_ends(line);
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    // Where the words of links that are open end, and where to go on from there.
    let mut inside: Vec<(usize, usize)> = Vec::new();
    while at < line.len() {
        if let Some((_, after)) = inside.pop_if(|(end, _)| *end == at) {
            at = after;
            continue;
        }
        let rest = line.get(at..).unwrap_or_default();
        let Some(character) = rest.chars().next() else { break };
        let next = at + character.len_utf8();
        match character {
            '[' if !out.ends_with('\\') => {
                if let Some((words_end, after)) = ends.get(&at) {
                    if out.ends_with('!') {
                        out.pop();
                        at = *after;
                    } else {
                        inside.push((*words_end, *after));
                        at = next;
                    }
                    continue;
                }
            }
            '<' => {
                if let Some((target, length)) = address(rest) {
                    out.push_str(target);
                    at += length;
                    continue;
                }
            }
            _ => {}
        }
        out.push(character);
        at = next;
    }
    out
}

/// For each `[` of a link, where its words end and where the line goes on. One pass, however the brackets stand.
fn link_ends(line: &str) -> BTreeMap<usize, (usize, usize)> {
    let mut found = BTreeMap::new();
    if memchr::memmem::find(line.as_bytes(), b"](").is_none() {
        return found;
    }
    let mut open = Vec::new();
    // The last place where a `)` was looked for, and what was found: no stretch is searched twice.
    let mut closing = 0;
    let mut escaped = false;
    let bytes = line.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'[' => open.push(at),
            b']' => {
                let Some(start) = open.pop() else { continue };
                if bytes.get(at + 1) == Some(&b'(') {
                    if closing < at + 2 {
                        let rest = bytes.get(at + 2..).unwrap_or_default();
                        closing = memchr::memchr(b')', rest).map_or(usize::MAX, |offset| at + 2 + offset);
                    }
                    if closing != usize::MAX {
                        found.insert(start, (at, closing + 1));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// The address in `<https://…>` and the bytes of both; no address is longer than that.
fn address(from: &str) -> Option<(&str, usize)> {
    const LONGEST: usize = 2_000;
    let end = memchr::memchr3(b'>', b' ', b'<', from.as_bytes().get(1..from.len().min(LONGEST))?)? + 1;
    let target = from.get(1..end).filter(|_| from.as_bytes().get(end) == Some(&b'>'))?;
    (target.contains("://") || target.contains('@')).then_some((target, end + 1))
}

/// Removes paired `*`, `**`, `_`, `__` and backslash escapes; an asterisk without a partner stays.
fn strip_emphasis(line: &str) -> (String, bool) {
    /// So many marks may be open at once.
    const OPEN: usize = 16;
    let characters: Vec<char> = line.chars().collect();
    let at = |index: usize| characters.get(index).copied();
    let mut remove = vec![false; characters.len()];
    let mut open: Vec<(char, usize, usize)> = Vec::new();
    // Up where emphasis begins, down where it ends: nested pairs cost no more than single ones.
    let mut steps = vec![0_i32; characters.len() + 1];
    let mut step = |index: usize, by: i32| steps.get_mut(index).into_iter().for_each(|step| *step += by);
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
                    step(start, 1);
                    step(index + length, -1);
                }
                _ if can_open && !inside_word => {
                    if open.len() >= OPEN {
                        open.remove(0);
                    }
                    open.push((character, index, length));
                }
                _ => {}
            }
            index += length;
            continue;
        }
        index += 1;
    }
    let mut text = String::with_capacity(line.len());
    let (mut any, mut all, mut depth) = (false, true, 0_i32);
    for ((character, gone), step) in characters.iter().zip(&remove).zip(&steps) {
        depth += step;
        if *gone {
            continue;
        }
        text.push(*character);
        if !character.is_whitespace() {
            any = true;
            all &= depth > 0;
        }
    }
    (text, any && all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(line: &str) -> (String, bool) {
        let (text, all) = strip(line);
        (text.into_owned(), all)
    }

    #[test]
    fn emphasis_links_and_escapes_go_and_the_words_stay() {
        assert_eq!(
            stripped("Se **reglerne** i *notatet* \\(bilag\\)"),
            ("Se reglerne i notatet (bilag)".into(), false)
        );
        assert_eq!(stripped("Tilmeld dig ([link](#))."), ("Tilmeld dig (link).".into(), false));
        assert_eq!(stripped("[Krav \\(side\\)](https://a.example/x)"), ("Krav (side)".into(), false));
        assert_eq!(stripped("<https://a.example/b>"), ("https://a.example/b".into(), false));
    }

    #[test]
    fn a_line_that_is_emphasised_as_a_whole_is_told_from_one_that_is_not() {
        assert_eq!(stripped("*Fridage*"), ("Fridage".into(), true));
        assert_eq!(stripped("**Mødedato** Tirsdag"), ("Mødedato Tirsdag".into(), false));
        assert_eq!(stripped("Fridage"), ("Fridage".into(), false));
    }

    #[test]
    fn marks_without_a_partner_and_underscores_in_file_names_stay() {
        assert_eq!(stripped("fra *Hjælp, vi mangler kolleger!"), ("fra *Hjælp, vi mangler kolleger!".into(), false));
        assert_eq!(stripped("Plan_03_25.pdf"), ("Plan_03_25.pdf".into(), false));
        assert_eq!(stripped("[sic] og (noget)"), ("[sic] og (noget)".into(), false));
    }

    #[test]
    fn plain_text_is_not_taken_for_markdown() {
        assert!(!is_markdown("Punkt 1: Budget\n\n- et\n- to\n\n5 * 3 * 2"));
        assert!(is_markdown("## Punkt 1"));
        assert!(is_markdown("- *Fridage*"));
        assert!(is_markdown("x **fed** y") && is_markdown("se [her](a)") && is_markdown("*Æ*"));
        assert!(!is_markdown("nr. #3 og #4\n#hashtag") && !is_markdown("[sic] (x)\n*\n* et\n** to"));
    }

    #[test]
    fn lines_of_nothing_but_marks_take_linear_time() {
        for piece in ["[", "[[](", "<", "<a", "*a ", "_a *", "**a*", "](", "[a](b", "\\["] {
            let line = piece.repeat(400_000 / piece.len());
            let _ = strip(&line);
            let _ = is_markdown(&line);
        }
    }
}
