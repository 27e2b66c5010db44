//! Which words a pattern needs, read off its parsed form.
//!
//! The parsed form is that of the text, before cases and classes are looked up: folding the letters here does what
//! case-insensitivity does, and a form in which each letter is a class of both cases would come apart into sets of three
//! letters and take longer to read than all else that loading rules does.

use std::cmp::Reverse;

use regex_syntax::ast::{Ast, ClassBracketed, ClassSet, ClassSetItem, RepetitionKind, RepetitionRange};

use crate::text::caseless::caseless;

/// Characters that a class may stand for in literals: `[aå]`, not `[0-9]`, which would make ten of one.
const WIDEST_CLASS: usize = 4;
/// Letters of one word that every literal must have: fewer stand in nearly every sentence.
const LEAST_LETTERS: usize = 2;
/// What a sign that is a word of its own is worth in letters.
const SIGN: usize = 4;
/// Literals one stretch of a pattern may come apart into. Of two lists side by side each is asked by itself too, so many more
/// would find hardly a better word.
const MOST: usize = 32;

/// Literals in caseless form, one of which is in every text that the pattern matches, each with letters of it that lie in
/// one word; empty where there is nothing of the kind.
pub(super) fn needed(pattern: &Ast) -> Vec<(String, String)> {
    let mut literals = read(pattern).best().unwrap_or_default();
    literals.sort();
    literals.dedup();
    literals
        .into_iter()
        .filter_map(|literal| Some((part(&literal)?.to_owned(), literal)))
        .map(|(part, whole)| (whole, part))
        .collect()
}

/// The longest stretch of a caseless literal that must lie in one word of a text.
fn part(literal: &str) -> Option<&str> {
    let mut found: Option<&str> = None;
    let mut rest = literal;
    while let Some(first) = rest.chars().next() {
        let (mut stretch, behind) = rest.split_at(rest.find(|sign| !is_letter(sign)).unwrap_or(rest.len()));
        if stretch.is_empty() {
            let (sign, behind) = rest.split_at(first.len_utf8());
            (stretch, rest) = (sign, behind);
            if !matches!(first, '%' | '§') {
                continue;
            }
        } else {
            rest = behind;
            // A mark that joins with the letter before it makes another letter of it in a word.
            if rest.starts_with(|sign: char| !sign.is_ascii() || sign.is_ascii_control()) {
                let mut letters = stretch.chars();
                letters.next_back();
                stretch = letters.as_str();
            }
        }
        if length(stretch) > found.map_or(LEAST_LETTERS - 1, length) {
            found = Some(stretch);
        }
    }
    found
}

/// Letters and digits between which no word ends.
fn is_letter(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, 'ß'..='ö' | 'ø'..='ÿ')
}

fn length(stretch: &str) -> usize {
    if matches!(stretch, "%" | "§") { SIGN } else { stretch.chars().count() }
}

/// What is known of the texts that a part of a pattern matches.
struct Known {
    /// All of them, where they are few.
    all: Option<Vec<String>>,
    /// Each begins with one of these, which may be empty.
    begins: Vec<String>,
    /// Each has one of these somewhere.
    inside: Option<Vec<String>>,
}

impl Known {
    /// A part that matches these texts alone.
    fn texts(mut texts: Vec<String>) -> Self {
        texts.sort_unstable();
        texts.dedup();
        if texts.is_empty() || texts.len() > MOST {
            let inside = usable(&texts);
            return Self { inside, ..Self::nothing() };
        }
        Self { inside: usable(&texts), begins: texts.clone(), all: Some(texts) }
    }

    /// A part of which nothing is known.
    fn nothing() -> Self {
        Self { all: None, begins: vec![String::new()], inside: None }
    }

    /// The set of literals whose shortest is the longest.
    fn best(self) -> Option<Vec<String>> {
        better(self.inside, usable(&self.begins))
    }
}

fn read(pattern: &Ast) -> Known {
    match pattern {
        Ast::Empty(_) | Ast::Flags(_) | Ast::Assertion(_) => Known::texts(vec![String::new()]),
        Ast::Literal(literal) => Known::texts(vec![caseless(literal.c.encode_utf8(&mut [0; 4]))]),
        Ast::Dot(_) | Ast::ClassUnicode(_) | Ast::ClassPerl(_) => Known::nothing(),
        Ast::ClassBracketed(class) => members(class).map_or_else(Known::nothing, Known::texts),
        Ast::Group(group) => read(&group.ast),
        Ast::Repetition(repetition) => repeated(read(&repetition.ast), &repetition.op.kind),
        Ast::Alternation(alternation) => any_of(alternation.asts.iter().map(read).collect()),
        Ast::Concat(concat) => in_turn(&concat.asts),
    }
}

