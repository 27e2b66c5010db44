//! Each short cut gives what comparing each with each gives.

use crate::language::persons::People;
use proptest::prelude::*;

use super::super::model::Reach;
use super::super::score::SentenceContext;
use super::near::{Distance, Numbered, pairs};
use super::*;
use crate::minutes::{EntryId, EntryKind, ItemNumber};
use crate::text::phrases::{Forms, WordRange};

fn spot(sentence: usize, start: usize, length: usize) -> Spot {
    let span = Span::new(start, start + length);
    let words = (length > 0).then_some(WordRange { first: start, last: (start + length).saturating_sub(1) });
    Spot { sentence, found: Found { span, words } }
}

/// Spots in order; those of no length stand at the beginning, as answers without words do.
fn spots(most: usize) -> impl Strategy<Value = Vec<Spot>> {
    let one = (0..2_usize, 0..14_usize, 0..4_usize)
        .prop_map(|(sentence, start, length)| spot(sentence, if length == 0 { 0 } else { start }, length));
    proptest::collection::vec(one, 0..most).prop_map(|mut all| {
        all.sort_by_key(|spot| (spot.sentence, spot.found.span));
        all
    })
}

fn numbered(spots: &[Spot]) -> Vec<Numbered> {
    let number = |spot: &Spot| {
        let words = spot.found.words?;
        let shift = 14 * spot.sentence;
        Some(Numbered { spot: *spot, words: WordRange { first: words.first + shift, last: words.last + shift } })
    };
    spots.iter().filter_map(number).collect()
}

fn key(spot: &Spot) -> (usize, Span) {
    (spot.sentence, spot.found.span)
}

/// The nearest by looking at all.
fn nearest_slowly(first: &Numbered, seconds: &[Numbered], distance: Distance) -> Option<(usize, Span)> {
    let gap = |second: &&Numbered| {
        if first.spot.sentence != distance.own && second.spot.sentence != distance.own {
            return None;
        }
        let ahead = second.words.first.checked_sub(first.words.last).filter(|gap| *gap > 0);
        let behind = first.words.first.checked_sub(second.words.last).filter(|gap| *gap > 0 && !distance.forward);
        ahead.or(behind).filter(|gap| *gap <= distance.within)
    };
    let near = seconds.iter().filter_map(|second| Some((gap(&second)?, second)));
    near.min_by_key(|(gap, _)| *gap).map(|(_, second)| key(&second.spot))
}

/// Clusters as lists of all their spots.
fn count_slowly(matches: &Matches) -> usize {
    let mut clusters: Vec<Vec<Spot>> = Vec::new();
    for found in matches.iter() {
        let shares = |old: &Spot, new: &Spot| {
            old.sentence == new.sentence && (overlaps(old.found.span, new.found.span) || new.found.span.is_empty())
        };
        let joins = |cluster: &&mut Vec<Spot>| cluster.iter().any(|old| found.iter().any(|new| shares(old, new)));
        match clusters.iter_mut().find(joins) {
            Some(cluster) => cluster.extend(found),
            None => clusters.push(found.to_vec()),
        }
    }
    clusters.len()
}

fn analysed(texts: &[&str], run: impl Fn(&[&Analysis<'_>])) {
    let rules = RuleSet::default();
    let contexts: Vec<SentenceContext> = texts
        .iter()
        .map(|text| SentenceContext {
            id: EntryId { item: ItemNumber(1), index: 0 },
            text: (*text).to_owned(),
            kind: EntryKind::Sentence,
            subheading: None,
            paragraph: 0,
            position: 1,
            count: 1,
            people: People::default(),
            story_match: 0,
        })
        .collect();
    let all: Vec<Analysis<'_>> =
        contexts.iter().map(|context| Analysis::new(&rules, context, &mut Forms::default())).collect();
    run(&all.iter().collect::<Vec<_>>());
}

#[test]
fn a_clause_ends_at_its_signs_and_not_in_a_number() {
    analysed(&["Nu, ja: 5,3 – (og)"], |all| {
        let clauses: Vec<usize> =
            [0, 2, 3, 6, 8, 9, 10, 11, 12, 15, 18].iter().map(|byte| all[0].clause(*byte)).collect();
        assert_eq!(clauses, [0, 0, 1, 1, 2, 2, 2, 2, 2, 3, 4]);
    });
}

proptest! {
    #[test]
    fn pairs_are_the_nearest(
        firsts in spots(6), seconds in spots(8), barriers in spots(4), within in 1..6_usize, forward: bool,
    ) {
        let distance = Distance { within, forward, own: 1 };
        let (firsts, seconds, barriers) = (numbered(&firsts), numbered(&seconds), numbered(&barriers));
        let stands_between = |first: &Numbered, second: &Numbered| barriers.iter().any(|barrier| {
            let (first, second, barrier) = (first.words, second.words, barrier.words);
            (first.last < barrier.first && barrier.first < second.first)
                || (second.last < barrier.last && barrier.last < first.first)
        });
        let quick: Vec<_> = pairs(&firsts, &seconds, &barriers, distance).iter().map(|pair| (key(&pair[0]), key(&pair[1]))).collect();
        let slow: Vec<_> = firsts
            .iter()
            .filter_map(|first| {
                let open: Vec<Numbered> = seconds.iter().copied().filter(|second| !stands_between(first, second)).collect();
                Some((key(&first.spot), nearest_slowly(first, &open, distance)?))
            })
            .collect();
        prop_assert_eq!(quick, slow);
    }

    #[test]
    fn matches_that_share_words_count_once(parts in proptest::collection::vec(spots(4), 0..8), most in 1..5_u32) {
        let mut matches = Matches::default();
        parts.iter().filter(|part| !part.is_empty()).for_each(|part| matches.push(part));
        prop_assert_eq!(matches.count(most) as usize, count_slowly(&matches).min(most as usize));
    }

    #[test]
    fn an_exception_silences_what_it_reaches(exceptions in spots(6), found in spots(4)) {
        analysed(&["a, b c: d e, f", "a b, c d (e) f"], |sentences| {
            for reach in [Reach::Match, Reach::Clause, Reach::Sentence] {
                let quick = Silence::new(reach, &exceptions, sentences).of(&found);
                let slow = exceptions.iter().position(|exception| {
                    let clause = |spot: &Spot| sentences[spot.sentence].clause(spot.found.span.start());
                    exception.found.words.is_none()
                        || found.iter().filter(|spot| spot.sentence == exception.sentence).any(|spot| match reach {
                            Reach::Sentence => true,
                            Reach::Match => overlaps(spot.found.span, exception.found.span),
                            Reach::Clause => clause(spot) == clause(exception),
                        })
                        || reach == Reach::Sentence
                });
                assert_eq!(quick, slow, "{reach:?}");
            }
        });
    }
}
