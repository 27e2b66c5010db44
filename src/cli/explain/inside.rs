//! Why each quoted sentence was chosen, put into a preview of the letter.
//!
//! Done to the finished letter and not by its templates: a letter that is mailed has no such thing, and cannot get it by
//! any template that somebody edits.

use handlebars::html_escape;

use super::marks::lines;
use crate::diagnostic::Language;
use crate::quality::explain::{Explanation, reason};

/// How far in the explanation of a plain letter stands.
const INDENT: &str = "      ";
/// As wide as the letter itself.
const WIDTH: usize = 76;

/// Why a sentence is in the letter: a head, and what gave it points.
struct Short {
    text: String,
    head: String,
    points: Vec<String>,
}

fn short(own: &Explanation, language: Language) -> Short {
    let danish = language == Language::Danish;
    let id = own.id.map(|id| id.to_string()).unwrap_or_default();
    let place = own.place.map(|(place, all)| match danish {
        true => format!(" · nr. {place} af {all}"),
        false => format!(" · no. {place} of {all}"),
    });
    let why = reason(own.why.as_ref(), true, language);
    let head = format!("{id} · score {}{} · {why}", own.score, place.unwrap_or_default());
    let counted = own.hits.iter().filter(|hit| hit.state == "counted" && hit.effect == "weight" && hit.weight != 0);
    let mut points: Vec<String> = counted
        .map(|hit| {
            let value = hit.weight.saturating_mul(i32::try_from(hit.times).unwrap_or(i32::MAX));
            let words: Vec<String> = hit.words.iter().map(|word| format!("»{word}«")).collect();
            let words = if words.is_empty() { String::new() } else { format!(": {}", words.join(" … ")) };
            format!("{value:+} {}{words}", hit.label)
        })
        .collect();
    points.extend(own.groups.iter().filter(|group| group.sum != group.counts).map(|group| {
        let name = group.group.as_deref().unwrap_or_default();
        match danish {
            true => format!("{name} tæller {:+} i stedet for {:+}", group.counts, group.sum),
            false => format!("{name} counts {:+} instead of {:+}", group.counts, group.sum),
        }
    }));
    Short { text: own.text.clone(), head, points }
}

/// The plain letter with an explanation below each paragraph that quotes.
pub(in crate::cli) fn into_text(letter: &str, explanations: &[Explanation], language: Language) -> String {
    let rows: Vec<&str> = letter.lines().collect();
    let words: Vec<(usize, &str)> =
        rows.iter().enumerate().flat_map(|(row, line)| line.split_whitespace().map(move |word| (row, word))).collect();
    let mut claimed = vec![false; words.len()];
    // After this row, in the order of the letter.
    let mut below: Vec<(usize, usize, Short)> = Vec::new();
    for short in longest_first(explanations, language) {
        let wanted: Vec<&str> = short.text.split_whitespace().collect();
        let fits = |start: usize, claimed: &[bool]| {
            wanted.iter().enumerate().all(|(step, word)| {
                words.get(start + step).is_some_and(|(_, own)| own == word)
                    && claimed.get(start + step).is_some_and(|claimed| !claimed)
            })
        };
        let Some(start) = (0..words.len()).find(|start| !wanted.is_empty() && fits(*start, &claimed)) else { continue };
        claimed.iter_mut().skip(start).take(wanted.len()).for_each(|word| *word = true);
        let last = words.get(start + wanted.len() - 1).map_or(0, |(row, _)| *row);
        let goes_on = |row: usize| rows.get(row).is_some_and(|line| !line.trim().is_empty() && !line.starts_with("- "));
        let end = (last..).find(|row| !goes_on(row + 1)).unwrap_or(last);
        below.push((end, start, short));
    }
    below.sort_by_key(|(end, start, _)| (*end, *start));
    let mut out = String::with_capacity(letter.len() * 2);
    let mut below = below.into_iter().peekable();
    for (row, line) in rows.iter().enumerate() {
        out.push_str(line);
        out.push('\n');
        while let Some((_, _, short)) = below.next_if(|(end, ..)| *end == row) {
            for (number, text) in std::iter::once(&short.head).chain(&short.points).enumerate() {
                let lead = if number == 0 { "^ " } else { "  " };
                for (part, line) in lines(text, WIDTH - INDENT.len() - 5).iter().enumerate() {
                    let hang = if part == 0 { lead } else { "     " };
                    out.push_str(&format!("{INDENT}{hang}{line}\n"));
                }
            }
        }
    }
    out
}

/// The page with a collapsed explanation behind each paragraph or inside each bullet that quotes.
pub(in crate::cli) fn into_html(letter: &str, explanations: &[Explanation], language: Language) -> String {
    let body = letter.find("<body").unwrap_or(0);
    let mut claimed: Vec<(usize, usize)> = Vec::new();
    let mut put: Vec<(usize, usize, String)> = Vec::new();
    for short in longest_first(explanations, language) {
        let wanted = html_escape(&short.text);
        let free = |start: usize| claimed.iter().all(|(from, to)| start + wanted.len() <= *from || start >= *to);
        let found = letter.match_indices(wanted.as_str()).map(|(at, _)| at).find(|at| *at >= body && free(*at));
        let Some(start) = found else { continue };
        claimed.push((start, start + wanted.len()));
        put.push((after(letter, start + wanted.len()), start, details(&short)));
    }
    put.sort_by_key(|(at, start, _)| (*at, *start));
    let mut out = String::with_capacity(letter.len() * 2);
    let mut from = 0;
    for (at, _, details) in put {
        out.push_str(letter.get(from..at).unwrap_or_default());
        out.push_str(&details);
        from = at;
    }
    out.push_str(letter.get(from..).unwrap_or_default());
    out
}

/// Behind the end of a paragraph, before the end of a bullet; where there is neither, at the end of the page.
fn after(letter: &str, from: usize) -> usize {
    let find = |tag: &str| letter.get(from..).and_then(|rest| rest.find(tag)).map(|at| from + at);
    match (find("</p>"), find("</li>")) {
        (Some(paragraph), bullet) if bullet.is_none_or(|bullet| paragraph < bullet) => paragraph + "</p>".len(),
        (_, Some(bullet)) => bullet,
        _ => letter.rfind("</body>").unwrap_or(letter.len()),
    }
}

fn details(short: &Short) -> String {
    let points: String = short.points.iter().map(|point| format!("<li>{}</li>", html_escape(point))).collect();
    format!(
        "<details style=\"margin:0 0 11px;font-size:13px;opacity:.8\"><summary>{}</summary>\
         <ul style=\"margin:4px 0 0\">{points}</ul></details>\n",
        html_escape(&short.head)
    )
}

/// A sentence that is part of another one must not take its place.
fn longest_first(explanations: &[Explanation], language: Language) -> Vec<Short> {
    let mut all: Vec<Short> = explanations.iter().map(|own| short(own, language)).collect();
    all.sort_by_key(|short| std::cmp::Reverse(short.text.len()));
    all
}
