//! Which item a story belongs to, by the words alone.
//!
//! "Præcisering af bremseplanen" means the item "Handleplan for opbremsning": no word is the same, but parts of compounds
//! are; and where even the parts differ, lists of words for the same matter help ([`same`](super::same)). A word says the more
//! the more of it one item has to itself: what stands in many items alike says little.

use std::collections::BTreeMap;

use super::lexicon::Lexicon;
use super::same::{Matter, Nearness};
use super::topic::Topic;
use crate::text::words::words;

/// What a story or the title of an item names.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// Its words.
    pub topic: Topic,
    /// What each of them says, in percent.
    says: Vec<u32>,
    matters: BTreeMap<Matter, Nearness>,
    /// Whether it joins two matters: "Valg af TR og AMR".
    joins: bool,
}

/// Words that join two matters.
const JOINTS: &[&str] = &["og", "samt", "eller"];
/// What a word in the title counts, beside the sentences of the item, which count one together.
const TITLE: u32 = 3;
/// So many sentences with a word make an item that is about it, in thousandths.
const ABOUT: u32 = 3000;
/// What a word counts that stands in the case put to the committee: there is much beside the matter in it, so it decides only
/// where titles and decisions leave it open. In thousandths.
const CASE: u32 = 200;
/// What a sentence counts that has the whole story, in thousandths: "Tryghed ved sene samtaler" means the item where one
/// sentence speaks of both, and not the one that has a word here and the other there.
const IN_ONE: u32 = 2000;
/// What two words of one field are worth beside the same word, in thousandths.
const FIELD: u32 = 500;
/// What a word that says little counts, in percent: "Du må godt gå, når du er utryg" is no matter of the item in which
/// "samarbejdet går godt".
const SLIGHT: u32 = 20;
/// Less than this is no link.
const LEAST: u32 = 300;

impl Named {
    /// By the text of a story or a title.
    #[must_use]
    pub fn by(text: &str, lexicon: &Lexicon) -> Self {
        let topic = Topic::of(text, &lexicon.inflection);
        let says = topic.forms().map(|word| if lexicon.same.says_little(word) { SLIGHT } else { 100 }).collect();
        // "Hvad det er, og hvad det ikke er" joins two sentences and no two matters.
        let words = words(text);
        let joint = words.iter().find(|word| JOINTS.contains(&word.folded.as_str()));
        let behind = joint.and_then(|joint| text.get(joint.span.end()..)).unwrap_or_default();
        let joins = Topic::of(behind, &lexicon.inflection).forms().any(|word| !lexicon.same.says_little(word));
        Self { topic, says, matters: lexicon.same.of(text), joins }
    }
}

/// An item, as far as a story is sought in it.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// Its title.
    pub title: Named,
    /// The sentences of its decision, each with its sub-heading.
    pub sentences: Vec<Topic>,
    /// All it has beside the decision: what the committee had before it.
    pub case: Topic,
}

/// The places of the items that the story belongs to, best first; empty where nothing fits.
///
/// A word in the title counts three times; in the decision it counts the more the more sentences have it, up to three: an
/// item is about what it keeps naming.
#[must_use]
pub fn link(story: &Named, items: &[&Sought]) -> Vec<usize> {
    let strengths: Vec<Vec<u32>> = items.iter().map(|item| strengths(story, item)).collect();
    let of_all: Vec<u32> =
        (0..story.says.len()).map(|word| strengths.iter().filter_map(|strengths| strengths.get(word)).sum()).collect();
    let same = |title: &Named| {
        let shared = story.matters.iter().filter(|(matter, _)| title.matters.contains_key(matter));
        let worth = shared.map(|(matter, nearness)| {
            let count = items.iter().filter(|item| item.title.matters.contains_key(matter)).count();
            let worth = if *nearness == Nearness::Name { 1000 } else { FIELD };
            TITLE * worth / u32::try_from(count.max(1)).unwrap_or(u32::MAX)
        });
        worth.sum::<u32>()
    };
    let mut scored: Vec<(u32, usize)> = items
        .iter()
        .zip(&strengths)
        .enumerate()
        .map(|(index, (item, strengths))| {
            // What this item has of a word, times its share of all that the meeting has of it.
            let words = strengths.iter().zip(&of_all).map(|(own, all)| own * own / (*all).max(1));
            (words.sum::<u32>() + same(&item.title) + in_one(story, item), index)
        })
        .collect();
    // Where one item has a word that says something, those that share nothing but words of every talk are out.
    let firm = |index: usize| {
        let own = strengths.get(index).into_iter().flatten().zip(&story.says);
        own.into_iter().any(|(strength, says)| *strength > 0 && *says > SLIGHT)
            || items.get(index).is_some_and(|item| same(&item.title) > 0)
    };
    if scored.iter().any(|(_, index)| firm(*index)) {
        scored.retain(|(_, index)| firm(*index));
    }
    scored.sort_by_key(|(score, index)| (std::cmp::Reverse(*score), *index));
    let best = scored.first().map_or(0, |(score, _)| *score);
    // A single word that many items share is no link. Of two items that come near each other only a story that joins two
    // matters means both; any other means the better one.
    let least = LEAST.max(if story.joins { best * 9 / 10 } else { best });
    // "Valg af TR og AMR" belongs to two items: what one of them lacks, the other has. A story that joins nothing speaks of
    // one matter, and what else shares a word with it misleads.
    let first = scored.first().and_then(|(_, index)| items.get(*index)).map(|item| &item.title);
    let adds = |index: usize| {
        let (Some(first), Some(title)) = (first, items.get(index).map(|item| &item.title)) else { return false };
        let matters = |matter| title.matters.contains_key(matter) && !first.matters.contains_key(matter);
        story.topic.adds(&title.topic, &first.topic) || story.matters.keys().any(matters)
    };
    let fits =
        |score: u32, index: usize| score >= least || (score >= LEAST.max(best / 3) && story.joins && adds(index));
    scored.into_iter().filter(|(score, index)| fits(*score, *index)).map(|(_, index)| index).take(2).collect()
}

