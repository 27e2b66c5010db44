//! From the parsed form of a pattern to the steps that the search takes.

use regex_syntax::ast::{
    Assertion, AssertionKind, Ast, ClassBracketed, ClassPerl, ClassPerlKind, ClassSet, ClassSetItem, ClassUnicode,
    Flag, Flags, FlagsItemKind, Repetition, RepetitionKind, RepetitionRange,
};
use regex_syntax::hir::{Class, HirKind};

use super::super::shape::matches_nothing;
use super::alphabet::{Signs, is_word, number, other_case, signs};

/// A pattern of more parts, with those that come again counted each time, is left to the general engine. No part takes more
/// than three steps, so that sixteen bits can number them.
const MOST_PARTS: usize = 1 << 14;

/// One step of a search. Whatever is not said otherwise leads to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// One of these two signs, which are a letter in both cases or the same twice.
    Letter(u8, u8),
    /// A sign of the set with this number.
    Class(u16),
    /// Nothing, at such a place.
    Look(Look),
    /// First one way, then the other. Forks are counted, so that none is tried twice at a place.
    Fork { number: u16, first: u16, second: u16 },
    /// On somewhere else.
    Jump(u16),
    /// It matches.
    Match,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Start,
    End,
    Boundary,
    NoBoundary,
}

/// A pattern as steps.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Program {
    pub(super) steps: Vec<Step>,
    pub(super) classes: Vec<Signs>,
    pub(super) forks: u16,
    /// Whether it matches at the beginning of a text alone.
    pub(super) anchored: bool,
    /// Whether a match begins at the edge of a word alone.
    pub(super) bounded: bool,
    /// What a match begins with; none where that may be nothing.
    pub(super) first: Option<Signs>,
}

/// The steps of a pattern; none where it asks for anything that is not of every day. `text` is the pattern as written.
pub(in super::super) fn compile(pattern: &Ast, text: &str) -> Option<Program> {
    let mut compiler = Compiler { text, program: Program::default(), parts: 0, either_case: true, any_line: false };
    compiler.read(pattern)?;
    compiler.push(Step::Match);
    let mut program = compiler.program;
    let only_at = |look: Look| program.openings(Some(look)) == (Signs::default(), false);
    (program.anchored, program.bounded) = (only_at(Look::Start), only_at(Look::Boundary));
    let (first, nothing) = program.openings(None);
    program.first = (!nothing).then_some(first);
    program.steps.shrink_to_fit();
    Some(program)
}

impl Program {
    /// The signs that a match can begin with, and whether it can be over before the first, of the ways that do not ask for
    /// `without`.
    fn openings(&self, without: Option<Look>) -> (Signs, bool) {
        let (mut first, mut nothing) = (Signs::default(), false);
        let mut seen = vec![false; usize::from(self.forks)];
        let mut open: Vec<u16> = vec![0];
        while let Some(at) = open.pop() {
            match self.steps.get(usize::from(at)) {
                Some(Step::Letter(one, other)) => [one, other].into_iter().for_each(|number| first.insert(*number)),
                Some(Step::Class(class)) => {
                    first = first.with(self.classes.get(usize::from(*class)).copied().unwrap_or_default())
                }
                Some(Step::Look(look)) if Some(*look) == without => {}
                Some(Step::Look(_)) => open.push(at + 1),
                Some(Step::Jump(to)) => open.push(*to),
                Some(Step::Fork { number, first, second }) => {
                    if let Some(seen) = seen.get_mut(usize::from(*number)).filter(|seen| !**seen) {
                        *seen = true;
                        open.extend([*first, *second]);
                    }
                }
                Some(Step::Match) | None => nothing = true,
            }
        }
        (first, nothing)
    }
}

struct Compiler<'t> {
    text: &'t str,
    program: Program,
    /// Parts read so far; what is repeated is read again and again.
    parts: usize,
    /// `i`
    either_case: bool,
    /// `s`: a full stop in the pattern stands for the end of a line too.
    any_line: bool,
}

