//! What the parsed form of a pattern says of whatever it matches.

use regex_syntax::ast::{AssertionKind, Ast, ClassSet, ClassSetItem, Flag, RepetitionKind, RepetitionRange};

/// Bytes of the longest character.
const WIDEST: usize = 4;

/// Whether a pattern matches the empty text.
#[must_use]
pub fn matches_nothing(pattern: &Ast) -> bool {
    match pattern {
        Ast::Empty(_) | Ast::Flags(_) => true,
        Ast::Literal(_) | Ast::Dot(_) | Ast::ClassUnicode(_) | Ast::ClassPerl(_) | Ast::ClassBracketed(_) => false,
        // In a text without a word none begins or ends.
        Ast::Assertion(assertion) => !matches!(
            assertion.kind,
            AssertionKind::WordBoundary
                | AssertionKind::WordBoundaryStart
                | AssertionKind::WordBoundaryStartAngle
                | AssertionKind::WordBoundaryEnd
                | AssertionKind::WordBoundaryEndAngle
        ),
        Ast::Repetition(repetition) => least(&repetition.op.kind) == 0 || matches_nothing(&repetition.ast),
        Ast::Group(group) => matches_nothing(&group.ast),
        Ast::Alternation(alternation) => alternation.asts.iter().any(matches_nothing),
        Ast::Concat(concat) => concat.asts.iter().all(matches_nothing),
    }
}

/// Bytes of the longest text that a pattern matches, or somewhat more; none where it matches any number.
#[must_use]
pub fn longest(pattern: &Ast) -> Option<usize> {
    match pattern {
        Ast::Empty(_) | Ast::Flags(_) | Ast::Assertion(_) => Some(0),
        // There are a K and an s beyond ASCII that are taken for these.
        Ast::Literal(literal) if literal.c.is_ascii() && !matches!(literal.c, 'k' | 'K' | 's' | 'S') => Some(1),
        Ast::Literal(_) | Ast::Dot(_) | Ast::ClassUnicode(_) | Ast::ClassPerl(_) | Ast::ClassBracketed(_) => {
            Some(WIDEST)
        }
        Ast::Repetition(repetition) => {
            let most = most(&repetition.op.kind)?;
            longest(&repetition.ast).map(|once| once.saturating_mul(most))
        }
        Ast::Group(group) => longest(&group.ast),
        Ast::Alternation(alternation) => {
            alternation.asts.iter().try_fold(0, |most, branch| longest(branch).map(|branch| most.max(branch)))
        }
        Ast::Concat(concat) => {
            concat.asts.iter().try_fold(0, |sum: usize, part| longest(part).map(|part| sum.saturating_add(part)))
        }
    }
}

fn least(kind: &RepetitionKind) -> u32 {
    match kind {
        RepetitionKind::ZeroOrOne | RepetitionKind::ZeroOrMore => 0,
        RepetitionKind::OneOrMore => 1,
        RepetitionKind::Range(
            RepetitionRange::Exactly(least) | RepetitionRange::AtLeast(least) | RepetitionRange::Bounded(least, _),
        ) => *least,
    }
}

fn most(kind: &RepetitionKind) -> Option<usize> {
    match kind {
        RepetitionKind::ZeroOrOne => Some(1),
        RepetitionKind::Range(RepetitionRange::Exactly(most) | RepetitionRange::Bounded(_, most)) => {
            usize::try_from(*most).ok()
        }
        RepetitionKind::ZeroOrMore | RepetitionKind::OneOrMore | RepetitionKind::Range(RepetitionRange::AtLeast(_)) => {
            None
        }
    }
}

/// Whether a pattern names classes, or switches between letters and bytes: then there may be something wrong with it that
/// only looking them up shows.
pub(super) fn names_classes(pattern: &Ast) -> bool {
    match pattern {
        Ast::Empty(_) | Ast::Literal(_) | Ast::Dot(_) | Ast::Assertion(_) | Ast::ClassPerl(_) => false,
        Ast::ClassUnicode(_) => true,
        Ast::ClassBracketed(class) => set_names_classes(&class.kind),
        Ast::Flags(flags) => flags.flags.flag_state(Flag::Unicode).is_some(),
        Ast::Repetition(repetition) => names_classes(&repetition.ast),
        Ast::Group(group) => {
            group.flags().is_some_and(|flags| flags.flag_state(Flag::Unicode).is_some()) || names_classes(&group.ast)
        }
        Ast::Alternation(alternation) => alternation.asts.iter().any(names_classes),
        Ast::Concat(concat) => concat.asts.iter().any(names_classes),
    }
}

fn set_names_classes(class: &ClassSet) -> bool {
    match class {
        ClassSet::Item(item) => item_names_classes(item),
        ClassSet::BinaryOp(operation) => set_names_classes(&operation.lhs) || set_names_classes(&operation.rhs),
    }
}

fn item_names_classes(item: &ClassSetItem) -> bool {
    match item {
        ClassSetItem::Unicode(_) => true,
        ClassSetItem::Bracketed(class) => set_names_classes(&class.kind),
        ClassSetItem::Union(union) => union.items.iter().any(item_names_classes),
        _ => false,
    }
}

/// Patterns of all sorts.
#[cfg(test)]
pub(super) fn patterns() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let one = prop::sample::select(vec![
        "a",
        "løn",
        "ks",
        "Å",
        " ",
        r"\b",
        r"\B",
        "^",
        "$",
        r"\b{start}",
        r"\b{end-half}",
        "(?-i:K)",
        "[aå]",
        "[^,.]",
        r"\d",
        r"\s",
        r"\w",
        ".",
        "[a-z-]",
        "(?m:^)",
        "",
        r"\p{Lu}",
        "–",
        "ΰ",
        "(?s:.)",
        r"\A",
        r"\z",
    ]);
    one.prop_map(str::to_owned).prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| format!("(?:{})", parts.join("|"))),
            (inner, prop::sample::select(vec!["?", "*", "+", "{0,3}", "{2}", "{1,}?", "{3,5}"]))
                .prop_map(|(part, times)| format!("({part}){times}")),
        ]
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use regex::RegexBuilder;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_read_off_a_pattern_is_what_its_engine_does(
            pattern in patterns(),
            text in prop::collection::vec(
                prop::sample::select(vec!["løn", "a", "K", "\u{212a}", "ſ", "å", " ", "3", ".", "x", "\n", "–", "𝐀"]), 0..20,
            ),
        ) {
            let parsed = regex_syntax::ast::parse::Parser::new().parse(&pattern).expect("a pattern");
            let engine = RegexBuilder::new(&pattern).case_insensitive(true).build().expect("a pattern");
            prop_assert_eq!(matches_nothing(&parsed), engine.is_match(""), "{}", pattern);
            for found in engine.find_iter(&text.concat()) {
                prop_assert!(longest(&parsed).is_none_or(|longest| found.len() <= longest), "{pattern}");
            }
        }
    }
}
