//! One explanation as a table for a terminal.

use std::fmt::Write as _;

use super::marks::{COLUMNS, Style, hanging, lines, marked, visible};
use crate::diagnostic::Language;
use crate::digest::Reason;
use crate::minutes::EntryId;
use crate::quality::explain::{AlmostLine, Explanation, GroupLine, HitLine, near_reason, reason};
use crate::text::Span;

/// The column where the text of a rule begins.
const TEXT: usize = 8;
/// The widest name of a group.
const GROUP: usize = 38;

/// The words of the table in one language.
struct Words {
    item: &'static str,
    score: &'static str,
    of: &'static str,
    kept: &'static str,
    left_out: &'static str,
    hits: &'static str,
    no_hits: &'static str,
    uncounted: &'static str,
    almost: &'static str,
    sum: &'static str,
    before: &'static str,
    bounds: &'static str,
    counts: &'static str,
    cap: &'static str,
    floor: &'static str,
    no_group: &'static str,
    total: &'static str,
    leans_on: &'static str,
    one_before: &'static str,
    needs: &'static str,
    drew: &'static str,
    drawn_by: &'static str,
    private: &'static str,
    leaning: &'static str,
    restricting: &'static str,
    contrast: &'static str,
    statement: &'static str,
    voice: &'static str,
    hidden: &'static str,
    essential: &'static str,
    trial: &'static str,
}

static DANISH: Words = Words {
    item: "punkt",
    score: "Score",
    of: "af",
    kept: "Med i brevet",
    left_out: "Ikke med",
    hits: "Ramte",
    no_hits: "Ingen regel ramte.",
    uncounted: "Ramte, men tæller ikke",
    almost: "Ramte næsten",
    sum: "Sum",
    before: "sum",
    bounds: "grænse",
    counts: "tæller",
    cap: "højst",
    floor: "mindst",
    no_group: "Uden gruppe",
    total: "Score",
    leans_on: "Støtter sig på",
    one_before: "sætningen før",
    needs: "Kan kun citeres sammen med",
    drew: "Har trukket med sig",
    drawn_by: "Kom med på grund af",
    private: "privat: sætningen bliver aldrig citeret",
    leaning: "støtter sig på sætningen før",
    restricting: "begrænser sætningen før",
    contrast: "den ene side af modsætningen",
    statement: "sætningens art",
    voice: "hvis ord",
    hidden: "giver ikke selv point",
    essential: "må ikke mangle",
    trial: "på prøve",
};

static ENGLISH: Words = Words {
    item: "item",
    score: "Score",
    of: "of",
    kept: "In the letter",
    left_out: "Not in the letter",
    hits: "Hit",
    no_hits: "No rule hit.",
    uncounted: "Hit, but does not count",
    almost: "Almost hit",
    sum: "Sum",
    before: "sum",
    bounds: "bound",
    counts: "counts",
    cap: "at most",
    floor: "at least",
    no_group: "Without a group",
    total: "Score",
    leans_on: "Leans on",
    one_before: "the sentence before",
    needs: "Can only be quoted together with",
    drew: "Drew along",
    drawn_by: "Came along for",
    private: "private: the sentence is never quoted",
    leaning: "leans on the sentence before",
    restricting: "restricts the sentence before",
    contrast: "one side of the contrast",
    statement: "kind of statement",
    voice: "whose word",
    hidden: "gives no points itself",
    essential: "must not be missing",
    trial: "on trial",
};

/// The table, with an empty line at its end.
pub(super) fn table(own: &Explanation, language: Language, style: Style) -> String {
    let words = match language {
        Language::Danish => &DANISH,
        Language::English => &ENGLISH,
    };
    let mut out = String::new();
    head(&mut out, own, words, language, style);
    let (counted, others): (Vec<&HitLine>, Vec<&HitLine>) = own.hits.iter().partition(|hit| hit.state == "counted");
    if counted.is_empty() {
        let _ = writeln!(out, "{}\n", words.no_hits);
    } else {
        section(&mut out, words.hits, style);
        counted.iter().for_each(|hit| line(&mut out, hit, words, language, style));
        out.push('\n');
    }
    if !others.is_empty() {
        section(&mut out, words.uncounted, style);
        others.iter().for_each(|hit| line(&mut out, hit, words, language, style));
        out.push('\n');
    }
    if !own.almost.is_empty() {
        section(&mut out, words.almost, style);
        own.almost.iter().for_each(|miss| almost(&mut out, miss, words, language, style));
        out.push('\n');
    }
    if !own.groups.is_empty() {
        sums(&mut out, own, words, style);
    }
    out
}