impl Compiler<'_> {
    fn push(&mut self, step: Step) -> u16 {
        let at = self.here();
        self.program.steps.push(step);
        at
    }

    /// A fork whose ways are set when they are known.
    fn fork(&mut self) -> u16 {
        let number = self.program.forks;
        self.program.forks += 1;
        self.push(Step::Fork { number, first: 0, second: 0 })
    }

    /// Sends a fork into what follows it directly and past that, to `past`; the way it is to prefer first.
    fn lead(&mut self, fork: u16, into: u16, past: u16, greedy: bool) {
        if let Some(Step::Fork { first, second, .. }) = self.program.steps.get_mut(usize::from(fork)) {
            (*first, *second) = if greedy { (into, past) } else { (past, into) };
        }
    }

    fn here(&self) -> u16 {
        numbered(self.program.steps.len())
    }

    fn read(&mut self, pattern: &Ast) -> Option<()> {
        self.parts += 1;
        if self.parts > MOST_PARTS {
            return None;
        }
        match pattern {
            Ast::Empty(_) => {}
            Ast::Flags(flags) => self.set(&flags.flags)?,
            Ast::Literal(literal) => {
                let own = number(literal.c)?;
                let other = other_case(own).filter(|_| self.either_case);
                self.push(Step::Letter(own, other.unwrap_or(own)));
            }
            Ast::Dot(_) => {
                let any_line = self.any_line;
                self.class(Signs::of(|number| any_line || number != b'\n'));
            }
            Ast::Assertion(assertion) => {
                self.push(Step::Look(look(assertion)?));
            }
            Ast::ClassUnicode(class) => {
                let signs = self.named(class)?;
                self.class(signs);
            }
            Ast::ClassPerl(class) => self.class(perl(class)),
            Ast::ClassBracketed(class) => {
                let signs = self.bracketed(class)?;
                self.class(signs);
            }
            Ast::Repetition(repetition) => self.repeated(repetition)?,
            Ast::Group(group) => {
                let outside = (self.either_case, self.any_line);
                group.flags().map_or(Some(()), |flags| self.set(flags))?;
                self.read(&group.ast)?;
                (self.either_case, self.any_line) = outside;
            }
            Ast::Alternation(alternation) => self.any_of(&alternation.asts)?,
            Ast::Concat(concat) => concat.asts.iter().try_for_each(|part| self.read(part))?,
        }
        Some(())
    }

    fn set(&mut self, flags: &Flags) -> Option<()> {
        let mut on = true;
        for item in &flags.items {
            match item.kind {
                FlagsItemKind::Negation => on = false,
                FlagsItemKind::Flag(Flag::CaseInsensitive) => self.either_case = on,
                FlagsItemKind::Flag(Flag::DotMatchesNewLine) => self.any_line = on,
                // The parser has left out the blanks already.
                FlagsItemKind::Flag(Flag::IgnoreWhitespace) => {}
                FlagsItemKind::Flag(_) => return None,
            }
        }
        Some(())
    }

    fn class(&mut self, signs: Signs) {
        let known = self.program.classes.iter().position(|class| *class == signs);
        let class = known.unwrap_or(self.program.classes.len());
        if known.is_none() {
            self.program.classes.push(signs);
        }
        self.push(Step::Class(numbered(class)));
    }

    /// `\p{…}`, which is looked up where all names are known.
    fn named(&self, class: &ClassUnicode) -> Option<Signs> {
        let written = self.text.get(class.span.start.offset..class.span.end.offset)?;
        let mut parser = regex_syntax::ParserBuilder::new().case_insensitive(self.either_case).build();
        let translated = parser.parse(written).ok()?;
        let HirKind::Class(Class::Unicode(class)) = translated.kind() else { return None };
        let ranges = class.ranges();
        let is_in = |sign: char| {
            let behind = ranges.partition_point(|range| range.end() < sign);
            ranges.get(behind).is_some_and(|range| range.start() <= sign)
        };
        let mut found = Signs::default();
        signs().filter(|(sign, _)| is_in(*sign)).for_each(|(_, number)| found.insert(number));
        Some(found)
    }

    fn bracketed(&self, class: &ClassBracketed) -> Option<Signs> {
        let ClassSet::Item(item) = &class.kind else { return None };
        let mut found = self.member(item)?;
        if self.either_case {
            found = found.in_either_case();
        }
        Some(if class.negated { found.inverted() } else { found })
    }

    fn member(&self, item: &ClassSetItem) -> Option<Signs> {
        match item {
            ClassSetItem::Empty(_) => Some(Signs::default()),
            ClassSetItem::Literal(literal) => {
                let mut found = Signs::default();
                found.insert(number(literal.c)?);
                Some(found)
            }
            // Further on there are letters that have one of every day in the other case.
            ClassSetItem::Range(range) if range.end.c <= 'ÿ' => {
                let mut found = Signs::default();
                (range.start.c..=range.end.c).filter_map(number).for_each(|number| found.insert(number));
                Some(found)
            }
            ClassSetItem::Range(_) | ClassSetItem::Ascii(_) => None,
            ClassSetItem::Unicode(class) => self.named(class),
            ClassSetItem::Perl(class) => Some(perl(class)),
            ClassSetItem::Bracketed(class) => self.bracketed(class),
            ClassSetItem::Union(union) => {
                union.items.iter().try_fold(Signs::default(), |all, item| Some(all.with(self.member(item)?)))
            }
        }
    }

    fn any_of(&mut self, branches: &[Ast]) -> Option<()> {
        let mut ends = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let is_last = index + 1 == branches.len();
            let fork = if is_last { None } else { Some(self.fork()) };
            let into = self.here();
            self.read(branch)?;
            if let Some(fork) = fork {
                ends.push(self.push(Step::Jump(0)));
                self.lead(fork, into, self.here(), true);
            }
        }
        let behind = self.here();
        for end in ends {
            if let Some(step) = self.program.steps.get_mut(usize::from(end)) {
                *step = Step::Jump(behind);
            }
        }
        Some(())
    }

    fn repeated(&mut self, repetition: &Repetition) -> Option<()> {
        let (part, greedy) = (repetition.ast.as_ref(), repetition.greedy);
        let (least, most) = match &repetition.op.kind {
            RepetitionKind::ZeroOrOne => (0, Some(1)),
            RepetitionKind::ZeroOrMore => (0, None),
            RepetitionKind::OneOrMore => (1, None),
            RepetitionKind::Range(RepetitionRange::Exactly(count)) => (*count, Some(*count)),
            RepetitionKind::Range(RepetitionRange::AtLeast(least)) => (*least, None),
            RepetitionKind::Range(RepetitionRange::Bounded(least, most)) => (*least, Some(*most)),
        };
        for _ in 0..least.saturating_sub(u32::from(most.is_none())) {
            self.read(part)?;
        }
        let Some(most) = most else { return self.without_end(part, least == 0, greedy) };
        let mut forks = Vec::new();
        for _ in least..most {
            forks.push((self.fork(), self.here()));
            self.read(part)?;
        }
        for (fork, into) in forks {
            self.lead(fork, into, self.here(), greedy);
        }
        Some(())
    }

    /// The last part of a repetition, as often as it comes; `maybe` not at all.
    fn without_end(&mut self, part: &Ast, maybe: bool, greedy: bool) -> Option<()> {
        // What may match nothing is tried once before it is asked whether it comes again, as the general engine does.
        if maybe && !may_be_nothing(part) {
            let fork = self.fork();
            let into = self.here();
            self.read(part)?;
            self.push(Step::Jump(fork));
            self.lead(fork, into, self.here(), greedy);
            return Some(());
        }
        let around = if maybe { Some(self.fork()) } else { None };
        let into = self.here();
        self.read(part)?;
        let again = self.fork();
        let behind = self.here();
        self.lead(again, into, behind, greedy);
        if let Some(around) = around {
            self.lead(around, into, behind, greedy);
        }
        Some(())
    }
}

