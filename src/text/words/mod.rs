//! Words of a sentence, as phrases and distances count them.
//!
//! The Unicode standard finds the boundaries, and Danish corrects it in one place: a hyphen without blanks keeps a word
//! together ("TR-møde", "2-årig"), and a hanging one stays with its half ("ansættelses- og indkøbsstop", "møder og
//! -udvalg"), because the half alone is not the word it looks like.
//!
//! Every sentence of a year of minutes goes through here, so text of plain Danish letters and signs, which is nearly all
//! of it, takes a way of its own (`plain`): the standard's rules over bytes, and one folded copy of the whole text instead
//! of a string for each word. Whatever else occurs takes the standard's own tables; a test holds both ways to the same
//! answer.

mod plain;

use unicode_segmentation::UnicodeSegmentation;

use super::{Span, fold::fold_text};

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the text, with a hanging hyphen.
    pub span: Span,
    /// Its folded form.
    pub folded: String,
}

/// The words of one text, in order, with their folded forms in one string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    spans: Vec<Span>,
    folded: String,
    /// Where each form stands in `folded`; none where `folded` is the whole text in small letters, byte for byte, so that a
    /// form stands where its word does.
    places: Option<Vec<Span>>,
}

impl Words {
    /// The words of `text`. "§" and "%" count as words; other signs do not.
    #[must_use]
    pub fn new(text: &str) -> Self {
        plain::read(text).unwrap_or_else(|| Self::by_the_standard(text))
    }

    /// The way for any text: boundaries and folding by the tables of Unicode.
    fn by_the_standard(text: &str) -> Self {
        let mut joiner = Joiner::default();
        let mut from = 0;
        // The standard takes the narrow non-breaking blank for a letter of the word, as some languages use it.
        for part in text.split('\u{202f}') {
            for (start, piece) in part.split_word_bound_indices() {
                let span = Span::new(from + start, from + start + piece.len());
                if is_word(piece) {
                    joiner.word(text, span);
                } else {
                    joiner.sign(text, span, matches!(piece, "-" | "\u{2010}" | "\u{2011}"));
                }
            }
            let end = from + part.len();
            from = end + '\u{202f}'.len_utf8();
            joiner.sign(text, Span::new(end, end), false);
        }
        let spans = joiner.finish(text);
        let mut folded = String::with_capacity(text.len());
        let fold = |span: &Span| {
            let start = folded.len();
            folded.push_str(&fold_text(span.of(text)));
            Span::new(start, folded.len())
        };
        let places = spans.iter().map(fold).collect();
        Self { spans, folded, places: Some(places) }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The bytes of a word in the text, with a hanging hyphen.
    #[must_use]
    pub fn span(&self, index: usize) -> Option<Span> {
        self.spans.get(index).copied()
    }

    /// The folded form of a word; empty where there is no such word.
    #[must_use]
    pub fn folded(&self, index: usize) -> &str {
        self.places().get(index).map_or("", |place| place.of(&self.folded))
    }

    /// All folded forms, in order.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.places().iter().map(|place| place.of(&self.folded))
    }

    /// All folded forms, in order, each with the bytes from its beginning to the end of all: whoever compares forms by their
    /// first bytes reads a fixed number of them at once, which is several times quicker than one by one.
    pub fn forms_with_rest(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let rest = |place: &Span| self.folded.as_bytes().get(place.start()..).unwrap_or_default();
        self.places().iter().map(move |place| (place.of(&self.folded), rest(place)))
    }

    /// All spans, in order.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        self.spans.iter().copied()
    }

    /// The whole text in small letters, where that was had for nothing: same bytes, same places.
    #[must_use]
    pub fn lowered(&self) -> Option<&str> {
        self.places.is_none().then_some(self.folded.as_str())
    }

    /// The first and the last word that a span of the text touches.
    #[must_use]
    pub fn touched(&self, span: Span) -> Option<(usize, usize)> {
        let first = self.spans.partition_point(|word| word.end() <= span.start());
        let behind = self.spans.partition_point(|word| word.start() < span.end());
        (first < behind).then(|| (first, behind - 1))
    }

    fn places(&self) -> &[Span] {
        self.places.as_ref().unwrap_or(&self.spans)
    }
}

/// Whether a folded word is the first half of a compound whose rest comes later: "ansættelses-".
#[must_use]
pub fn lacks_end(folded: &str) -> bool {
    folded.ends_with('-')
}

/// Whether a folded word is the second half of a compound whose beginning came before: "-udvalg".
#[must_use]
pub fn lacks_beginning(folded: &str) -> bool {
    folded.starts_with('-')
}

/// The words of `text`, each with a form of its own, for those who look at a few.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let all = Words::new(text);
    all.spans().zip(all.forms()).map(|(span, folded)| Word { span, folded: folded.to_owned() }).collect()
}

/// Puts the pieces between the standard's boundaries together to words.
#[derive(Debug, Default)]
struct Joiner {
    spans: Vec<Span>,
    /// A hyphen seen last: its bytes, and whether a word stood directly before it.
    hyphen: Option<(Span, bool)>,
}

impl Joiner {
    #[inline]
    fn word(&mut self, text: &str, span: Span) {
        if self.hyphen.is_none() {
            self.spans.push(span);
            return;
        }
        let joined = match (self.hyphen.take(), self.spans.last_mut()) {
            (Some((_, true)), Some(last)) => {
                *last = Span::new(last.start(), span.end());
                return;
            }
            (Some((sign, false)), _) if begins_with_letter(span.of(text)) => Span::new(sign.start(), span.end()),
            _ => span,
        };
        self.spans.push(joined);
    }

