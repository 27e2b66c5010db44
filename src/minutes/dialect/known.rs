//! Whether a text is one of the known headings, labels or words, told without folding the text first.
//!
//! Every line of a document is asked for by a dozen lists, and hardly any is in one. Folding a line into a string of its own
//! for each question took half of the parser's time; a walk from letter to letter ends at the first that no entry goes on
//! with, mostly the second or third. Texts are compared as [`key`] makes them: in either case, with single blanks, without
//! colon and full stop at the end.

use super::super::dialect::key;

/// Known texts and what is known of each.
#[derive(Clone, Debug)]
pub(in crate::minutes) struct Known<T = ()> {
    /// The first is where all texts begin.
    nodes: Vec<Node<T>>,
}

/// What all texts with the same beginning share.
#[derive(Clone, Debug)]
struct Node<T> {
    /// The letters that go on with it, and where.
    next: Vec<(char, usize)>,
    /// What is known of the text that ends here.
    known: Option<T>,
}

impl<T> Node<T> {
    fn new() -> Self {
        Self { next: Vec::new(), known: None }
    }
}

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self { nodes: vec![Node::new()] }
    }
}

impl<T> Known<T> {
    /// Adds a text; what was known of it before is forgotten.
    pub fn insert(&mut self, text: &str, known: T) {
        let mut at = 0;
        for letter in key(text).chars() {
            at = self.step(at, letter).unwrap_or_else(|| {
                let new = self.nodes.len();
                self.nodes.push(Node::new());
                if let Some(node) = self.nodes.get_mut(at) {
                    node.next.push((letter, new));
                }
                new
            });
        }
        if let Some(node) = self.nodes.get_mut(at) {
            node.known = Some(known);
        }
    }

    /// What is known of a text.
    pub fn get(&self, text: &str) -> Option<&T> {
        let text = text.trim_end_matches(|c: char| matches!(c, ':' | '.') || c.is_whitespace());
        let mut at = 0;
        let mut after_blank = false;
        for letter in text.trim_start().chars() {
            if letter.is_whitespace() {
                after_blank = true;
                continue;
            }
            if std::mem::take(&mut after_blank) {
                at = self.step(at, ' ')?;
            }
            if letter.is_ascii() {
                at = self.step(at, letter.to_ascii_lowercase())?;
            } else {
                for lower in letter.to_lowercase() {
                    at = self.step(at, lower)?;
                }
            }
        }
        self.nodes.get(at)?.known.as_ref()
    }

    /// Whether a text is known.
    pub fn has(&self, text: &str) -> bool {
        self.get(text).is_some()
    }

    fn step(&self, at: usize, letter: char) -> Option<usize> {
        self.nodes.get(at)?.next.iter().find(|(known, _)| *known == letter).map(|(_, next)| *next)
    }
}

impl<'t> FromIterator<&'t str> for Known {
    fn from_iter<I: IntoIterator<Item = &'t str>>(texts: I) -> Self {
        let mut known = Self::default();
        texts.into_iter().for_each(|text| known.insert(text, ()));
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_known_as_its_key_is() {
        let known: Known = ["Lukket punkt", "Åbent", "Dok. nr", "L"].into_iter().collect();
        for text in ["lukket punkt", "LUKKET  PUNKT:", " Lukket\tpunkt . :", "ÅBENT", "dok. nr.", "l", "L."] {
            assert!(known.has(text), "{text}");
        }
        for text in ["", ":", "Lukket", "Lukket punktum", "Lukketpunkt", ".Lukket punkt", "Dok nr", "Åben"] {
            assert!(!known.has(text), "{text}");
        }
    }
}