/// The characters of a class that has few.
fn members(class: &ClassBracketed) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let ClassSet::Item(item) = &class.kind else { return None };
    let items = match item {
        ClassSetItem::Union(union) => union.items.as_slice(),
        one => std::slice::from_ref(one),
    };
    for item in items {
        match item {
            ClassSetItem::Literal(literal) => found.push(literal.c),
            ClassSetItem::Range(range) => found.extend((range.start.c..=range.end.c).take(WIDEST_CLASS + 1)),
            _ => return None,
        }
    }
    let few = !class.negated && found.len() <= WIDEST_CLASS;
    few.then(|| found.into_iter().map(|character| caseless(character.encode_utf8(&mut [0; 4]))).collect())
}

fn repeated(once: Known, kind: &RepetitionKind) -> Known {
    let (least, most) = match kind {
        RepetitionKind::ZeroOrOne => (0, Some(1)),
        RepetitionKind::ZeroOrMore => (0, None),
        RepetitionKind::OneOrMore => (1, None),
        RepetitionKind::Range(RepetitionRange::Exactly(count)) => (*count, Some(*count)),
        RepetitionKind::Range(RepetitionRange::AtLeast(least)) => (*least, None),
        RepetitionKind::Range(RepetitionRange::Bounded(least, most)) => (*least, Some(*most)),
    };
    match (least, most, once) {
        (1, Some(1), once) => once,
        (0, Some(1), Known { all: Some(mut texts), .. }) => {
            texts.push(String::new());
            Known::texts(texts)
        }
        (0, ..) => Known::nothing(),
        (_, _, once) => Known { all: None, ..once },
    }
}

/// Each branch by its own best; none of them may be without.
fn any_of(branches: Vec<Known>) -> Known {
    let all: Option<Vec<&[String]>> = branches.iter().map(|branch| branch.all.as_deref()).collect();
    if let Some(texts) = all.map(|sets| sets.concat()).filter(|texts| texts.len() <= MOST) {
        return Known::texts(texts);
    }
    let mut begins: Vec<String> = branches.iter().flat_map(|branch| branch.begins.iter().cloned()).collect();
    begins.sort_unstable();
    begins.dedup();
    if begins.len() > MOST {
        begins = vec![String::new()];
    }
    let inside: Option<Vec<Vec<String>>> = branches.into_iter().map(Known::best).collect();
    Known { all: None, begins, inside: inside.map(|sets| sets.concat()) }
}

/// Parts one behind the other. Literals may lie across parts that are wholly known, and into the one behind them.
fn in_turn(parts: &[Ast]) -> Known {
    let mut stretch = Stretch::default();
    let mut begins = None;
    let mut inside = None;
    for known in words(parts) {
        inside = better(inside, known.inside);
        let Some(texts) = known.all else {
            let across = stretch.with(&known.begins);
            begins.get_or_insert_with(|| across.clone());
            inside = better(inside, usable(&across));
            stretch = Stretch { broken: true, ..Stretch::default() };
            continue;
        };
        if !stretch.fits(&texts) {
            let so_far = stretch.texts();
            begins.get_or_insert_with(|| so_far.clone());
            inside = better(inside, usable(&so_far));
            stretch.make_room(&texts);
        }
        stretch.sets.push(texts);
    }
    let last = stretch.texts();
    inside = better(inside, usable(&last));
    let all = (!stretch.broken).then(|| last.clone());
    Known { all, begins: begins.unwrap_or(last), inside }
}

/// The parts of a concatenation, letters side by side as one.
fn words(parts: &[Ast]) -> impl Iterator<Item = Known> {
    let mut rest = parts.iter().peekable();
    std::iter::from_fn(move || {
        let Ast::Literal(first) = rest.peek()? else { return rest.next().map(read) };
        let mut word = String::from(first.c);
        rest.next();
        while let Some(Ast::Literal(next)) = rest.peek() {
            word.push(next.c);
            rest.next();
        }
        Some(Known::texts(vec![caseless(&word)]))
    })
}

