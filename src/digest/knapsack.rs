//! The best choice under a budget of words when sentences demand one another: exactly.
//!
//! Going through the sentences in document order, all that matters of the choice so far is: which of the sentences are in
//! that a later one may ask for (the frontier, mostly none or one), how many picks the matter at hand has, and how many words
//! are used. For each such state the best way to it is kept. A greedy choice was rejected because it wastes the last lines
//! of the budget on whatever still fits; a general solver, because this small one is exact, deterministic and needs no
//! floating point. Ties go to fewer words, then to the earlier sentence.

use std::collections::{BTreeMap, BTreeSet};

/// Sentences a later one may ask for at the same time. More would be a very tangled text: the sentence whose demand
/// reaches farthest is then not quoted, nor what needs it.
const WIDEST_FRONTIER: usize = 8;
/// Picks of a matter are counted up to here; from the next one on each costs the same.
const COUNTED_PICKS: usize = 3;
/// What the third pick of a matter loses, and each further one, in thousandths of a point: three sentences from three
/// matters tell more than three from one.
const CROWDING: [i64; COUNTED_PICKS + 1] = [0, 0, 500, 1000];

/// A sentence as the optimisation sees it.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// What it costs.
    pub words: usize,
    /// What it brings, in thousandths of a point.
    pub worth: i64,
    /// Whether it is in for its own sake, and so counts towards the crowding of its matter.
    pub pick: bool,
    /// Its matter, by any number that changes with it.
    pub matter: u32,
    /// What must be in with it.
    pub needs: BTreeSet<usize>,
    /// Whether it may be in.
    pub may: bool,
    /// Whether it must be in.
    pub must: bool,
}

/// How the best way came to a state, packed: whether the sentence was taken, and the state before.
#[derive(Clone, Copy)]
struct Step(u32);

impl Step {
    const NONE: Self = Self(u32::MAX);

    fn new(taken: bool, before: usize) -> Self {
        u32::try_from(before << 1 | usize::from(taken)).map_or(Self::NONE, Self)
    }

    fn taken(self) -> bool {
        self.0 & 1 == 1
    }

    fn before(self) -> usize {
        usize::try_from(self.0 >> 1).unwrap_or(usize::MAX)
    }
}

/// The states after one sentence: for each set of frontier sentences that are in, one row of picks × words.
struct Layer {
    /// The sets, as bits over the frontier.
    sets: Vec<u16>,
    best: Vec<i64>,
}

/// The worth of a state that no way leads to.
const NEVER: i64 = i64::MIN;

impl Layer {
    fn new(sets: Vec<u16>, width: usize) -> Self {
        let size = sets.len() * (COUNTED_PICKS + 1) * width;
        Self { sets, best: vec![NEVER; size] }
    }
}

/// The worth of the best choice and its places, ascending; none where what must be in does not fit.
pub(super) fn best(choices: &[Choice], budget: usize) -> Option<(i64, BTreeSet<usize>)> {
    let may = allowed(choices);
    if choices.iter().zip(&may).any(|(choice, may)| choice.must && !may) {
        return None;
    }
    let frontiers = frontiers(choices, &may);
    let width = budget + 1;
    let row = (COUNTED_PICKS + 1) * width;
    let mut before = Layer::new(vec![0], width);
    if let Some(start) = before.best.first_mut() {
        *start = 0;
    }
    let mut frontier_before: &[usize] = &[];
    let mut matter_before = None;
    let mut steps: Vec<Option<Vec<Step>>> = Vec::with_capacity(choices.len());
    for (index, choice) in choices.iter().enumerate() {
        let same_matter = matter_before == Some(choice.matter);
        let is_may = may.get(index).copied().unwrap_or(false);
        // Who may not be in is in nobody's frontier and changes nothing but the matter at hand.
        if !is_may {
            matter_before = matter_before.filter(|_| same_matter);
            steps.push(None);
            continue;
        }
        let frontier = frontiers.get(index).map_or(&[][..], Vec::as_slice);
        let moves = moves(choices, index, frontier_before, frontier, &before.sets);
        let sets: Vec<u16> = moves.iter().map(|step| step.to).collect::<BTreeSet<u16>>().into_iter().collect();
        let mut after = Layer::new(sets, width);
        let mut came = vec![Step::NONE; after.best.len()];
        for step in &moves {
            let Ok(to) = after.sets.binary_search(&step.to) else { continue };
            for picks_before in 0..=COUNTED_PICKS {
                let picks = if same_matter { picks_before } else { 0 };
                let (gain, picks, cost) = match (step.taken, choice.pick) {
                    (false, _) => (0, picks, 0),
                    (true, false) => (choice.worth, picks, choice.words),
                    (true, true) => {
                        let crowding = CROWDING.get(picks).copied().unwrap_or_default();
                        (choice.worth - crowding, (picks + 1).min(COUNTED_PICKS), choice.words)
                    }
                };
                let (from, to) = (step.from * row + picks_before * width, to * row + picks * width + cost);
                let room = width.saturating_sub(cost);
                let ways = before.best.get(from..from + room).unwrap_or_default();
                let known = after.best.get_mut(to..to + room).unwrap_or_default();
                let came = came.get_mut(to..to + room).unwrap_or_default();
                for (place, ((so_far, known), came)) in (from..).zip(ways.iter().zip(known).zip(came)) {
                    if *so_far != NEVER && so_far + gain > *known {
                        *known = so_far + gain;
                        *came = Step::new(step.taken, place);
                    }
                }
            }
        }
        steps.push(Some(came));
        before = after;
        frontier_before = frontier;
        matter_before = Some(choice.matter);
    }
    walk_back(&steps, &before, width)
}

