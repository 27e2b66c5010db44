//! How large an engine can become, told from a pattern without building it.
//!
//! Every number here is more than the engine of the `regex` crate takes for such a part, forward or backward, in either case; a
//! test holds them against it. Too much costs a pattern that is built at once; too little would let one pass that is too large.

use regex_syntax::ast::{
    Ast, ClassPerlKind, ClassSet, ClassSetItem, ClassUnicode, ClassUnicodeKind, Literal, RepetitionKind, RepetitionOp,
    RepetitionRange,
};

/// Any part but a letter, with what joins it to the next.
const PART: usize = 400;
/// A letter of western scripts, and any other.
const LETTERS: (usize, usize) = (340, 1_300);
/// A class, before what stands in it.
const CLASS: usize = 1_600;
/// A range whose letters have others beside them in either case.
const RANGE: usize = 9_000;
/// `\w`, `\d` and `\s`.
const PERL: (usize, usize, usize) = (52_000, 14_000, 2_600);
/// `\p{L}` and `\p{Lu}`, and any other named class.
const NAMED: (usize, usize) = (52_000, 110_000);

/// Bytes that a pattern takes at most.
pub(super) fn at_most(pattern: &Ast) -> usize {
    let inner = match pattern {
        Ast::Empty(_) | Ast::Flags(_) | Ast::Assertion(_) => 0,
        Ast::Literal(literal) => return letter(literal),
        Ast::Dot(_) => CLASS,
        Ast::ClassUnicode(class) => named(class),
        Ast::ClassPerl(class) => perl(&class.kind),
        Ast::ClassBracketed(class) => CLASS.saturating_add(set(&class.kind)),
        Ast::Repetition(repetition) => at_most(&repetition.ast).saturating_mul(copies(&repetition.op)),
        Ast::Group(group) => at_most(&group.ast),
        Ast::Alternation(alternation) => all(&alternation.asts),
        Ast::Concat(concat) => all(&concat.asts),
    };
    inner.saturating_add(PART)
}

fn all(parts: &[Ast]) -> usize {
    parts.iter().map(at_most).fold(0, usize::saturating_add)
}

/// How often a part that may come again stands in the engine.
fn copies(operation: &RepetitionOp) -> usize {
    let count = match &operation.kind {
        RepetitionKind::ZeroOrOne | RepetitionKind::ZeroOrMore | RepetitionKind::OneOrMore => 1,
        RepetitionKind::Range(RepetitionRange::Exactly(count) | RepetitionRange::Bounded(_, count)) => *count,
        RepetitionKind::Range(RepetitionRange::AtLeast(count)) => (*count).max(1),
    };
    usize::try_from(count).unwrap_or(usize::MAX)
}

fn letter(literal: &Literal) -> usize {
    if literal.c <= 'ÿ' { LETTERS.0 } else { LETTERS.1 }
}

fn named(class: &ClassUnicode) -> usize {
    let letters = match &class.kind {
        ClassUnicodeKind::OneLetter(name) => *name == 'L',
        ClassUnicodeKind::Named(name) => matches!(name.as_str(), "L" | "Lu" | "Ll"),
        ClassUnicodeKind::NamedValue { .. } => false,
    };
    if letters { NAMED.0 } else { NAMED.1 }
}

fn perl(kind: &ClassPerlKind) -> usize {
    match kind {
        ClassPerlKind::Word => PERL.0,
        ClassPerlKind::Digit => PERL.1,
        ClassPerlKind::Space => PERL.2,
    }
}

fn set(class: &ClassSet) -> usize {
    match class {
        ClassSet::Item(item) => member(item),
        ClassSet::BinaryOp(operation) => set(&operation.lhs).saturating_add(set(&operation.rhs)),
    }
}

fn member(item: &ClassSetItem) -> usize {
    match item {
        ClassSetItem::Empty(_) => 0,
        ClassSetItem::Literal(literal) => letter(literal),
        ClassSetItem::Range(range) if range.end.c.is_ascii() => CLASS,
        ClassSetItem::Range(_) => RANGE,
        ClassSetItem::Ascii(_) => CLASS,
        ClassSetItem::Unicode(class) => named(class),
        ClassSetItem::Perl(class) => perl(&class.kind),
        ClassSetItem::Bracketed(class) => CLASS.saturating_add(set(&class.kind)),
        ClassSetItem::Union(union) => union.items.iter().map(member).fold(0, usize::saturating_add),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use regex::RegexBuilder;

    fn holds(pattern: &str) -> bool {
        let most = at_most(&regex_syntax::ast::parse::Parser::new().parse(pattern).expect("a pattern"));
        RegexBuilder::new(pattern).case_insensitive(true).size_limit(most).build().is_ok()
    }

    #[test]
    fn every_class_is_smaller_than_is_thought() {
        for class in [
            r"\w",
            r"\W",
            r"\d",
            r"\D",
            r"\s",
            r"\S",
            ".",
            r"\pL",
            r"\PL",
            r"\p{Lu}",
            r"\p{Ll}",
            r"\p{M}",
            r"\p{Cn}",
            r"\p{Alphabetic}",
            r"\p{XIDC}",
            r"\P{XIDS}",
            r"\p{Cased}",
            r"\p{Grapheme_Base}",
            r"\p{Emoji}",
            r"\p{Co}",
            "[a-zæøå]",
            "[^,.]",
            r"[\w-]",
            r"[^\w\s\d]",
            "[Ā-ɏ]",
            "[ɐ-ʯ]",
            "[Ͱ-Ͽ]",
            "[Ⴀ-ჿ]",
            "[Ꭰ-Ᏼ]",
            "[Ḁ-ỿ]",
            "[\u{1}-\u{10fffe}]",
            r"[\w&&[^a-z]]",
            r"[[:alpha:]å]",
            "[^æ]",
            r"[\pL--[k]]",
            r"[a-z~~k-p]",
        ] {
            for pattern in [class.to_owned(), format!("{class}*"), format!("(?:{class}+)?x"), format!("{class}{{3}}")] {
                assert!(holds(&pattern), "{pattern}");
            }
        }
    }

    #[test]
    fn every_letter_is_smaller_than_is_thought() {
        // Single ones are folded into what stands beside them, so each comes ten times.
        for letter in ('a'..='z').chain('æ'..='ÿ') {
            assert!(holds(&letter.to_string().repeat(10)), "{letter}");
        }
        for first in (1..0xd800_u32).chain(0xe000..0x1_f000).step_by(32) {
            let letters: String = (first..first + 32).filter_map(char::from_u32).collect();
            let pattern = regex_syntax::escape(&letters);
            assert!(holds(&pattern) && holds(&format!("[{pattern}]")), "{pattern:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_pattern_takes_more_than_is_thought(pattern in super::super::shape::patterns()) {
            prop_assert!(holds(&pattern), "{pattern}");
        }
    }
}