/// Parts side by side that are wholly known.
#[derive(Default)]
struct Stretch {
    sets: Vec<Vec<String>>,
    /// Whether something stands before it.
    broken: bool,
}

impl Stretch {
    fn count(&self) -> usize {
        self.sets.iter().map(Vec::len).product()
    }

    fn fits(&self, texts: &[String]) -> bool {
        self.count().saturating_mul(texts.len()) <= MOST
    }

    /// Lets its first parts go, until others can stand behind it.
    fn make_room(&mut self, texts: &[String]) {
        while !self.sets.is_empty() && !self.fits(texts) {
            self.sets.remove(0);
            self.broken = true;
        }
    }

    fn texts(&self) -> Vec<String> {
        self.sets.iter().fold(vec![String::new()], |begun, set| {
            begun.iter().flat_map(|text| set.iter().map(move |more| format!("{text}{more}"))).collect()
        })
    }

    /// Its texts with one of `begins` behind each, where that is few.
    fn with(&self, begins: &[String]) -> Vec<String> {
        let own = self.texts();
        if !self.fits(begins) {
            return own;
        }
        own.iter().flat_map(|text| begins.iter().map(move |more| format!("{text}{more}"))).collect()
    }
}

fn better(one: Option<Vec<String>>, other: Option<Vec<String>>) -> Option<Vec<String>> {
    [one, other].into_iter().flatten().max_by_key(|set| worth(set))
}

/// The literals, when each is long enough.
fn usable(texts: &[String]) -> Option<Vec<String>> {
    let good = !texts.is_empty() && texts.iter().all(|text| part(text).is_some());
    good.then(|| texts.to_vec())
}

/// The more letters lie in one word, the rarer; then the longer, and of two sets as long the smaller one.
fn worth(set: &[String]) -> (usize, usize, Reverse<usize>) {
    let letters = set.iter().filter_map(|literal| part(literal)).map(length).min().unwrap_or_default();
    let shortest = set.iter().map(|literal| literal.chars().count()).min().unwrap_or_default();
    (letters, shortest, Reverse(set.len()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn of(pattern: &str) -> Vec<String> {
        let parsed = regex_syntax::ast::parse::Parser::new().parse(pattern).expect("a good pattern");
        needed(&parsed).into_iter().map(|(literal, _)| literal).collect()
    }

    #[test]
    fn the_letters_that_lie_in_one_word_are_the_longest() {
        assert_eq!(part(" i dagene-"), Some("dagene"));
        assert_eq!(part("5 %"), Some("%"));
        assert_eq!(part("jf. § 4"), Some("§"));
        assert_eq!(part("pa\u{1}et"), Some("et"));
        assert_eq!(part("a b, c"), None);
    }

    #[test]
    fn words_that_must_stand_there_are_found_wherever_they_stand() {
        assert_eq!(of(r"\bOvertid(?:en|s)?\b"), ["overtid"]);
        assert_eq!(of(r"[0-9]+ timer? om ugen"), [" time om ugen", " timer om ugen"]);
        assert_eq!(of(r"\d+ (?:ÅR|måneder) \d+"), [" måneder ", " år "]);
        assert_eq!(of(r"^[^,]{1,40}\s(?:svarede|medgav)\b"), ["medgav", "svarede"]);
        assert_eq!(of(r"(?:a+bc|[0-9]de)+"), ["bc", "de"]);
    }

    #[test]
    fn of_two_words_the_longer_one_is_sought() {
        assert_eq!(of(r"(?:[0-9]+ timer|overtid) i dag"), [" timer", "overtid"]);
        assert_eq!(of(r"(?:[0-9]+ timer?|overtid)\s+i dag"), [" time", "overtid"]);
    }

    #[test]
    fn a_pattern_without_a_word_of_its_own_has_none() {
        for pattern in [
            r"–|\.",
            r"[0-9]\.[0-9]",
            r"[a-zæøå]{9,}",
            r"\d+",
            "x",
            r"(?:ferie|[a-z]+)",
            r"(?:ferie)?[a-z]{3}",
            r"ferie|\d",
        ] {
            assert_eq!(of(pattern), Vec::<String>::new(), "{pattern}");
        }
    }
}
