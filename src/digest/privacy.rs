//! The guard that stands before any rule: a CPR number anywhere in the file stops every letter made of it.
//!
//! Anywhere: in the text that letters are made of, and in what is left out of it (running headers, comments, properties,
//! hidden text), for whoever mails the minutes themselves mails that too. What is told of a find is its place, never the
//! digits.

use crate::minutes::Minutes;
use crate::text::cpr::cpr_places;

/// Places of CPR numbers that are told one by one; whoever has more will find them.
const MOST_TOLD: usize = 5;

/// Why no letter may be made of the minutes, where they hold what may be a CPR number; in Danish, without the digits.
#[must_use]
pub(super) fn cpr_numbers(minutes: &Minutes) -> Option<String> {
    let found = cpr_places(&minutes.text);
    if found.is_empty() && !minutes.cpr_elsewhere {
        return None;
    }
    let mut places: Vec<String> = Vec::new();
    for start in found {
        let line = minutes.lines.iter().find(|line| line.span.end() > start);
        let place = line.and_then(|line| line.at).map(|at| match at.page {
            Some(page) => format!("side {page}, linje {}", at.line),
            None => format!("linje {}", at.line),
        });
        places.extend(place.filter(|place| !places.contains(place)));
    }
    places.truncate(MOST_TOLD);
    if minutes.cpr_elsewhere && places.is_empty() {
        places
            .push("uden for selve teksten: i sidehoved, sidefod, kommentar, egenskaber eller skjult tekst".to_owned());
    }
    let place = if places.is_empty() { String::new() } else { format!(" ({})", places.join("; ")) };
    Some(format!(
        "Dokumentet indeholder noget, der ligner et CPR-nummer{place}. Der bliver ikke lavet breve af det; fjern nummeret, og læg referatet i indbakken igen."
    ))
}
