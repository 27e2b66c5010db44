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
    /// Where each letter of ASCII leads from there, 0 where to nothing: most questions end here.
    first: [u32; 128],
}

/// How far a text goes along with known ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::minutes) enum Reach {
    /// No known text stands at its beginning.
    Nothing,
    /// One does, as part of a longer word.
    Begun,
    /// It may be known, or what stands before a colon in it.
    Whole,
}

/// What all texts with the same beginning share.
#[derive(Clone, Debug)]
struct Node<T> {
    /// A bit for each letter that goes on with it, some letters sharing one: most walks end here.
    letters: u32,
    /// The letters that go on with it, and where.
    next: Vec<(char, u32)>,
    /// What is known of the text that ends here.
    known: Option<T>,
}

impl<T> Node<T> {
    fn new() -> Self {
        Self { letters: 0, next: Vec::new(), known: None }
    }
}

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self { nodes: vec![Node::new()], first: [0; 128] }
    }
}

impl<T> Known<T> {
    /// Adds a text; what was known of it before is forgotten.
    pub fn insert(&mut self, text: &str, known: T) {
        let mut at = 0;
        let text = key(text);
        for letter in text.chars() {
            at = self.step(at, letter).unwrap_or_else(|| {
                let new = self.nodes.len();
                let place = u32::try_from(new).unwrap_or_default();
                self.nodes.push(Node::new());
                if let Some(first) = self.first.get_mut(letter as usize).filter(|_| at == 0) {
                    *first = place;
                } else if let Some(node) = self.nodes.get_mut(at) {
                    node.letters |= bit(letter);
                    node.next.push((letter, place));
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
        let text = without_blanks_before(text);
        if !self.may_begin(text) {
            return None;
        }
        let text = text.trim_end_matches(|c: char| matches!(c, ':' | '.') || c.is_whitespace());
        let mut at = 0;
        let mut after_blank = false;
        for letter in text.chars() {
            if letter.is_whitespace() {
                after_blank = true;
                continue;
            }
            if std::mem::take(&mut after_blank) {
                at = self.step(at, ' ')?;
            }
            at = self.step_lower(at, letter)?;
        }
        self.nodes.get(at)?.known.as_ref()
    }

    /// Whether a text is known.
    pub fn has(&self, text: &str) -> bool {
        self.get(text).is_some()
    }

    /// How far a text goes along with the known ones; a cheap no that is exact.
    pub fn reach(&self, text: &str) -> Reach {
        let text = without_blanks_before(text);
        if !self.may_begin(text) {
            return Reach::Nothing;
        }
        let is_known = |at: usize| self.nodes.get(at).is_some_and(|node| node.known.is_some());
        let mut at = 0;
        let (mut after_blank, mut begun) = (false, false);
        for letter in text.chars() {
            let blank = letter.is_whitespace();
            let known = is_known(at);
            if known && (blank || matches!(letter, ':' | '.')) {
                return Reach::Whole;
            }
            begun |= known;
            if blank {
                after_blank = true;
                continue;
            }
            let between = if std::mem::take(&mut after_blank) { self.step(at, ' ') } else { Some(at) };
            let next = between.and_then(|at| self.step_lower(at, letter));
            match next {
                Some(next) => at = next,
                None if begun => return Reach::Begun,
                None => return Reach::Nothing,
            }
        }
        match is_known(at) {
            true => Reach::Whole,
            false if begun => Reach::Begun,
            false => Reach::Nothing,
        }
    }

    /// All its texts, added to what is known.
    pub fn extend<O>(&mut self, other: &Known<O>)
    where
        T: Default,
    {
        let mut begun = vec![(String::new(), 0_usize)];
        while let Some((text, at)) = begun.pop() {
            let Some(node) = other.nodes.get(at) else { continue };
            if node.known.is_some() {
                self.insert(&text, T::default());
            }
            begun.extend(other.after(at).map(|(letter, next)| (format!("{text}{letter}"), next)));
        }
    }

    /// The letters that go on with what ends at a node, and where.
    fn after(&self, at: usize) -> impl Iterator<Item = (char, usize)> {
        let ascii = (0_u8..128)
            .map(char::from)
            .filter(move |_| at == 0)
            .filter_map(|letter| Some((letter, self.step(0, letter)?)));
        ascii.chain(
            self.nodes.get(at).into_iter().flat_map(|node| &node.next).map(|(letter, next)| (*letter, *next as usize)),
        )
    }

    /// Whether a known text stands at the beginning of a text, blanks as they are, and what stands behind it `fits`.
    pub fn begins(&self, text: &str, fits: impl Fn(&str) -> bool) -> bool {
        if !self.may_begin(text) {
            return false;
        }
        let mut at = 0;
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            match self.step_lower(at, letter) {
                Some(next) => at = next,
                None => return false,
            }
            if self.nodes.get(at).is_some_and(|node| node.known.is_some()) && fits(letters.as_str()) {
                return true;
            }
        }
        false
    }

    /// The known text that a text begins with, where a capital or figure is glued to its last small letter and none stands
    /// so before: its bytes, and what is known of it.
    pub fn glued_to(&self, text: &str) -> Option<(usize, &T)> {
        if !self.may_begin(text) {
            return None;
        }
        let mut at = 0;
        let (mut after_blank, mut after_small, mut begun) = (false, false, false);
        for (place, letter) in text.char_indices() {
            if after_small && (letter.is_uppercase() || letter.is_ascii_digit()) {
                return Some((place, self.nodes.get(at)?.known.as_ref()?));
            }
            after_small = letter.is_lowercase();
            begun |= self.nodes.get(at).is_some_and(|node| node.known.is_some());
            if letter.is_whitespace() {
                // Within the shortest known text blanks are as they are.
                if !begun && (after_blank || letter != ' ') {
                    return None;
                }
                after_blank = true;
                continue;
            }
            if std::mem::take(&mut after_blank) {
                at = self.step(at, ' ')?;
            }
            at = self.step_lower(at, letter)?;
        }
        None
    }

    /// Whether a text, blanks before it left out, begins with a letter that a known text begins with.
    pub fn may_begin(&self, text: &str) -> bool {
        text.bytes()
            .next()
            .is_none_or(|first| self.first.get(usize::from(first.to_ascii_lowercase())).is_none_or(|next| *next != 0))
    }

    /// The same in either case.
    #[inline]
    fn step_lower(&self, at: usize, letter: char) -> Option<usize> {
        if letter.is_ascii() {
            return self.step(at, letter.to_ascii_lowercase());
        }
        letter.to_lowercase().try_fold(at, |at, lower| self.step(at, lower))
    }

    #[inline]
    fn step(&self, at: usize, letter: char) -> Option<usize> {
        if at == 0 && letter.is_ascii() {
            return self.first.get(letter as usize).map(|next| *next as usize).filter(|next| *next != 0);
        }
        let node = self.nodes.get(at)?;
        if node.letters & bit(letter) == 0 {
            return None;
        }
        node.next.iter().find(|(known, _)| *known == letter).map(|(_, next)| *next as usize)
    }
}

/// A text from its first letter on; hardly any has blanks before it.
#[inline]
pub(in crate::minutes) fn without_blanks_before(text: &str) -> &str {
    if text.bytes().next().is_some_and(|first| first.is_ascii_graphic()) { text } else { text.trim_start() }
}

/// The bit of a letter.
fn bit(letter: char) -> u32 {
    1 << (letter as u32 & 31)
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