/// How strongly each word of the story, in order, stands in an item, in thousandths.
fn strengths(story: &Named, item: &Sought) -> Vec<u32> {
    let mut named = vec![0; story.says.len()];
    for sentence in &item.sentences {
        for (sum, found) in named.iter_mut().zip(story.topic.found_in(sentence)) {
            *sum += found;
        }
    }
    let titled = story.topic.found_in(&item.title.topic);
    let put = story.topic.found_in(&item.case);
    let strength =
        |((title, case), named): ((u32, u32), u32)| TITLE * title + named.min(ABOUT) / 3 + CASE * case / 1000;
    let strengths = titled.zip(put).zip(named).map(strength);
    strengths.zip(&story.says).map(|(strength, says)| strength * says / 100).collect()
}

/// What the one sentence of the item counts that has most of the story.
fn in_one(story: &Named, item: &Sought) -> u32 {
    let all = story.says.iter().sum::<u32>().max(1);
    let of = |sentence: &Topic| story.topic.overlap(sentence, &story.says) * 1000 / all;
    item.sentences.iter().map(of).max().map_or(0, |share| IN_ONE * share / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link_of(story: &str, titles: &[&str], sentences: &[&[&str]]) -> Vec<usize> {
        let lexicon = Lexicon::shipped();
        let topic = |text: &&str| Topic::of(text, &lexicon.inflection);
        let sought = |(place, title): (usize, &&str)| Sought {
            title: Named::by(title, &lexicon),
            sentences: sentences.get(place).map_or_else(Vec::new, |texts| texts.iter().map(topic).collect()),
            case: Topic::default(),
        };
        let items: Vec<Sought> = titles.iter().enumerate().map(sought).collect();
        link(&Named::by(story, &lexicon), &items.iter().collect::<Vec<_>>())
    }

    const NONE: [usize; 0] = [];

    #[test]
    fn a_story_finds_its_item_through_parts_of_compounds() {
        let titles = ["Status på budget", "Opfølgning på handleplan for opbremsning", "Egne undervisere på MED-kursus"];
        let texts: [&[&str]; 3] =
            [&["Budgettet er stramt."], &["Planen er ikke et stop."], &["Kurserne holdes internt."]];
        assert_eq!(link_of("Præcisering af opbremsningsplanen", &titles, &texts), [1]);
        assert_eq!(link_of("Interne MED-kurser i foråret", &titles, &texts), [2]);
    }

    #[test]
    fn a_word_that_the_stemmer_cuts_short_is_found_in_its_compound() {
        let titles = ["Tilkald og rådighedsvagt", "Ny skolestruktur", "Nye cykler"];
        assert_eq!(link_of("Mere for at stå til rådighed", &titles, &[]), [0]);
        assert_eq!(link_of("Tre skoler bliver én", &titles, &[]), [1]);
    }

    #[test]
    fn an_abbreviation_in_capitals_is_a_word() {
        let titles = ["Nye cykler", "NBO i bilerne", "MED-aftalen"];
        assert_eq!(link_of("NBO er ikke overvågning", &titles, &[]), [1]);
    }

    #[test]
    fn an_item_that_keeps_naming_a_word_has_more_of_it_than_those_that_name_it_once() {
        let titles = ["Orientering", "Eventuelt", "Meddelelser"];
        let texts: [&[&str]; 3] = [
            &["Der kommer nye hegn.", "Hegnene står i maj.", "Hegn og låger males."],
            &["Hegnet var oppe sidst."],
            &["Nogen nævnte et hegn."],
        ];
        assert_eq!(link_of("Nye hegn", &titles, &texts), [0]);
    }

    #[test]
    fn the_item_where_one_sentence_has_the_whole_story_is_meant() {
        let titles = ["Orientering", "Vold og trusler"];
        let texts: [&[&str]; 2] = [
            &["Der var sene møder.", "Sene svar er dyre.", "Alt er for sent.", "Samtaler er holdt."],
            &["Ingen har sene samtaler alene."],
        ];
        assert_eq!(link_of("Sene samtaler", &titles, &texts), [1]);
    }

    #[test]
    fn the_case_put_to_the_committee_decides_where_the_decisions_leave_it_open() {
        let lexicon = Lexicon::shipped();
        let topic = |text: &str| Topic::of(text, &lexicon.inflection);
        let item = |title: &str, case: &str| Sought {
            title: Named::by(title, &lexicon),
            sentences: vec![topic("Møllegården nævnes.")],
            case: topic(case),
        };
        let items = [item("Orientering", "Nyt fra ledelsen."), item("Meddelelser", "Møllegården lukker til maj.")];
        let link = |items: &[&Sought]| link(&Named::by("Farvel til Møllegården", &lexicon), items);
        assert_eq!(link(&items.iter().collect::<Vec<_>>()), [1]);
    }

    #[test]
    fn words_of_every_talk_link_no_story() {
        let titles = ["Samarbejde med skolen", "Alenearbejde"];
        let texts: [&[&str]; 2] = [&["Samarbejdet går godt."], &["Man kan gå, når man er utryg."]];
        assert_eq!(link_of("Du må godt gå, når du er utryg", &titles, &texts), [1]);
    }

    #[test]
    fn a_word_of_every_talk_in_a_title_is_no_second_link() {
        let titles = ["Orientering", "Forslag til ny skolestruktur"];
        let texts: [&[&str]; 2] =
            [&["Alle kan sende forslag om hegn."], &["Forslaget er i høring.", "Forslaget drøftes i maj."]];
        assert_eq!(link_of("Færre hegn – send forslag", &titles, &texts), [0]);
    }

    #[test]
    fn a_story_of_one_matter_gets_one_item_and_one_that_joins_two_gets_both() {
        let titles = ["Seniorklubbens udflugt", "Aftale om seniordage", "Nye cykler"];
        assert_eq!(link_of("Flere seniordage næste år", &titles, &[]), [1]);
        assert_eq!(link_of("Seniordage og nye cykler", &titles, &[]), [1, 2]);
    }

    #[test]
    fn a_story_of_one_matter_means_the_item_that_has_a_little_more_of_it() {
        let titles = ["Røde cykler i byen", "Røde cykler på landet"];
        let texts: [&[&str]; 2] = [&["De hentes i distriktet."], &["De er dyre."]];
        assert_eq!(link_of("Røde cykler til distriktet", &titles, &texts), [0]);
    }

    #[test]
    fn a_story_that_joins_two_sentences_joins_no_matters() {
        let lexicon = Lexicon::shipped();
        assert!(!Named::by("Hvad ansættelsespausen er, og hvad den ikke er", &lexicon).joins);
        assert!(Named::by("Seniordage og nye cykler", &lexicon).joins);
    }

    #[test]
    fn one_word_of_the_same_stem_is_enough() {
        let texts: [&[&str]; 2] = [&["Praktikvejlederne får to timer."], &["Planen holder."]];
        assert_eq!(link_of("Tid til praktikvejledning", &["Nyt fra ledelsen", "Budget"], &texts), [0]);
    }

    #[test]
    fn an_abbreviation_is_worth_the_word_it_stands_for() {
        let titles = ["Vilkår for TR", "Arbejdsmiljøets dag", "Vilkår for AMR"];
        assert_eq!(link_of("Mere tid til arbejdsmiljørepræsentanter", &titles, &[]), [2]);
    }

    #[test]
    fn other_words_for_the_same_matter_link_a_story() {
        let titles = ["Status på budget", "Elevoptag", "Mødekalender"];
        assert_eq!(link_of("Plads til flere lærlinge", &titles, &[]), [1]);
    }

    #[test]
    fn a_story_without_an_item_is_linked_to_none() {
        assert_eq!(link_of("Sommerfest på rådhuset", &["Status på budget"], &[&["Budgettet er stramt."]]), NONE);
    }
}