fn head(out: &mut String, own: &Explanation, words: &Words, language: Language, style: Style) {
    let item = own.item.trim();
    let title = match own.id {
        Some(id) => format!("{id} · {} {}: {item} · {}", words.item, id.item, own.audience),
        None if item.is_empty() => own.audience.clone(),
        None => format!("{item} · {}", own.audience),
    };
    for text in lines(&title, COLUMNS) {
        let _ = writeln!(out, "{}", style.strong(&text));
    }
    out.push('\n');
    let found = own.hits.iter().flat_map(|hit: &HitLine| hit.spans.iter().copied());
    let found: Vec<Span> = found.collect();
    out.push_str(&hanging("  ", &marked(&own.text, found, style)));
    out.push('\n');
    let why = reason(own.why.as_ref(), own.id.is_some(), language);
    let verdict = match own.kept {
        Some(true) => format!("{}: {why}", words.kept),
        Some(false) => format!("{}: {why}", words.left_out),
        None => why,
    };
    let place = own.place.map(|(place, all)| format!(" · nr. {place} {} {all}", words.of)).unwrap_or_default();
    let place = if language == Language::English { place.replace("nr.", "no.") } else { place };
    out.push_str(&hanging("", &format!("{} {}{place} · {verdict}", words.score, own.score)));
    if own.why == Some(Reason::NoRoom) {
        out.push_str(&hanging("", &room(own, language)));
    }
    let named = |ids: &[EntryId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match own.leans_on.filter(|_| own.leans) {
        Some(id) => out.push_str(&hanging("", &format!("{} {id}.", words.leans_on))),
        None if own.leans => out.push_str(&hanging("", &format!("{} {}.", words.leans_on, words.one_before))),
        None => {}
    }
    let needs: Vec<EntryId> = own.needs.iter().copied().filter(|id| Some(*id) != own.leans_on).collect();
    for (label, ids) in [(words.needs, &needs), (words.drew, &own.drew), (words.drawn_by, &own.drawn_by)] {
        if !ids.is_empty() {
            out.push_str(&hanging("", &format!("{label} {}.", named(ids))));
        }
    }
    out.push('\n');
}

/// Why a good sentence finds no room: the letter is worth most as a whole, which is not always the best first.
fn room(own: &Explanation, language: Language) -> String {
    let (words, budget) = (own.words, own.budget);
    let told = match language {
        Language::Danish => format!(
            "Den koster {words} ord med det, der skal følge med. Brevet har {budget} og giver tilsammen mest uden den."
        ),
        Language::English => format!(
            "It costs {words} words with what must come with it. The letter has {budget} and is worth most without it."
        ),
    };
    // Only a text made to defeat the search leaves a gap.
    let gap = own.gap.filter(|gap| *gap > 0).map(|gap| (gap / 1000, gap % 1000));
    match (gap, language) {
        (None, _) => told,
        (Some((whole, rest)), Language::Danish) => {
            format!("{told} Et andet valg kunne højst være {whole},{rest:03} point bedre.")
        }
        (Some((whole, rest)), Language::English) => {
            format!("{told} Another choice could be at most {whole}.{rest:03} points better.")
        }
    }
}

fn section(out: &mut String, title: &str, style: Style) {
    let _ = writeln!(out, "{}", style.strong(title));
}

/// "+4", or what stands there for a rule that gives no points.
fn points(effect: &str, value: i32) -> String {
    if effect == "weight" { format!("{value:+}") } else { "·".to_owned() }
}

fn line(out: &mut String, hit: &HitLine, words: &Words, language: Language, style: Style) {
    let times = i32::try_from(hit.times).unwrap_or(i32::MAX);
    let value = if hit.state == "counted" { hit.weight.saturating_mul(times) } else { hit.weight };
    let mut shown = points(hit.effect, value);
    if hit.state != "counted" {
        shown = format!("({shown})");
    }
    let mut title = format!("{} ({})", hit.label, hit.rule);
    if hit.times > 1 && hit.effect == "weight" {
        let _ = write!(title, " · {} × {}", hit.times, hit.weight);
    }
    let note = match hit.effect {
        "withhold" => Some(words.private),
        "leans" => Some(words.leaning),
        "restricts" => Some(words.restricting),
        "hidden" => Some(words.hidden),
        _ if hit.essential && hit.state == "counted" => Some(words.essential),
        _ => None,
    };
    if let Some(note) = note.filter(|note| !hit.label.to_lowercase().contains(note)) {
        let _ = write!(title, " · {note}");
    }
    entry(out, &shown, value, &title, style);
    if let Some(says) = &hit.says {
        let name = match hit.effect {
            "statement" => words.statement,
            "voice" => words.voice,
            _ => words.contrast,
        };
        out.push_str(&hanging(&" ".repeat(TEXT), &format!("{name}: {says}")));
    }
    if let Some(why) = why_not(hit, words, language) {
        out.push_str(&hanging(&" ".repeat(TEXT), &why));
    }
    foot(out, &hit.words, hit.group.as_deref(), &format!("{}:{}", hit.file, hit.line), style);
}

/// Why a hit does not count.
fn why_not(hit: &HitLine, words: &Words, language: Language) -> Option<String> {
    let by = hit.by.as_deref().unwrap_or_default();
    let danish = language == Language::Danish;
    Some(match hit.state {
        "trial" => words.trial.to_owned(),
        "replaced" if danish => format!("erstattet af reglen {by}"),
        "replaced" => format!("replaced by the rule {by}"),
        "silenced" => {
            let found = hit.exception_words.as_deref().filter(|found| !found.eq_ignore_ascii_case(by));
            match (found, danish) {
                (Some(found), true) => format!("undtagelsen »{by}« gælder: »{found}«"),
                (None, true) => format!("undtagelsen »{by}« gælder"),
                (Some(found), false) => format!("the exception \"{by}\" holds: \"{found}\""),
                (None, false) => format!("the exception \"{by}\" holds"),
            }
        }
        _ => return None,
    })
}

fn almost(out: &mut String, miss: &AlmostLine, words: &Words, language: Language, style: Style) {
    let shown = format!("({})", points(miss.effect, miss.weight));
    let note = match miss.effect {
        "withhold" => format!(" · {}", words.private),
        "leans" => format!(" · {}", words.leaning),
        _ => String::new(),
    };
    entry(out, &shown, 0, &format!("{} ({}){note}", miss.label, miss.rule), style);
    out.push_str(&hanging(&" ".repeat(TEXT), &near_reason(&miss.why, language)));
    foot(out, &miss.words, None, &format!("{}:{}", miss.file, miss.line), style);
}

/// A line that begins with points.
fn entry(out: &mut String, shown: &str, value: i32, title: &str, style: Style) {
    let room = (TEXT - 2).saturating_sub(visible(shown));
    let lead = format!("{}{shown}  ", " ".repeat(room));
    let text = hanging(&lead, title);
    out.push_str(&text.replacen(shown, &style.points(value, shown), 1));
}

/// Words, group and place; on one line where they fit, else the words on lines of their own.
fn foot(out: &mut String, words: &[String], group: Option<&str>, place: &str, style: Style) {
    let quoted = words.iter().map(|word| format!("»{word}«")).collect::<Vec<_>>().join(" … ");
    let origin = group.map_or_else(|| place.to_owned(), |group| format!("{group} · {place}"));
    let whole = if quoted.is_empty() { origin.clone() } else { format!("{quoted} · {origin}") };
    if quoted.is_empty() || TEXT + visible(&whole) <= COLUMNS {
        faint(out, &whole, style);
    } else {
        faint(out, &quoted, style);
        faint(out, &origin, style);
    }
}

fn faint(out: &mut String, text: &str, style: Style) {
    for line in hanging(&" ".repeat(TEXT), text).lines() {
        let _ = writeln!(out, "{}", style.faint(line));
    }
}

fn sums(out: &mut String, own: &Explanation, words: &Words, style: Style) {
    let title = words.sum;
    let _ = writeln!(
        out,
        "{}",
        style.strong(&format!("{title:<GROUP$}{:>7}{:>12}{:>9}", words.before, words.bounds, words.counts))
    );
    for group in &own.groups {
        let name = group.group.clone().unwrap_or_else(|| words.no_group.to_owned());
        let bound = bound(group, words);
        let _ = writeln!(out, "  {name:<36}{:>+7}{bound:>12}{:>+9}", group.sum, group.counts);
    }
    let _ = writeln!(out, "  {:<36}{:>7}{:>12}{:>9}\n", words.total, "", "", own.score);
}

/// The bound that cut the sum; none where it cut nothing.
fn bound(group: &GroupLine, words: &Words) -> String {
    match (group.cap, group.floor) {
        (Some(cap), _) if group.sum > cap => format!("{} {cap:+}", words.cap),
        (_, Some(floor)) if group.sum < floor => format!("{} {floor:+}", words.floor),
        _ => String::new(),
    }
}
