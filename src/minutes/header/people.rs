//! Who is named as taking part: lists, tables and running text of the head.

use super::super::dialect::Dialect;
use super::super::model::Participant;

/// A list or table of people, read line by line.
#[derive(Debug, Default)]
pub(super) struct People {
    found: Vec<Participant>,
    /// The column of a table that has a cross for those who came.
    crosses: Option<usize>,
}

impl People {
    /// Whether the line is the head of a table with a column for those who came.
    pub fn is_head_of_those_who_came(line: &str, dialect: &Dialect) -> bool {
        let mut cells = line.split('\t');
        cells.next().is_some_and(|first| dialect.header.columns.has(first))
            && cells.any(|cell| dialect.header.came.has(cell))
    }

    /// Takes in a line of the list; the head of a table names nobody.
    pub fn line(&mut self, line: &str, dialect: &Dialect) {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        if cells.first().is_some_and(|first| dialect.header.columns.has(first)) {
            self.crosses = cells.iter().position(|cell| dialect.header.came.has(cell));
            return;
        }
        if let Some(column) = self.crosses
            && cells.len() > 1
            && !cells.get(column).is_some_and(|cell| came(cell, dialect))
        {
            return;
        }
        let filled: Vec<&str> = cells
            .iter()
            .enumerate()
            .filter(|(index, cell)| !cell.is_empty() && Some(*index) != self.crosses)
            .map(|(_, cell)| *cell)
            .collect();
        match filled.as_slice() {
            [] => {}
            [name, role, ..] => {
                if absent(role, dialect) {
                    return;
                }
                let role = Some(*role).filter(|role| !came(role, dialect));
                self.found.extend(participant(name).map(|found| with_role(found, role)));
            }
            [one] => match name_and_roles(one, true) {
                Some((name, roles)) => self.found.extend(participant(name).map(|found| with_role(found, Some(&roles)))),
                None => self.text(one, dialect),
            },
        }
    }

    /// Takes in running text: names separated by commas, roles in brackets or behind the name.
    pub fn text(&mut self, text: &str, dialect: &Dialect) {
        let text = text.trim_start_matches(['-', '•', '–', ' ']);
        // "Navn (A): Deltog"
        let text = match text.rsplit_once(':') {
            Some((name, state)) if came(state, dialect) => name,
            Some((_, state)) if absent(state, dialect) => return,
            _ => text,
        };
        if let Some((name, roles)) = name_and_roles(text, false) {
            self.found.extend(participant(name).map(|found| with_role(found, Some(&roles))));
            return;
        }
        for part in split_people(text) {
            // "Bodil Strand, formand": what begins small is no name.
            if part.starts_with(char::is_lowercase)
                && let Some(last) = self.found.pop()
            {
                self.found.push(with_role(last, Some(part)));
            } else {
                self.found.extend(participant(part));
            }
        }
    }

    pub fn into_found(self) -> Vec<Participant> {
        self.found
    }
}

/// "Bettina Krag, FOA, næstformand", "Sten Ø, direktør (formand)": one name, and nothing behind it that is another. On a line
/// of its own (`alone`) what follows a single comma is a role even where it looks like a name: "Danmarks Lærerforening".
fn name_and_roles(text: &str, alone: bool) -> Option<(&str, String)> {
    let is_name = |part: &str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        (2..=5).contains(&words.len())
            && words.iter().all(|word| word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase))
    };
    let (name, rest) = text.trim_start_matches(['-', '•', '–', ' ']).split_once(", ")?;
    if !is_name(name) || rest.contains([':', ';']) {
        return None;
    }
    let flat = rest.replace(" (", ", ").replace([')', '('], "");
    let single = alone && !rest.contains(", ") && !rest.contains('(');
    let another = flat.split(", ").any(is_name);
    (single || !another).then_some((name, flat))
}

fn with_role(participant: Participant, role: Option<&str>) -> Participant {
    let role = match (participant.role, role) {
        (Some(group), Some(role)) => Some(format!("{group} ({role})")),
        (group, role) => group.or(role.map(str::to_owned)),
    };
    Participant { name: participant.name, role }
}

/// "X", "deltog".
fn came(cell: &str, dialect: &Dialect) -> bool {
    dialect.header.came.has(cell)
}

/// "Afbud", "fraværende".
fn absent(cell: &str, dialect: &Dialect) -> bool {
    dialect.header.away.has(cell)
}

/// Splits at commas and semicolons outside brackets.
pub(super) fn split_people(text: &str) -> Vec<&str> {
    let mut people = Vec::new();
    let (mut depth, mut start) = (0_i32, 0);
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' | ';' if depth <= 0 => {
                people.push(text.get(start..at).unwrap_or_default().trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    people.push(text.get(start..).unwrap_or_default().trim());
    people.retain(|person| !person.is_empty());
    people
}

/// "Name (post)", "Name - Valggruppe B (HK)": the name and the rest.
pub(super) fn participant(text: &str) -> Option<Participant> {
    let cut = [" - ", " – ", " (", ", "].iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(cut)?;
    let role = rest.trim_start_matches([' ', '-', '–', ',']).trim();
    let inside =
        role.strip_prefix('(').and_then(|role| role.strip_suffix(')')).filter(|role| !role.contains(['(', ')']));
    let role = inside.unwrap_or(role);
    let name = name.trim();
    (!name.is_empty())
        .then(|| Participant { name: name.to_owned(), role: Some(role.to_owned()).filter(|role| !role.is_empty()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(lines: &[&str]) -> Vec<String> {
        let dialect = Dialect::shipped();
        let mut people = People::default();
        lines.iter().for_each(|line| people.line(line, &dialect));
        let shown = people.into_found().into_iter().map(|person| match person.role {
            Some(role) => format!("{} ({role})", person.name),
            None => person.name,
        });
        shown.collect()
    }

    #[test]
    fn those_without_a_cross_did_not_come() {
        let table = ["Navn\tGruppe\tDeltog", "Asta Bruun\tHK\tX", "Bo Friis\tFOA\t", "Carl Dam\tBUPL\tX"];
        assert_eq!(people(&table), ["Asta Bruun (HK)", "Carl Dam (BUPL)"]);
    }

    #[test]
    fn a_state_behind_the_name_says_who_came() {
        assert_eq!(people(&["Asta Bruun (A): Deltog", "Bo Friis (V): Afbud"]), ["Asta Bruun (A)"]);
    }

    #[test]
    fn what_begins_small_is_a_role() {
        assert_eq!(people(&["Asta Bruun, formand", "Bo Friis"]), ["Asta Bruun (formand)", "Bo Friis"]);
    }
}
