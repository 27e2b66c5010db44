//! Lines of plain text: at most 76 characters, no word ever broken.
//!
//! Done after the template and not by it, so an editor writes a paragraph as one line and cannot get it wrong. Only
//! ASCII blanks are places to break: a hard blank in "18,4 mio. kr." stays hard.

/// The most characters of a line; the customary measure that survives being quoted in a reply.
pub const COLUMNS: usize = 76;

/// Wraps each line, keeps its indent, hangs bullets, folds runs of blank lines to one and ends with one newline.
pub fn wrap(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 40);
    let mut blank = true;
    for line in text.lines() {
        if line.trim().is_empty() {
            if !blank {
                out.push('\n');
            }
            blank = true;
        } else {
            wrap_line(line, &mut out);
            blank = false;
        }
    }
    let kept = out.trim_end().len();
    out.truncate(kept);
    out.push('\n');
    out
}

fn wrap_line(line: &str, out: &mut String) {
    let body = line.trim_start_matches(' ');
    let indent = " ".repeat(line.len() - body.len());
    let marker = ["- ", "* "].into_iter().find(|marker| body.starts_with(marker)).unwrap_or_default();
    let hang = format!("{indent}{}", " ".repeat(marker.len()));
    let mut words = body.split(' ').filter(|word| !word.is_empty());
    let mut current = indent;
    if !marker.is_empty() {
        current.push_str(marker);
        words.next();
    }
    let mut width = current.chars().count();
    let mut fresh = true;
    for word in words {
        let length = word.chars().count();
        if !fresh && width + 1 + length > COLUMNS {
            out.push_str(current.trim_end());
            out.push('\n');
            current.clone_from(&hang);
            width = hang.len();
            fresh = true;
        }
        if !fresh {
            current.push(' ');
            width += 1;
        }
        current.push_str(word);
        width += length;
        fresh = false;
    }
    out.push_str(current.trim_end());
    out.push('\n');
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_long_line_breaks_between_words_and_a_bullet_hangs() {
        let text = format!("- {}", "ordene ".repeat(20));
        let wrapped = wrap(&text);
        assert!(wrapped.lines().all(|line| line.chars().count() <= COLUMNS));
        assert!(wrapped.lines().skip(1).all(|line| line.starts_with("  ordene")));
    }

    #[test]
    fn a_word_longer_than_the_line_stays_whole() {
        let word = "x".repeat(90);
        assert_eq!(wrap(&format!("se {word} nu")), format!("se\n{word}\nnu\n"));
    }

    #[test]
    fn a_hard_blank_is_no_place_to_break() {
        let text = format!("{} 18,4\u{a0}mio.\u{a0}kr.", "x".repeat(66));
        assert!(wrap(&text).contains("\n18,4\u{a0}mio.\u{a0}kr.\n"));
    }

    #[test]
    fn blank_lines_are_folded_to_one() {
        assert_eq!(wrap("\n\na\n \n\n\nb\n\n"), "a\n\nb\n");
    }

    proptest! {
        #[test]
        fn no_word_is_lost_or_broken(text in "[a-zæøå .,\n-]{0,300}") {
            let wrapped = wrap(&text);
            prop_assert_eq!(
                wrapped.split_whitespace().collect::<Vec<_>>(),
                text.split_whitespace().collect::<Vec<_>>()
            );
        }
    }
}