    #[inline]
    fn sign(&mut self, text: &str, span: Span, is_hyphen: bool) {
        if self.hyphen.is_some() {
            self.hang(text);
        }
        if is_hyphen {
            let follows_word = self.spans.last().is_some_and(|last| last.end() == span.start());
            self.hyphen = Some((span, follows_word));
        }
    }

    /// Leaves a hyphen that no word follows with the word before it, when that ends in a letter.
    fn hang(&mut self, text: &str) {
        if let (Some((sign, true)), Some(last)) = (self.hyphen.take(), self.spans.last_mut())
            && last.of(text).chars().next_back().is_some_and(char::is_alphabetic)
        {
            *last = Span::new(last.start(), sign.end());
        }
    }

    fn finish(mut self, text: &str) -> Vec<Span> {
        self.hang(text);
        self.spans
    }
}

fn is_word(piece: &str) -> bool {
    matches!(piece, "§" | "%") || piece.chars().any(char::is_alphanumeric)
}

fn begins_with_letter(piece: &str) -> bool {
    piece.chars().next().is_some_and(char::is_alphabetic)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn a_hyphen_inside_keeps_the_word_together() {
        assert_eq!(folded("TR-møde om 2-årig ordning"), ["tr-møde", "om", "2-årig", "ordning"]);
    }

    #[test]
    fn a_hanging_hyphen_stays_with_its_half() {
        assert_eq!(folded("ansættelses- og indkøbsstop"), ["ansættelses-", "og", "indkøbsstop"]);
        assert_eq!(folded("arbejdsgrupper og -udvalg."), ["arbejdsgrupper", "og", "-udvalg"]);
        assert_eq!(folded("løn-, ferie- og barselsregler"), ["løn-", "ferie-", "og", "barselsregler"]);
    }

    #[test]
    fn a_dash_or_a_bullet_is_no_word_and_no_hyphen() {
        assert_eq!(folded("- løn – og ferie -"), ["løn", "og", "ferie"]);
        assert_eq!(folded("-5 grader"), ["5", "grader"]);
    }

    #[test]
    fn numbers_abbreviations_and_signs_are_words() {
        assert_eq!(
            folded("5,3 mio. kr. (12 %), jf. § 4 den 30.06.2025 kl. 9.30, f.eks. MED's"),
            ["5,3", "mio", "kr", "12", "%", "jf", "§", "4", "den", "30.06.2025", "kl", "9.30", "f.eks", "med's"]
        );
    }

    #[test]
    fn spans_point_into_the_source() {
        let text = "Årets Syge\u{ad}fravær";
        let spans: Vec<&str> = words(text).iter().map(|word| word.span.of(text)).collect();
        assert_eq!(spans, ["Årets", "Syge\u{ad}fravær"]);
        assert_eq!(folded(text), ["årets", "sygefravær"]);
    }

    /// Letters, joining and breaking signs, and what only the standard's tables know.
    const MIXED: &str = "[a-cA-CæøåÆØÅéÿ0-3 .,:;'’_%§\\-–\u{2011}\u{a0}\u{ad}\u{2022}“”„«»…€\n\t()½ß\u{301}🙂]{0,24}";

    #[test]
    fn every_sign_that_the_plain_way_takes_is_what_the_standard_says() {
        let signs = (0..0x2100).chain(0x20a0..0x20c0).filter_map(char::from_u32);
        for sign in signs.filter(|sign| plain::read(&sign.to_string()).is_some()) {
            for text in [
                format!("{sign}"),
                format!("a{sign}b"),
                format!("1{sign}2"),
                format!("a{sign}"),
                format!("{sign}b"),
                format!("a{sign}1 {sign}"),
                format!("1{sign}b-{sign}-a"),
                format!("a.{sign}'1"),
                format!("_{sign}_{sign}"),
            ] {
                let plain = plain::read(&text).expect("plain signs");
                assert_eq!(
                    plain.spans().collect::<Vec<_>>(),
                    Words::by_the_standard(&text).spans().collect::<Vec<_>>(),
                    "{text:?}"
                );
                assert!(plain.forms().eq(Words::by_the_standard(&text).forms()), "{text:?}");
                assert_eq!(plain.lowered().map(str::len), Some(text.len()), "{text:?}");
            }
        }
    }

    #[test]
    fn danish_prose_takes_the_plain_way() {
        let text = "Årets – »KommuneMED« drøftede § 4, jf. “TR-møde” … 5 €\u{a0}• én";
        assert!(Words::new(text).lowered().is_some_and(|lowered| lowered.starts_with("årets")));
        assert!(Words::new("Syge\u{ad}fravær").lowered().is_none());
    }

    proptest::proptest! {
        #[test]
        fn both_ways_find_the_same_words(text in MIXED) {
            if let Some(plain) = plain::read(&text) {
                let standard = Words::by_the_standard(&text);
                proptest::prop_assert!(plain.spans().eq(standard.spans()), "{:?}", text);
                proptest::prop_assert!(plain.forms().eq(standard.forms()), "{:?}", text);
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn words_never_overlap_and_never_panic(text in "\\PC*") {
            let found = words(&text);
            for pair in found.windows(2) {
                proptest::prop_assert!(pair[0].span.end() <= pair[1].span.start());
            }
        }
    }
}