/// One way from a set of the frontier before to one of the frontier after a sentence.
struct Move {
    /// The row of the set before.
    from: usize,
    taken: bool,
    to: u16,
}

/// All ways on from the sets before that break no demand, for a sentence that may be in.
fn moves(choices: &[Choice], index: usize, old: &[usize], new: &[usize], sets: &[u16]) -> Vec<Move> {
    let Some(choice) = choices.get(index) else { return Vec::new() };
    let mut moves = Vec::new();
    for (from, set) in sets.iter().enumerate() {
        let is_in =
            |member: usize| old.iter().position(|known| *known == member).is_some_and(|bit| set >> bit & 1 == 1);
        for taken in [false, true] {
            let wanted = |earlier: &usize| {
                is_in(*earlier) && choices.get(*earlier).is_some_and(|earlier| earlier.needs.contains(&index))
            };
            let lacking = |need: &usize| *need < index && !is_in(*need);
            let broken = if taken { choice.needs.iter().any(lacking) } else { choice.must || old.iter().any(wanted) };
            if broken {
                continue;
            }
            let bit = |(bit, member): (usize, &usize)| {
                let member_in = if *member == index { taken } else { is_in(*member) };
                u16::from(member_in) << bit
            };
            moves.push(Move { from, taken, to: new.iter().enumerate().map(bit).fold(0, |set, bit| set | bit) });
        }
    }
    moves
}

/// Who may be in, with all it needs; where too many demands overlap, the one that reaches farthest goes.
fn allowed(choices: &[Choice]) -> Vec<bool> {
    let mut may: Vec<bool> = choices.iter().map(|choice| choice.may).collect();
    loop {
        let lacks = |index: usize| {
            choices
                .get(index)
                .is_some_and(|choice| choice.needs.iter().any(|need| !may.get(*need).copied().unwrap_or(false)))
        };
        if let Some(fallen) = (0..may.len()).find(|index| may.get(*index) == Some(&true) && lacks(*index)) {
            if let Some(slot) = may.get_mut(fallen) {
                *slot = false;
            }
            continue;
        }
        let reach = reach(choices, &may);
        let tangled = frontiers(choices, &may).into_iter().find(|frontier| frontier.len() > WIDEST_FRONTIER);
        let Some(worst) =
            tangled.and_then(|frontier| frontier.into_iter().max_by_key(|member| reach.get(member).copied()))
        else {
            return may;
        };
        if let Some(slot) = may.get_mut(worst) {
            *slot = false;
        }
    }
}

/// For each sentence with a demand, the last one that it needs or that needs it.
fn reach(choices: &[Choice], may: &[bool]) -> BTreeMap<usize, usize> {
    let mut reach: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, choice) in choices.iter().enumerate().filter(|(index, _)| may.get(*index) == Some(&true)) {
        for need in choice.needs.iter().copied().filter(|need| *need != index) {
            let (first, last) = (need.min(index), need.max(index));
            let known = reach.entry(first).or_default();
            *known = (*known).max(last);
        }
    }
    reach
}

/// After each sentence, those so far that a later one has to do with.
fn frontiers(choices: &[Choice], may: &[bool]) -> Vec<Vec<usize>> {
    let reach = reach(choices, may);
    let mut frontier: Vec<usize> = Vec::new();
    (0..choices.len())
        .map(|index| {
            frontier.push(index);
            frontier.retain(|member| reach.get(member).is_some_and(|last| *last > index));
            frontier.clone()
        })
        .collect()
}

fn walk_back(steps: &[Option<Vec<Step>>], last: &Layer, width: usize) -> Option<(i64, BTreeSet<usize>)> {
    let ends = last.best.iter().enumerate().filter(|(_, best)| **best != NEVER).map(|(place, best)| (*best, place));
    let (worth, mut place) = ends.max_by_key(|(worth, place)| (*worth, std::cmp::Reverse((place % width, *place))))?;
    let mut chosen = BTreeSet::new();
    for (index, layer) in steps.iter().enumerate().rev() {
        let Some(layer) = layer else { continue };
        let step = layer.get(place)?;
        if step.taken() {
            chosen.insert(index);
        }
        place = step.before();
    }
    Some((worth, chosen))
}