fn numbered(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// Whether a part can match without taking a sign, be it at a word's edge alone.
fn may_be_nothing(pattern: &Ast) -> bool {
    match pattern {
        Ast::Assertion(_) => true,
        Ast::Group(group) => may_be_nothing(&group.ast),
        Ast::Alternation(alternation) => alternation.asts.iter().any(may_be_nothing),
        Ast::Concat(concat) => concat.asts.iter().all(|part| matches_nothing(part) || may_be_nothing(part)),
        Ast::Repetition(repetition) => matches_nothing(pattern) || may_be_nothing(&repetition.ast),
        _ => matches_nothing(pattern),
    }
}

fn look(assertion: &Assertion) -> Option<Look> {
    Some(match assertion.kind {
        AssertionKind::StartLine | AssertionKind::StartText => Look::Start,
        AssertionKind::EndLine | AssertionKind::EndText => Look::End,
        AssertionKind::WordBoundary => Look::Boundary,
        AssertionKind::NotWordBoundary => Look::NoBoundary,
        _ => return None,
    })
}

fn perl(class: &ClassPerl) -> Signs {
    let signs = Signs::of(|number| match class.kind {
        ClassPerlKind::Word => is_word(number),
        ClassPerlKind::Digit => number.is_ascii_digit(),
        ClassPerlKind::Space => matches!(number, b'\t'..=b'\r' | b' ' | 0xa0),
    });
    if class.negated { signs.inverted() } else { signs }
}
